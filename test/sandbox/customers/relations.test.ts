import type { Corp, Sandbox } from '../index';
import { setCustomer, setRelation } from '../index';
import type { Body, TestClient } from '../testClient';
import { chatId, customersOf, tagId, useSandbox } from '../testClient';

const EC = '/cgi-bin/externalcontact';

describe('whom a campaign concerns (docs 92114, 92994 and 92122)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({}, (fresh) => ({ sandbox, client, corp } = fresh));

	const control = async (path: string, body: object): Promise<Body> =>
		await client.control('POST', path, body);
	const get = async (external_userid: string): Promise<Body> =>
		await client.get(`${EC}/get`, { external_userid });
	const rowOf = async (userid: string, id: string): Promise<Body> =>
		(
			await client.contact('batch/get_by_user', { userid_list: [userid], limit: 100 })
		).external_contact_list.find((row: Body) => row.external_contact.external_userid === id);
	const guests = async (chat_id: string): Promise<Body[]> =>
		(await client.contact('groupchat/get', { chat_id, need_name: 1 })).group_chat.member_list;

	test('no union ID anywhere while the corp has no open platform account', async () => {
		const [id] = customersOf(corp, 'lin', 1) as [string];
		const group = chatId(corp, 'Tea tasting club');
		const seen = async (): Promise<Body[]> => [
			(await get(id)).external_contact.unionid,
			(await rowOf('lin', id)).external_contact.unionid,
			(await guests(group)).find((row) => row.userid === id)?.unionid,
		];
		const unionid = corp.customers.get(id)?.unionid;
		expect(unionid).toMatch(/^o[\w-]{27}$/);
		expect(await seen()).toEqual([unionid, unionid, unionid]);
		sandbox.world.settings.openPlatformBound = false;
		expect(await seen()).toEqual([undefined, undefined, undefined]);
	});

	test('a WeCom user has none', async () => {
		const [id] = customersOf(corp, 'lin').filter((each) => each.startsWith('wo')) as [string];
		setCustomer(corp, { externalUserid: id, unionid: 'oNobody' });
		expect((await get(id)).external_contact).not.toHaveProperty('unionid');
	});

	test('tags, channel and add time are those of the pair', async () => {
		const [id] = customersOf(corp, 'lin', 1) as [string];
		const relation = {
			userid: 'wei',
			external_userid: id,
			state: 'store-shanghai',
			createtime: 1_770_000_000,
			tag_names: ['Silver', 'Cakes'],
			remark: 'Amy from the expo',
			description: 'Buys in spring',
			add_way: 16,
			remark_mobiles: ['13900000000'],
		};
		expect(await control('/relation', relation)).toMatchObject({ userid: 'wei', addWay: 16 });
		const shown = {
			userid: 'wei',
			remark: 'Amy from the expo',
			description: 'Buys in spring',
			createtime: 1_770_000_000,
			remark_mobiles: ['13900000000'],
			add_way: 16,
			oper_userid: 'lin',
			state: 'store-shanghai',
		};
		const tags = [tagId(corp, 'Silver'), tagId(corp, 'Cakes')];
		expect((await rowOf('wei', id)).follow_info).toEqual({ ...shown, tag_id: tags });
		const [lin, wei] = (await get(id)).follow_user;
		expect(lin).toMatchObject({ state: 'spring-expo', remark: 'Amy Zhao' });
		expect(wei).toMatchObject({ ...shown, tags: [{ tag_name: 'Silver' }, { tag_name: 'Cakes' }] });
	});

	test('a new customer has no member until one adds them', async () => {
		const { external_userid: id } = await control('/customer', {
			name: 'Newcomer',
			gender: 1,
			unionid: 'oNewcomer',
		});
		expect(await get(id)).toMatchObject({ errcode: 84061 });
		await control('/relation', { userid: 'chen', external_userid: id });
		const { external_contact: customer, follow_user: followers } = await get(id);
		expect(customer).toMatchObject({ name: 'Newcomer', gender: 1, unionid: 'oNewcomer' });
		expect(followers).toHaveLength(1);
		await control('/customer', { external_userid: id, gender: 0 });
		expect((await get(id)).external_contact).toMatchObject({ name: 'Newcomer', gender: 0 });
	});

	test('who came by Channels shows whom they met there', async () => {
		const [id] = customersOf(corp, 'chen', 1) as [string];
		const wechatChannels = { nickname: 'Tea House Live', source: 2 };
		const pair = { userid: 'chen', externalUserid: id };
		setRelation(corp, pair, { wechatChannels }, sandbox.clock.now());
		expect((await rowOf('chen', id)).follow_info).not.toHaveProperty('wechat_channels');
		setRelation(corp, pair, { addWay: 10 }, sandbox.clock.now());
		expect((await rowOf('chen', id)).follow_info).toMatchObject({
			wechat_channels: wechatChannels,
		});
	});

	test('a guest of a group has a union ID also if no member has added them', async () => {
		const id = chatId(corp, 'Cake lovers');
		corp.groups.get(id)?.members.push({
			id: 'wmStranger',
			type: 2,
			joinTime: 1_770_000_000,
			joinScene: 3,
			groupNickname: '',
			name: 'Stranger',
			unionid: 'oStranger',
		});
		expect((await guests(id)).at(-1)).toMatchObject({
			userid: 'wmStranger',
			unionid: 'oStranger',
		});
	});

	test.each([
		['/relation', { userid: 'nobody', external_userid: 'wmNone' }, 'nobody'],
		['/relation', { userid: 'lin', external_userid: 'wmNone' }, 'wmNone'],
		['/relation', { userid: 'lin', external_userid: 'FIRST', tag_names: ['Golden'] }, 'Golden'],
		['/relation', { userid: 'lin', external_userid: 'FIRST', tag_id: ['etNone'] }, 'etNone'],
		['/customer', { gender: 3 }, 'gender'],
	])('%s: %o is refused', async (path, body, named) => {
		const [first] = customersOf(corp, 'lin', 1) as [string];
		const text = JSON.stringify(body).replace('FIRST', first);
		expect((await control(path, JSON.parse(text) as object)).error).toContain(named);
	});
});
