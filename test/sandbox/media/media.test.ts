import axios from 'axios';

import type { Sandbox } from '../index';
import { OTHER_AGENT_ID } from '../index';
import type { Body } from '../testClient';
import { TestClient, useSandbox } from '../testClient';

const MB = 1024 * 1024;
const DAY = 86_400;
const head = {
	png: [0x89, 0x50, 0x4e, 0x47],
	jpg: [0xff, 0xd8, 0xff, 0xe0],
	gif: [...Buffer.from('GIF89a')],
};
const mp4Head = [0, 0, 0, 24, ...Buffer.from('ftypisom')];

/** A file of that size that begins like one of its format. */
function fileOf(bytes: readonly number[], size = 100): Buffer {
	const content = Buffer.alloc(size);
	content.set(bytes.slice(0, size));
	return content;
}

describe('media (docs 90253, 90254, 90256)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox(
		{ startAt: new Date('2026-03-10T04:00:00Z'), frozen: true },
		(fresh) => ({ sandbox, client } = fresh),
	);

	const send = async (
		path: string,
		query: Record<string, string>,
		content: Buffer,
		{ name = 'photo.png', field = 'media' } = {},
	): Promise<Body> => {
		const form = new FormData();
		form.append(field, new Blob([content], { type: 'image/png' }), name);
		const access_token = await client.signIn();
		const params = { access_token, ...query };
		return (await axios.post(sandbox.url + path, form, { params, proxy: false })).data;
	};
	const upload = async (type: string, content: Buffer, part = {}): Promise<Body> =>
		await send('/cgi-bin/media/upload', { type }, content, part);
	const uploadimg = async (content: Buffer): Promise<Body> =>
		await send('/cgi-bin/media/uploadimg', {}, content);
	const download = async (media_id: string, headers = {}) =>
		await axios.get(`${sandbox.url}/cgi-bin/media/get`, {
			params: { access_token: await client.signIn(), media_id },
			headers,
			responseType: 'arraybuffer',
			proxy: false,
		});

	test('upload answers as the sample does; the file can be read back whole and in parts', async () => {
		const content = fileOf(head.png);
		const name = '春茶 “new”\r\n; filename="x.png';
		const response = await upload('image', content, { name });
		expect(response).toEqual({
			errcode: 0,
			errmsg: '',
			type: 'image',
			media_id: expect.stringMatching(/^[\w-]{64}$/),
			created_at: String(sandbox.clock.now()),
		});
		const whole = await download(response.media_id);
		expect(Buffer.from(whole.data).equals(content)).toBe(true);
		const part = await download(response.media_id, { Range: 'bytes=1-3' });
		expect([part.status, part.headers['content-range']]).toEqual([206, 'bytes 1-3/100']);
		expect(Buffer.from(part.data).toString()).toBe('PNG');
		expect(sandbox.log.calls('/cgi-bin/media/upload')[0]?.body).toMatchObject({
			fieldName: 'media',
			size: 100,
		});
	});

	test('the file name is kept as the form wrote it', async () => {
		const { media_id: id } = await upload('file', fileOf([1]), { name: '价目表 2026.pdf' });
		expect(sandbox.world.corp.media.get(id)?.fileName).toBe('价目表 2026.pdf');
		expect((await download(id)).headers['content-disposition']).toBe(
			`attachment; filename*=UTF-8''${encodeURIComponent('价目表 2026.pdf')}`,
		);
	});

	test('media lives 3 days and serves all apps of its corp, no other corp', async () => {
		const { media_id: id } = await upload('image', fileOf(head.jpg));
		const colleague = new TestClient(sandbox, sandbox.world.corp, OTHER_AGENT_ID);
		expect(await colleague.get('/cgi-bin/media/get', { media_id: id })).not.toHaveProperty(
			'errcode',
		);
		const stranger = new TestClient(sandbox, [...sandbox.world.corps.values()][1]);
		expect(await stranger.get('/cgi-bin/media/get', { media_id: id })).toMatchObject({
			errcode: 40007,
		});
		sandbox.clock.advance(3 * DAY - 60);
		expect((await download(id)).headers['content-type']).toBe('image/png');
		sandbox.clock.advance(60);
		expect(JSON.parse(Buffer.from((await download(id)).data).toString())).toMatchObject({
			errcode: 40007,
		});
	});

	test.each([
		['image', head.png, 10 * MB, 40009],
		['image', head.jpg, 10 * MB, 40009],
		['video', mp4Head, 10 * MB, 40011],
		['voice', [...Buffer.from('#!AMR\n')], 2 * MB, 45001],
		['file', [], 20 * MB, 45001],
	])('%s: as large as allowed, and one byte more', async (type, start, max, errcode) => {
		expect(await upload(type, fileOf(start, max))).toMatchObject({ errcode: 0, type });
		expect(await upload(type, fileOf(start, max + 1))).toMatchObject({ errcode });
	});

	test.each([
		['image', head.gif, 40123],
		['image', mp4Head, 40123],
		['video', head.png, 41090],
		['voice', head.png, 40004],
	])('%s by content, whatever its name says', async (type, start, errcode) => {
		expect(await upload(type, fileOf(start))).toMatchObject({ errcode });
	});

	test('other refusals', async () => {
		const png = fileOf(head.png);
		expect(await upload('picture', png)).toMatchObject({ errcode: 40005 });
		expect(await upload('', png)).toMatchObject({ errcode: 40005 });
		expect(await upload('image', png, { field: 'file' })).toMatchObject({ errcode: 44001 });
		expect(await upload('file', Buffer.alloc(0))).toMatchObject({ errcode: 44001 });
		expect(await upload('file', Buffer.alloc(5))).toMatchObject({ errcode: 40006 });
		expect(await upload('file', Buffer.alloc(6))).toMatchObject({ errcode: 0 });
		const json = await client.post('/cgi-bin/media/upload', { media: 'x' }, { type: 'file' });
		expect(json).toMatchObject({ errcode: 44001 });
		expect(await client.get('/cgi-bin/media/get')).toMatchObject({ errcode: 40007 });
	});

	test('a multipart body that breaks off is no media', async () => {
		const broken = await axios.post(
			`${sandbox.url}/cgi-bin/media/upload`,
			'--b\r\nContent-Disposition: form-data; name="media"; filename="a"\r\n\r\nhalf of',
			{
				params: { access_token: await client.signIn(), type: 'file' },
				headers: { 'content-type': 'multipart/form-data; boundary=b' },
				proxy: false,
			},
		);
		expect(broken.data).toMatchObject({ errcode: 44001 });
	});

	test('uploadimg: a permanent URL for messages, 2 MB, JPG or PNG', async () => {
		const response = await uploadimg(fileOf(head.png, 2 * MB));
		expect(response).toEqual({ errcode: 0, errmsg: 'ok', url: expect.stringMatching(/^https:/) });
		expect(await uploadimg(fileOf(head.png, 2 * MB + 1))).toMatchObject({ errcode: 40009 });
		expect(await uploadimg(fileOf(head.gif))).toMatchObject({ errcode: 40123 });
		sandbox.clock.advance(30 * DAY);
		await client.signIn();
		expect(
			await client.contact('add_msg_template', {
				sender: 'lin',
				attachments: [{ msgtype: 'image', image: { pic_url: response.url } }],
			}),
		).toMatchObject({ errcode: 0 });
	});

	test('uploadimg: 1,000 a day and 3,000 a month', async () => {
		const { images } = sandbox.world.corp;
		const fill = (count: number) => {
			for (let n = 0; n < count; n++) images.set(`u${images.size}`, sandbox.clock.now());
		};
		fill(999);
		expect(await uploadimg(fileOf(head.png))).toMatchObject({ errcode: 0 });
		expect(await uploadimg(fileOf(head.png))).toMatchObject({ errcode: 45009 });
		sandbox.clock.advance(DAY);
		fill(1000);
		sandbox.clock.advance(DAY);
		fill(999);
		expect(await uploadimg(fileOf(head.png))).toMatchObject({ errcode: 0 });
		sandbox.clock.advance(DAY);
		expect(await uploadimg(fileOf(head.png))).toMatchObject({ errcode: 45009 });
		sandbox.clock.set(new Date('2026-04-01T00:00:00Z'));
		expect(await uploadimg(fileOf(head.png))).toMatchObject({ errcode: 0 });
	});
});
