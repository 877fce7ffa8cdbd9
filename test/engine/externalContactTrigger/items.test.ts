import type { IDataObject } from 'n8n-workflow';

import type { EventNodes } from '../../client/callbacks/requests';
import { useScenario } from '../../harness/scenario';
import { eventRequest, send, useTrigger } from '../../harness/triggerScenario';

const scenario = useScenario();
const trigger = useTrigger(scenario);

const KEY = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
const TIMES = { create_time: 1_764_550_000, created_at: '2025-12-01T08:46:40.000+08:00' };

const itemFor = async (nodes: EventNodes, parameters?: IDataObject) =>
	await trigger.itemFor(nodes, parameters);

const group = (nodes: EventNodes): EventNodes => ({
	Event: 'change_external_chat',
	UserID: undefined,
	ExternalUserID: undefined,
	...nodes,
});

it('gives a new customer with the welcome code and how long it is valid', async () => {
	const item = await itemFor({ State: 'expo', WelcomeCode: 'WC' });
	expect(item).toEqual({
		event_type: 'change_external_contact.add_external_contact',
		event: 'change_external_contact',
		change_type: 'add_external_contact',
		corp_id: 'ww0123456789abcdef',
		userid: 'lin',
		external_userid: 'wmAAAA1',
		state: 'expo',
		welcome_code: 'WC',
		welcome_code_valid_until: '2025-12-01T08:47:00.000+08:00',
		...TIMES,
		dedupe_key: KEY,
	});
	expect(Object.keys(item ?? {}).slice(0, 4)).toEqual([
		'event_type',
		'event',
		'change_type',
		'corp_id',
	]);
	expect(Object.keys(item ?? {}).at(-1)).toBe('dedupe_key');
});

it('gives null where WeCom leaves out what such an event has', async () => {
	expect(await itemFor({})).toMatchObject({
		state: null,
		welcome_code: null,
		welcome_code_valid_until: null,
	});
});

it('names the numbers of a changed group, and always gives the list', async () => {
	const nodes = { ChangeType: 'update', ChatId: 'wr1' };
	const joined = await itemFor(
		group({
			...nodes,
			UpdateDetail: 'add_member',
			JoinScene: 3,
			MemChangeCnt: 1,
			MemChangeList: ['wm1'],
		}),
	);
	expect(joined).toMatchObject({
		chat_id: 'wr1',
		update_detail: 'add_member',
		join_scene: 3,
		join_scene_name: 'qr_code',
		quit_scene: null,
		quit_scene_name: null,
		mem_change_cnt: 1,
		mem_change_list: ['wm1'],
	});
	const left = await itemFor(
		group({ ...nodes, UpdateDetail: 'del_member', QuitScene: 9, MemChangeList: [] }),
	);
	expect(left).toMatchObject({ quit_scene: 9, quit_scene_name: 'unknown_9', mem_change_list: [] });
	expect(await itemFor(group(nodes))).toMatchObject({ mem_change_list: [], join_scene: null });
});

it('lets an event through that is new at WeCom, with All', async () => {
	const item = await itemFor({
		Event: 'new_event',
		ChangeType: 'new_change',
		NewNode: '茶 ]]> &lt;',
	});
	expect(item).toMatchObject({
		event_type: 'new_event.new_change',
		new_node: '茶 ]]> &lt;',
	});
});

it('gives the message as WeCom sends it', async () => {
	const item = await itemFor({ WelcomeCode: 'WC', MemChangeList: ['1', '2'] }, { output: 'raw' });
	expect(item).toEqual({
		event_type: 'change_external_contact.add_external_contact',
		raw: {
			ToUserName: 'ww0123456789abcdef',
			FromUserName: 'sys',
			CreateTime: '1764550000',
			MsgType: 'event',
			Event: 'change_external_contact',
			ChangeType: 'add_external_contact',
			UserID: 'lin',
			ExternalUserID: 'wmAAAA1',
			WelcomeCode: 'WC',
			MemChangeList: { Item: ['1', '2'] },
		},
		dedupe_key: KEY,
	});
});

describe('events that nobody asked for', () => {
	it('are confirmed and dropped', async () => {
		const events = ['change_external_contact.del_follow_user', 'change_external_chat.create'];
		expect(await itemFor({}, { events })).toBeUndefined();
		expect(await itemFor({ ChangeType: 'del_follow_user' }, { events })).toMatchObject({
			change_type: 'del_follow_user',
		});
	});

	it('can be named by an expression, also those that the list does not have', async () => {
		const events = '={{ "new_event.new_change,template_card_event" }}';
		const nodes = { Event: 'new_event', ChangeType: 'new_change' };
		expect(await itemFor(nodes, { events })).toMatchObject({ event: 'new_event' });
		expect(await itemFor({}, { events })).toBeUndefined();
	});
});

describe('filters', () => {
	const isLetThrough = async (nodes: EventNodes, filters: IDataObject) =>
		(await itemFor(nodes, { filters })) !== undefined;

	it('narrow to members, in any spelling; what names no member passes', async () => {
		const filters = { members: 'wei, LIN' };
		expect(await isLetThrough({}, filters)).toBe(true);
		expect(await isLetThrough({ UserID: 'Wei' }, filters)).toBe(true);
		expect(await isLetThrough({ UserID: 'chen' }, filters)).toBe(false);
		expect(await isLetThrough(group({ ChangeType: 'create' }), filters)).toBe(true);
		const card = { Event: 'template_card_event', ChangeType: undefined, UserID: undefined };
		expect(await isLetThrough({ ...card, FromUserName: 'wei' }, filters)).toBe(true);
		expect(await isLetThrough({ ...card, FromUserName: 'chen' }, filters)).toBe(false);
	});

	it('narrow to a channel; what tells no channel passes', async () => {
		const filters = { channel: 'expo-1' };
		expect(await isLetThrough({ State: 'expo-1' }, filters)).toBe(true);
		expect(await isLetThrough({ State: 'expo-12' }, filters)).toBe(false);
		expect(await isLetThrough({}, filters)).toBe(false);
		expect(await isLetThrough({ ChangeType: 'del_follow_user' }, filters)).toBe(true);
	});

	it('narrow to channels that start alike', async () => {
		const filters = { channelPrefix: 'expo-' };
		expect(await isLetThrough({ State: 'expo-12' }, filters)).toBe(true);
		expect(await isLetThrough({ State: 'an expo-12' }, filters)).toBe(false);
		expect(await isLetThrough({}, filters)).toBe(false);
	});

	it('narrow to changes of groups; other events pass', async () => {
		const filters = { groupChanges: ['add_member', 'change_owner'] };
		const update = (UpdateDetail: string) => group({ ChangeType: 'update', UpdateDetail });
		expect(await isLetThrough(update('change_owner'), filters)).toBe(true);
		expect(await isLetThrough(update('change_name'), filters)).toBe(false);
		expect(await isLetThrough(group({ ChangeType: 'create' }), filters)).toBe(true);
	});

	it.each([
		[{ filters: { members: '={{ undefined }}' } }, "'Members' is empty"],
		[{ filters: { channel: ' ' } }, "'Channel Is' is empty"],
		[{ filters: { channelPrefix: '' } }, "'Channel Starts With' is empty"],
		[{ filters: { groupChanges: [] } }, "'Group Changes' is empty"],
		[{ filters: { groupChanges: ['add'] } }, "'Group Changes' has an unknown value"],
		[{ events: [] }, "'Trigger On' is empty, so nothing would start the workflow"],
		[{ output: 'all' }, "'Output' has an unknown value"],
	])('fail loudly rather than let everything through: %j', async (parameters, message) => {
		const server = await trigger.publish(parameters);
		const { status } = await send(server, eventRequest());
		expect(status).toBe(500);
		expect(server.failures.map((error) => error.message)).toEqual([message]);
		expect(server.executions).toHaveLength(0);
	});
});
