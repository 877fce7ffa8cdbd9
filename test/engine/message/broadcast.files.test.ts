import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../../credentials/WeComExternalContactApi.credentials';
import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { createEngine } from '../../harness/engine';
import { fileOf, MB } from '../../harness/files';
import { attach, byId, continueOnFail, useScenario } from '../../harness/scenario';
import type { Media } from '../../sandbox';

const scenario = useScenario();

function uploaded(): Media[] {
	return [...scenario.sandbox.world.corp.media.values()];
}

function itemOf(data: IBinaryData): INodeExecutionData {
	return { json: {}, binary: { data } };
}

describe('Any Input File', () => {
	it.each([
		['photo.jpg', 'image/jpeg', 'jpg', 'image'],
		['photo', 'image/png', 'png', 'image'],
		['film.mp4', 'video/mp4', 'mp4', 'video'],
		['prices.pdf', 'application/pdf', 'pdf', 'file'],
		['PHOTO.PNG', 'application/octet-stream', 'png', 'image'],
		['film.MP4', 'application/octet-stream', 'mp4', 'video'],
		['notes.bin', 'application/octet-stream', 'pdf', 'file'],
	] as const)('sends %s of type %s as %s', async (name, mimeType, format, type) => {
		const input = [itemOf(await scenario.file(name, fileOf(format), mimeType))];
		const { status } = await scenario.broadcast(attach({ type: 'any', binaryField: 'data' }), {
			input,
		});
		expect(status).toBe('success');
		expect(uploaded()[0]?.type).toBe(type);
		expect(scenario.tasks()[0]?.attachments[0]?.msgtype).toBe(type);
	});

	it('takes binary data of another node by expression', async () => {
		const input = [await scenario.itemWithFile('photo.jpg')];
		const { error } = await scenario.broadcast(
			attach({ type: 'any', binaryField: "={{ $('Trigger').item.binary.data }}" }),
			{ input },
		);
		expect(error).toBeUndefined();
		expect(uploaded()[0]?.fileName).toBe('photo.jpg');
	});
});

describe('the file name', () => {
	it.each([
		['Chinese', '秋季茶单 2026.pdf', '秋季茶单 2026.pdf'],
		['quotes', 'the "best" tea.pdf', 'the %22best%22 tea.pdf'],
		['line breaks', 'tea\r\nX-Header: 1\n.pdf', 'tea%0D%0AX-Header: 1%0A.pdf'],
		['a backslash', 'a\\b;c=d.pdf', expect.stringMatching(/b;c=d\.pdf$/)],
		['none', '', 'file'],
	])('travels safely with %s', async (_, fileName, arrived) => {
		const content = fileOf('pdf');
		const data = {
			...(await scenario.file('x.pdf', content)),
			fileName,
			mimeType: 'application/pdf\r\nX: 1',
		};
		const { error } = await scenario.broadcast(attach({ type: 'file' }), {
			input: [itemOf(data)],
		});
		expect(error).toBeUndefined();
		const [media] = uploaded();
		expect(media?.fileName).toEqual(arrived);
		expect(media?.mimeType).toBe('application/octet-stream');
		expect(media?.content.equals(content)).toBe(true);
	});
});

describe('the bytes', () => {
	it.each(['default', 'filesystem'] as const)(
		'arrive unchanged from the %s store',
		async (mode) => {
			const engine = createEngine({
				nodeTypes: [new WeComExternalContact()],
				credentialTypes: [new WeComExternalContactApi()],
				binaryData: mode,
			});
			const content = fileOf('pdf', 3 * MB + 1);
			const data = await engine.binary(content, 'prices.pdf', 'application/pdf');
			expect(data.id === undefined).toBe(mode === 'default');
			const result = await engine.run({
				credential: scenario.credential,
				input: [itemOf(data)],
				node: {
					parameters: {
						resource: 'message',
						operation: 'broadcast',
						sendTo: 'customers',
						externalUserIds: scenario.customersOf('lin').join(),
						member: byId('lin'),
						text: '',
						attachments: { attachment: [{ type: 'file' }] },
					},
				},
			});
			expect(result.error).toBeUndefined();
			expect(uploaded()[0]?.content.equals(content)).toBe(true);
		},
	);

	it('arrive unchanged from base64 with line breaks', async () => {
		const content = fileOf('pdf', 5_000);
		const data = await scenario.file('prices.pdf', content);
		const broken = { ...data, data: data.data.replace(/.{76}/g, '$&\r\n') };
		await scenario.broadcast(attach({ type: 'file' }), { input: [itemOf(broken)] });
		expect(uploaded()[0]?.content.equals(content)).toBe(true);
	});
});

describe('a file that WeCom would refuse fails before any request', () => {
	it.each([
		['an empty file', 'file', 'a.pdf', Buffer.alloc(0), 'The file "a.pdf" is empty'],
		['5 bytes', 'file', 'a.pdf', Buffer.alloc(5), 'The file "a.pdf" has only 5 bytes'],
		['a GIF', 'image', 'a.gif', fileOf('gif'), 'The file "a.gif" is not JPG or PNG'],
		['a GIF named PNG', 'image', 'a.png', fileOf('gif'), 'The file "a.png" is not JPG or PNG'],
		[
			'a GIF as any input file',
			'any',
			'a.gif',
			fileOf('gif'),
			'The file "a.gif" is not JPG or PNG',
		],
		['a QuickTime film', 'video', 'a.mov', fileOf('mov'), 'The file "a.mov" is not MP4'],
		[
			'an image above 10 MB',
			'image',
			'a.png',
			fileOf('png', 10 * MB + 1),
			'The file "a.png" is too large: 10485761 bytes',
		],
		[
			'a video above 10 MB',
			'video',
			'a.mp4',
			fileOf('mp4', 10 * MB + 1),
			'The file "a.mp4" is too large: 10485761 bytes',
		],
		[
			'a file above 20 MB',
			'file',
			'a.pdf',
			fileOf('pdf', 20 * MB + 1),
			'The file "a.pdf" is too large: more than 20 MB',
		],
		['a PDF as cover', 'miniprogram', 'a.pdf', fileOf('pdf'), 'The file "a.pdf" is not JPG or PNG'],
	])('%s', async (_, type, name, content, message) => {
		const input = [await scenario.itemWithFile(name, { content })];
		const values = { type, miniprogramTitle: 'Shop', appid: 'wx01', page: '/index' };
		const { error } = await scenario.broadcast(attach(values), { input });
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/WeCom (takes|allows)/);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		['an image of 10 MB', 'image', 'a.png', fileOf('png', 10 * MB)],
		['a file of 20 MB', 'file', 'a.pdf', fileOf('pdf', 20 * MB)],
		['6 bytes', 'file', 'a.pdf', Buffer.alloc(6, 'x')],
	])('but not %s', async (_, type, name, content) => {
		const input = [await scenario.itemWithFile(name, { content })];
		const { error } = await scenario.broadcast(attach({ type }), { input });
		expect(error).toBeUndefined();
	});

	it('even if only one of many items has it', async () => {
		const input = [
			await scenario.itemWithFile('a.png'),
			await scenario.itemWithFile('b.png', { content: fileOf('gif') }),
		];
		const { error } = await scenario.broadcast(attach({ type: 'image' }), { input });
		expect(error?.message).toBe('The file "b.png" is not JPG or PNG');
		expect(error?.context.itemIndex).toBe(1);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('but does not stop the other items under Continue On Fail', async () => {
		const input = [
			await scenario.itemWithFile('a.gif', { json: { customer: '' } }),
			await scenario.itemWithFile('b.png', {
				json: {
					customer: scenario.customersOf('lin')[0],
				},
			}),
		];
		const { items } = await scenario.send(
			{ ...attach({ type: 'image' }), customer: byId(scenario.customersOf('lin')[0] as string) },
			{ input, ...continueOnFail },
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
			['The file "a.gif" is not JPG or PNG', { item: 0 }],
			['created', { item: 1 }],
		]);
	});
});
