import type { Corp, MediaType, Sandbox } from '../index';
import { OTHER_AGENT_ID } from '../index';
import type { Body } from '../testClient';
import { addMedia, chatId, customersOf, TestClient, useSandbox } from '../testClient';
import { groupWelcomesOf } from './model';

describe('group welcome templates (doc 92366)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({}, (fresh) => ({ sandbox, client, corp } = fresh));

	const call = async (name: string, body: object): Promise<Body> =>
		await client.contact(`group_welcome_template/${name}`, body);
	const add = async (body: object): Promise<Body> => await call('add', body);
	const get = async (template_id: unknown): Promise<Body> => await call('get', { template_id });
	const hi = { text: { content: 'Hi %NICKNAME%' } };
	const guide = { title: 'Guide', url: 'https://example.com/g', desc: 'How to' };
	const upload = (type: MediaType): string => addMedia(sandbox, type);

	test('add, get, edit, del', async () => {
		const image = { media_id: upload('image') };
		const added = await add({ ...hi, image, notify: 0 });
		expect(added).toEqual({ errcode: 0, errmsg: 'ok', template_id: expect.any(String) });
		const { template_id } = added;
		expect(await get(template_id)).toEqual({
			errcode: 0,
			errmsg: 'ok',
			...hi,
			image: { pic_url: expect.stringMatching(/^https:/) },
		});
		expect(await call('edit', { template_id, link: guide })).toEqual({ errcode: 0, errmsg: 'ok' });
		// A98: the text is gone, nothing is kept.
		expect(await get(template_id)).toEqual({ errcode: 0, errmsg: 'ok', link: guide });
		expect(await call('del', { template_id, agentid: 1000014 })).toMatchObject({ errcode: 0 });
		expect(await get(template_id)).toMatchObject({ errcode: 40037 });
		expect(await call('del', { template_id })).toMatchObject({ errcode: 40037 });
	});

	test('one part counts, by its rank; the others are not looked at (A97)', async () => {
		const video = { media_id: upload('video') };
		const file = { media_id: upload('file') };
		const all = { video, file, link: guide, miniprogram: { title: 'x' }, image: null };
		const { template_id } = await add(all);
		expect(await get(template_id)).toEqual({ errcode: 0, errmsg: 'ok', link: guide });
		const two = await add({ video, file });
		expect(await get(two.template_id)).toMatchObject({ file });
		expect(await get(two.template_id)).not.toHaveProperty('video');
	});

	test.each<[string, () => object, number]>([
		['nothing', () => ({}), 40063],
		['an empty text', () => ({ text: { content: '' } }), 40063],
		['3,001 bytes', () => ({ text: { content: '茶'.repeat(1000) + 'a' } }), 45002],
		['an image without picture', () => ({ image: {} }), 40063],
		['an unknown media ID', () => ({ image: { media_id: 'x' } }), 40007],
		['media of another type', () => ({ file: { media_id: upload('video') } }), 40007],
		['a picture of somebody else', () => ({ image: { pic_url: 'https://example.com/' } }), 40058],
		['a link without URL', () => ({ link: { title: 'x' } }), 40063],
		['a long title', () => ({ link: { ...guide, title: 'x'.repeat(129) } }), 40058],
		['a long description', () => ({ link: { ...guide, desc: 'x'.repeat(513) } }), 40058],
		['a bad notify', () => ({ ...hi, notify: 2 }), 40058],
	])('%s is refused', async (_name, body, errcode) => {
		expect(await add(body())).toMatchObject({ errcode });
	});

	test('3,000 bytes fit', async () => {
		expect(await add({ text: { content: '茶'.repeat(1000) } })).toMatchObject({ errcode: 0 });
	});

	test('100 per corp, then 41055 until one is deleted', async () => {
		const made: Body[] = [];
		for (let index = 0; index < 100; index++) made.push(await add(hi));
		expect(await add(hi)).toMatchObject({ errcode: 41055 });
		await call('del', { template_id: made[0].template_id });
		expect(await add(hi)).toMatchObject({ errcode: 0 });
		const [, second] = [...sandbox.world.corps.values()];
		const other = new TestClient(sandbox, second);
		expect(await other.contact('group_welcome_template/add', hi)).toMatchObject({ errcode: 0 });
		expect(
			await other.contact('group_welcome_template/get', { template_id: made[1].template_id }),
		).toMatchObject({ errcode: 40037 });
	});

	test('only the app that made it edits and deletes it; others read it (A99)', async () => {
		const { template_id } = await add(hi);
		const other = corp.apps.get(OTHER_AGENT_ID);
		if (other) other.callable = true;
		const colleague = new TestClient(sandbox, corp, OTHER_AGENT_ID);
		const theirs = async (name: string, body: object = {}) =>
			await colleague.contact(`group_welcome_template/${name}`, { template_id, ...body });
		expect(await theirs('get')).toMatchObject(hi);
		expect(await theirs('edit', hi)).toMatchObject({ errcode: 41058 });
		expect(await theirs('del')).toMatchObject({ errcode: 41058 });
	});

	test.each(['edit', 'get', 'del'])('%s without an ID, or with a wrong one', async (name) => {
		expect(await call(name, hi)).toMatchObject({ errcode: 40037 });
		expect(await call(name, { ...hi, template_id: 'msgWrong' })).toMatchObject({ errcode: 40037 });
	});

	test('customers who join a group get the template that its owner chose', async () => {
		const post = async (path: string, body: object): Promise<Body> =>
			await client.control('POST', path, body);
		const { template_id } = await add({ ...hi, link: guide });
		const chat_id = chatId(corp, 'Cake lovers');
		const [first, second] = customersOf(corp, 'chen', 2) as [string, string];
		await post('/group-join', { chat_id, ids: [first] });
		expect(await post('/group-welcome', { chat_id, template_id })).toEqual({});
		await post('/group-join', { chat_id, ids: [second, 'wei'] });
		expect(groupWelcomesOf(corp)).toEqual([
			{
				time: expect.any(Number),
				chatId: chat_id,
				externalUserid: second,
				text: `Hi ${corp.customers.get(second)?.name}`,
				attachment: { msgtype: 'link', content: guide },
			},
		]);
		expect(await post('/group-welcome', { chat_id, template_id: 'x' })).toHaveProperty('error');
		expect(await post('/group-welcome', { chat_id: 'x', template_id })).toHaveProperty('error');
		await post('/group-welcome', { chat_id, template_id: null });
		await post('/group-join', { chat_id, ids: customersOf(corp, 'chen').slice(2, 3) });
		expect(groupWelcomesOf(corp)).toHaveLength(1);
	});
});
