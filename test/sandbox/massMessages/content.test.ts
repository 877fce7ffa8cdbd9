import type { Corp, MediaType, Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { addMedia, useSandbox } from '../testClient';

describe('add_msg_template (doc 92135): content', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox(
		{ startAt: new Date('2026-03-10T04:00:00Z'), frozen: true },
		(fresh) => ({ sandbox, client, corp } = fresh),
	);

	const upload = (type: MediaType): string => addMedia(sandbox, type);

	const withContent = async (content: object): Promise<Body> =>
		await client.contact('add_msg_template', { sender: 'lin', ...content });
	const attach = async (...attachments: unknown[]): Promise<number> =>
		(await withContent({ attachments })).errcode as number;

	test('text is counted in UTF-8 bytes', async () => {
		const fits = '茶'.repeat(1333) + 'a';
		expect(await withContent({ text: { content: fits } })).toMatchObject({ errcode: 0 });
		expect(await withContent({ text: { content: fits + 'b' } })).toMatchObject({
			errcode: 45002,
		});
	});

	test('no content at all is 40063', async () => {
		expect(await withContent({})).toMatchObject({ errcode: 40063 });
		expect(await withContent({ text: { content: '' }, attachments: [] })).toMatchObject({
			errcode: 40063,
		});
	});

	test('every kind of attachment, nine of them in order', async () => {
		const image = upload('image');
		const attachments = [
			{ msgtype: 'link', link: { title: 'Guide', url: 'https://example.com/g' } },
			{ msgtype: 'image', image: { media_id: image } },
			{
				msgtype: 'miniprogram',
				miniprogram: { title: 'Shop', pic_media_id: image, appid: 'wx1', page: '/index' },
			},
			{ msgtype: 'video', video: { media_id: upload('video') } },
			{ msgtype: 'file', file: { media_id: upload('file') } },
		];
		const nine = [...attachments, ...attachments.slice(0, 4)];
		const response = await withContent({ attachments: nine });
		expect(response.errcode).toBe(0);
		const kept = corp.tasks.get(response.msgid)?.attachments.map((each) => each.msgtype);
		expect(kept).toEqual(nine.map((each) => each.msgtype));
		expect(await attach(...attachments, ...attachments)).toBe(41064);
	});

	test.each([
		['unknown msgtype', { msgtype: 'voice', voice: { media_id: 'x' } }, 41065],
		['no msgtype', { link: { title: 'a', url: 'b' } }, 41065],
		['another key than msgtype', { msgtype: 'link', image: { media_id: 'x' } }, 40058],
		['link without title', { msgtype: 'link', link: { url: 'https://a.example' } }, 40063],
		['link without url', { msgtype: 'link', link: { title: 'a' } }, 40063],
		['empty image', { msgtype: 'image', image: {} }, 40063],
		['unknown media', { msgtype: 'image', image: { media_id: 'nope' } }, 40007],
		['foreign picture URL', { msgtype: 'image', image: { pic_url: 'https://a.example/1' } }, 40058],
		['video without media', { msgtype: 'video', video: {} }, 40063],
		[
			'mini program without page',
			{ msgtype: 'miniprogram', miniprogram: { title: 'a', pic_media_id: 'b', appid: 'c' } },
			40063,
		],
	])('%s is refused', async (_name, attachment, errcode) => {
		expect(await attach(attachment)).toBe(errcode);
	});

	test.each([
		['title', 128],
		['url', 2048],
		['desc', 512],
		['picurl', 2048],
	])('the %s of a link may have %d bytes', async (field, bytes) => {
		const link = { title: 'a', url: 'https://a.example' };
		const fits = 'é'.repeat(bytes / 2);
		expect(await attach({ msgtype: 'link', link: { ...link, [field]: fits } })).toBe(0);
		expect(await attach({ msgtype: 'link', link: { ...link, [field]: fits + 'a' } })).toBe(40058);
	});

	test('media must be of the attachment’s type, of this corp and younger than 3 days', async () => {
		const file = upload('file');
		expect(await attach({ msgtype: 'image', image: { media_id: file } })).toBe(40007);
		expect(await attach({ msgtype: 'file', file: { media_id: file } })).toBe(0);
		sandbox.clock.advance(3 * 86_400);
		await client.signIn();
		expect(await attach({ msgtype: 'file', file: { media_id: file } })).toBe(40007);
	});

	test('with both, an image’s media_id wins over its URL', async () => {
		const image = { media_id: upload('image'), pic_url: 'https://foreign.example/1' };
		expect(await attach({ msgtype: 'image', image })).toBe(0);
	});
});
