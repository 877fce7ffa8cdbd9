import type { AppMessage, Corp, MediaType, Sandbox } from '../index';
import { phoneOf } from '../index';
import type { Body, TestClient } from '../testClient';
import { addMedia, useSandbox } from '../testClient';

describe('what an application message may hold (doc 90236)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({ frozen: true }, (fresh) => ({ sandbox, client, corp } = fresh));

	const send = async (msgtype: string, content: unknown): Promise<Body> =>
		await client.post('/cgi-bin/message/send', {
			touser: 'lin',
			agentid: client.agentId,
			msgtype,
			[msgtype]: content,
		});
	const shown = (): AppMessage['content'] | undefined =>
		phoneOf(corp, 'lin').messages.at(-1)?.content;
	const upload = (type: MediaType): string =>
		addMedia(sandbox, type, { mediaId: `media-${type}`, fileName: 'plan.pdf' });
	const url = 'https://n8n.example/approve';
	const card = { title: 'Approve?', description: 'Three tasks', url };
	const article = { title: 'Spring sale', description: 'From Monday on', url };

	test('a text above 2,048 bytes is cut behind a whole character', async () => {
		expect(await send('text', { content: 'x'.repeat(2048) })).toMatchObject({ errcode: 0 });
		expect(shown()).toEqual({ content: 'x'.repeat(2048) });
		expect(await send('text', { content: '茶'.repeat(700) })).toMatchObject({ errcode: 0 });
		expect(shown()).toEqual({ content: '茶'.repeat(682) });
	});

	test('A138: markdown above it is refused', async () => {
		expect(await send('markdown', { content: 'x'.repeat(2048) })).toMatchObject({ errcode: 0 });
		expect(await send('markdown', { content: '茶'.repeat(683) })).toMatchObject({
			errcode: 45002,
		});
	});

	test.each(['image', 'voice', 'video', 'file'] as const)(
		'%s: a media ID of that type that has not expired',
		async (type) => {
			const media_id = upload(type);
			expect(await send(type, { media_id })).toMatchObject({ errcode: 0 });
			expect(shown()).toMatchObject({ media_id });
			const wrong = upload(type === 'file' ? 'image' : 'file');
			expect(await send(type, { media_id: wrong })).toMatchObject({ errcode: 40007 });
			expect(await send(type, {})).toMatchObject({ errcode: 40007 });
			sandbox.clock.advance(3 * 86_400);
			await client.signIn();
			expect(await send(type, { media_id })).toMatchObject({ errcode: 40007 });
		},
	);

	test('titles of videos, cards and articles are cut at 128 bytes, descriptions at 512', async () => {
		const long = { title: 't'.repeat(129), description: 'd'.repeat(513) };
		const kept = { title: 't'.repeat(128), description: 'd'.repeat(512) };
		await send('video', { media_id: upload('video'), ...long });
		expect(shown()).toMatchObject(kept);
		await send('textcard', { ...card, ...long });
		expect(shown()).toMatchObject(kept);
		await send('news', { articles: [{ ...article, ...long }] });
		expect(shown()).toMatchObject({ articles: [kept] });
	});

	test('A129: a text card’s limits may count characters', async () => {
		const long = { ...card, title: '茶'.repeat(129) };
		await send('textcard', long);
		expect(shown()).toMatchObject({ title: '茶'.repeat(42) });
		sandbox.world.settings.textCardLimits = 'characters';
		await send('textcard', long);
		expect(shown()).toMatchObject({ title: '茶'.repeat(128) });
	});

	test('the button of a text card has at most 4 characters', async () => {
		await send('textcard', { ...card, btntxt: '查看并批准' });
		expect(shown()).toMatchObject({ btntxt: '查看并批' });
		await send('textcard', card);
		expect(shown()).toMatchObject({ btntxt: '详情' });
	});

	test('an article leads to a page or to a mini program, which comes first', async () => {
		const articles = [{ ...article, appid: 'wx123', pagepath: 'pages/index' }];
		await send('news', { articles });
		expect(shown()).toEqual({ articles: [{ ...articles[0], url: undefined }] });
	});

	test('a card of text without buttons needs no callback', async () => {
		const notice = {
			card_type: 'text_notice',
			main_title: { title: 'Three tasks wait' },
			card_action: { type: 1, url },
		};
		const answer = await send('template_card', notice);
		expect(answer).toMatchObject({ errcode: 0 });
		expect(answer).not.toHaveProperty('response_code');
		expect(shown()).toEqual(notice);
	});

	test('a card with buttons needs a callback URL, and has a response code', async () => {
		const buttons = {
			card_type: 'button_interaction',
			main_title: { title: 'Send to 4,321 customers?' },
			task_id: 'campaign_17',
			button_list: [{ text: 'Send', style: 1, key: 'approve' }],
		};
		expect(await send('template_card', buttons)).toMatchObject({ errcode: 40058 });
		sandbox.world.callbacks.setTarget({
			url: 'http://127.0.0.1:9/callback',
			token: 'Token',
			encodingAesKey: 'k'.repeat(43),
		});
		expect(await send('template_card', buttons)).toMatchObject({
			errcode: 0,
			response_code: expect.any(String),
		});
		expect(await send('template_card', { ...buttons, task_id: 'not allowed' })).toMatchObject({
			errcode: 40058,
		});
		expect(await send('template_card', { ...buttons, button_list: [] })).toMatchObject({
			errcode: 40058,
		});
	});

	test.each<[string, string, unknown, number]>([
		['an unknown type', 'fax', { content: 'Hi' }, 40008],
		['a type of every object', 'toString', { content: 'Hi' }, 40008],
		['a text without content', 'text', {}, 44004],
		['an empty text', 'text', { content: '' }, 44004],
		['no text at all', 'text', undefined, 44004],
		['empty markdown', 'markdown', { content: '' }, 44004],
		['a card without title', 'textcard', { ...card, title: '' }, 41016],
		['a card without description', 'textcard', { ...card, description: '' }, 40058],
		['a card without URL', 'textcard', { ...card, url: '' }, 41010],
		['a URL without protocol', 'textcard', { ...card, url: 'n8n.example/a' }, 45034],
		['a long URL', 'textcard', { ...card, url: `https://n8n.example/${'a'.repeat(2029)}` }, 40039],
		['no article', 'news', { articles: [] }, 40058],
		['nine articles', 'news', { articles: Array(9).fill(article) }, 45008],
		['an article without title', 'news', { articles: [{ url }] }, 41016],
		['an article without URL', 'news', { articles: [{ title: 'Hi' }] }, 41010],
		['an unknown card', 'template_card', { card_type: 'poster' }, 40058],
		['a card without any title', 'template_card', { card_type: 'text_notice' }, 40058],
	])('%s is refused', async (_name, msgtype, content, errcode) => {
		expect(await send(msgtype, content)).toMatchObject({ errcode });
		expect(phoneOf(corp, 'lin').messages).toEqual([]);
	});
});
