import { WeComClient } from '../../../nodes/WeComExternalContact/client/client';
import { WeComUnknownOutcomeError } from '../../../nodes/WeComExternalContact/client/errors';
import type { SourceFile } from '../../../nodes/WeComExternalContact/client/media';
import { kindOf, Uploads } from '../../../nodes/WeComExternalContact/client/media';
import { multipartForm } from '../../../nodes/WeComExternalContact/client/multipart';
import { Once } from '../../../nodes/WeComExternalContact/client/once';
import { fileOf } from '../../harness/files';
import { scripted } from '../fakes';

/** A file that counts how often it is read. */
function countingFile(content: Buffer, identity = 'filesystem:1') {
	const reads = { count: 0 };
	const file: SourceFile = {
		fileName: 'cover.png',
		mimeType: 'image/png',
		identity,
		async *chunks() {
			reads.count++;
			for (let start = 0; start < content.length; start += 100) {
				yield content.subarray(start, start + 100);
			}
		},
	};
	return { file, reads };
}

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
		const ids = new Set<string>();
		for (let item = 0; item < 25_000; item++) {
			ids.add(uploads.reserve(await uploads.check({ ...file }, 'image')));
		}
		expect(reads.count).toBe(1);
		const [media_id] = [...ids] as [string];
		const message = { attachments: [{ msgtype: 'image' as const, image: { media_id } }] };
		for (let task = 0; task < 3; task++) {
			expect(await uploads.fill(message)).toEqual({
				attachments: [{ msgtype: 'image', image: { media_id: 'M1' } }],
			});
		}
		expect([ids.size, reads.count, bodies.length]).toEqual([1, 2, 1]);
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

	it('is another upload as another type or under another name', async () => {
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

it('gives the same media ID to another try of the same run', async () => {
	const once = new Once();
	const ids = [];
	for (let attempt = 0; attempt < 2; attempt++) {
		const { uploads } = setUp(once);
		const { file } = countingFile(fileOf('png'));
		const media_id = uploads.reserve(await uploads.check(file, 'image'));
		ids.push(
			await uploads.fill({ attachments: [{ msgtype: 'image' as const, image: { media_id } }] }),
		);
	}
	expect(ids[0]).toEqual(ids[1]);
});

it('is not in a message when WeCom gave no media ID', async () => {
	const ok = { errcode: 0, errmsg: 'ok' };
	const { client } = scripted([ok, ok, ok, ok]);
	const uploads = new Uploads(client, new Once());
	const media_id = uploads.reserve(await uploads.check(countingFile(fileOf('png')).file, 'image'));
	const message = { attachments: [{ msgtype: 'image' as const, image: { media_id } }] };
	await expect(uploads.fill(message)).rejects.toThrow('The server answered without media_id');
});

it('leaves media IDs alone that are not its own', async () => {
	const { uploads, bodies } = setUp();
	const message = {
		attachments: [{ msgtype: 'video' as const, video: { media_id: 'FROM_USER' } }],
	};
	expect(await uploads.fill(message)).toEqual(message);
	expect(await uploads.fill({})).toEqual({});
	expect(bodies).toEqual([]);
});

it.each([
	['shorter', 900],
	['longer', 1_100],
])('refuses a file that has become %s since it was checked', async (_, size) => {
	const { file } = countingFile(fileOf('png', size));
	await expect(multipartForm({ ...file, size: 1_000 })).rejects.toThrow(
		'The file changed while it was read',
	);
});

it('writes the body in one piece, the bytes unchanged in it', async () => {
	const content = fileOf('png', 1_234);
	const { file } = countingFile(content);
	const { body, contentType } = await multipartForm({ ...file, size: content.length });
	const bytes = Buffer.from(body);
	const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
	const [head] = bytes.toString('latin1').split('\r\n\r\n');
	expect(head).toBe(
		`--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="cover.png"; filelength=1234\r\nContent-Type: image/png`,
	);
	const start = Buffer.byteLength(`${head}\r\n\r\n`);
	expect(bytes.subarray(start, start + content.length).equals(content)).toBe(true);
	expect(bytes.subarray(start + content.length).toString()).toBe(`\r\n--${boundary}--\r\n`);
});

describe('Once', () => {
	it('does simultaneous work once', async () => {
		const once = new Once();
		let count = 0;
		const work = async () => await Promise.resolve(++count);
		expect(await Promise.all([once.do('a', work), once.do('a', work)])).toEqual([1, 1]);
	});

	it('does not remember a failure', async () => {
		const once = new Once();
		await expect(once.do('a', async () => await Promise.reject(new Error('busy')))).rejects.toThrow(
			'busy',
		);
		expect(await once.do('a', async () => await Promise.resolve('done'))).toBe('done');
	});

	it('remembers that nobody knows the outcome: it may have been done', async () => {
		const once = new Once();
		const unknown = new WeComUnknownOutcomeError('May or may not', 'Look');
		for (const work of [Promise.reject(unknown), Promise.resolve('done')]) {
			await expect(once.do('a', async () => await work)).rejects.toBe(unknown);
		}
	});
});

it.each([
	['image/webp', 'a.png', 'image'],
	['IMAGE/JPEG', 'a', 'image'],
	['video/mp4', 'a', 'video'],
	['application/pdf', 'cover.jpg', 'file'],
	['', 'cover.JPEG', 'image'],
	['application/octet-stream', 'archive.tar.gz', 'file'],
	['application/octet-stream', 'constructor', 'file'],
	['application/octet-stream', 'a.constructor', 'file'],
])('takes %s named %s for %s', (mimeType, fileName, kind) => {
	expect(kindOf({ ...countingFile(Buffer.alloc(0)).file, mimeType, fileName })).toBe(kind);
});
