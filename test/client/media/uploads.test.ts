import { WeComClient } from '../../../nodes/shared/client/core/client';
import { Uploads } from '../../../nodes/shared/client/media/uploads';
import { Once } from '../../../nodes/shared/client/core/once';
import { fileOf } from '../../harness/files';
import { scripted } from '../fakes';
import { countingFile } from './countingFile';

/** A WeCom that numbers what is uploaded. */
function setUp(once = new Once()) {
	const bodies: Buffer[] = [];
	const client = new WeComClient({
		transport: {
			send: async ({ form }) => {
				bodies.push(Buffer.from(form?.body ?? []));
				const body = JSON.stringify({
					errcode: 0,
					type: 'image',
					media_id: `M${bodies.length}`,
					created_at: '1',
				});
				return await Promise.resolve({ status: 200, body, session: 't' });
			},
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
		random: () => 0,
	});
	return { uploads: new Uploads(client, once), bodies, once };
}

describe('a file that many items share', () => {
	it('is read once to check it and once to upload it', async () => {
		const { uploads, bodies } = setUp();
		const { file, reads } = countingFile(fileOf('png', 5_000));
		const files = [];
		for (let item = 0; item < 25_000; item++) {
			files.push(await uploads.check({ ...file }, 'image'));
		}
		expect(reads.count).toBe(1);
		for (const checked of files.slice(0, 3)) {
			expect(await uploads.mediaIdOf({ file: checked })).toBe('M1');
		}
		expect([new Set(files.map(({ key }) => key)).size, reads.count, bodies.length]).toEqual([
			1, 2, 1,
		]);
	});

	it('is known by its bytes when several copies of it are stored', async () => {
		const { uploads } = setUp();
		const keys = await Promise.all(
			['filesystem:1', 'filesystem:2'].map(async (identity) => {
				const { file } = countingFile(fileOf('png'), identity);
				return (await uploads.check(file, 'image')).key;
			}),
		);
		expect(keys[0]).toBe(keys[1]);
	});

	it('is uploaded again as another type or under another name', async () => {
		const { uploads } = setUp();
		const { file } = countingFile(fileOf('png'));
		const keys = [
			(await uploads.check(file, 'image')).key,
			(await uploads.check(file, 'file')).key,
			(await uploads.check({ ...file, fileName: 'back.png' }, 'file')).key,
		];
		expect(new Set(keys).size).toBe(3);
	});
});

it('gives the same media ID to a retry of the same run', async () => {
	const once = new Once();
	const ids = [];
	for (let attempt = 0; attempt < 2; attempt++) {
		const { uploads } = setUp(once);
		const { file } = countingFile(fileOf('png'));
		ids.push(await uploads.mediaIdOf({ file: await uploads.check(file, 'image') }));
	}
	expect(ids[0]).toEqual(ids[1]);
});

it('fails when WeCom gives no media ID', async () => {
	const ok = { errcode: 0, errmsg: 'ok' };
	const { client } = scripted([ok, ok, ok, ok]);
	const uploads = new Uploads(client, new Once());
	const file = await uploads.check(countingFile(fileOf('png')).file, 'image');
	await expect(uploads.mediaIdOf({ file })).rejects.toThrow('The server answered without media_id');
});

it('leaves foreign media IDs alone', async () => {
	const { uploads, bodies } = setUp();
	expect(await uploads.mediaIdOf({ mediaId: 'FROM_USER' })).toBe('FROM_USER');
	expect(bodies).toEqual([]);
});
