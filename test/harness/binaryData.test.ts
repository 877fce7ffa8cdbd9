import { engineWith, type Execute } from './toys';

const parameters = {};

const read: Execute = async function () {
	const { data, id } = this.helpers.assertBinaryData(0, 'file');
	const stream = id ? await this.helpers.getBinaryStream(id) : undefined;
	const buffer = stream
		? await this.helpers.binaryToBuffer(stream)
		: await this.helpers.getBinaryDataBuffer(0, 'file');
	const binary = await this.helpers.prepareBinaryData(buffer, 'copy.txt');
	return [[{ json: { data, text: buffer.toString(), streamed: !!stream }, binary: { binary } }]];
};

it('live in the items by default', async () => {
	const engine = engineWith(read);
	const file = await engine.binary('hello', 'hello.txt', 'text/plain');

	const { items } = await engine.run({
		node: { parameters },
		input: [{ json: {}, binary: { file } }],
	});

	expect(items[0]?.json).toEqual({ data: 'aGVsbG8=', text: 'hello', streamed: false });
	expect(items[0]?.binary?.binary).toMatchObject({ fileName: 'copy.txt', data: 'aGVsbG8=' });
});

it('live on disk and come as streams in filesystem mode', async () => {
	const engine = engineWith(read, { binaryData: 'filesystem' });
	const file = await engine.binary('hello', 'hello.txt', 'text/plain');

	const { items } = await engine.run({
		node: { parameters },
		input: [{ json: {}, binary: { file } }],
	});

	expect(items[0]?.json).toEqual({ data: 'filesystem-v2', text: 'hello', streamed: true });
	expect(items[0]?.binary?.binary?.id).toMatch(/^filesystem-v2:/);
});
