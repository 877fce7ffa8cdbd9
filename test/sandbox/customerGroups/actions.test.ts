import type { Hearing } from '../callbacks/hearing';
import { useHearing } from '../callbacks/hearing';
import type { Corp, Sandbox } from '../index';
import { chatId, customersOf, TestClient } from '../testClient';

describe('people in customer groups, and the events they cause (doc 92130)', () => {
	let sandbox: Sandbox;
	let corp: Corp;
	let post: Hearing['post'];
	let events: Hearing['events'];
	useHearing((hearing) => ({ sandbox, corp, post, events } = hearing));

	const group = (changeType: string, nodes: object) => [
		`change_external_chat.${changeType}`,
		nodes,
	];
	const version = async (chat_id: string): Promise<string> => {
		const answer = await new TestClient(sandbox).contact('groupchat/get', { chat_id });
		return answer.group_chat.member_version as string;
	};

	const items = (...ids: string[]) => ids.map((id) => `<Item><![CDATA[${id}]]></Item>`).join('');

	test('created, joined, left, dismissed', async () => {
		const [first, second] = customersOf(corp, 'lin', 2) as [string, string];
		const { chat_id } = await post('/group-create', { owner: 'lin', name: 'New', ids: [first] });
		const v1 = await version(chat_id);
		await post('/group-join', { chat_id, ids: [second, 'wei'], by: 'qr_code', state: 'expo' });
		const v2 = await version(chat_id);
		await post('/group-leave', { chat_id, ids: [second] });
		const v3 = await version(chat_id);
		await post('/group-leave', { chat_id, ids: ['wei'], how: 'removed' });
		await post('/group-join', { chat_id, ids: [second] });
		await post('/group-dismiss', { chat_id });
		const update = (UpdateDetail: string, nodes: object) =>
			group('update', { ChatId: chat_id, UpdateDetail, ...nodes });
		const versions = { LastMemVer: expect.any(String), CurMemVer: expect.any(String) };
		expect(new Set([v1, v2, v3]).size).toBe(3);
		expect(await events()).toEqual([
			group('create', { ChatId: chat_id }),
			update('add_member', {
				JoinScene: '3',
				MemChangeCnt: '2',
				MemChangeList: items(second, 'wei'),
				LastMemVer: v1,
				CurMemVer: v2,
			}),
			update('del_member', {
				QuitScene: '0',
				MemChangeCnt: '1',
				MemChangeList: items(second),
				LastMemVer: v2,
				CurMemVer: v3,
			}),
			update('del_member', {
				QuitScene: '1',
				MemChangeCnt: '1',
				MemChangeList: items('wei'),
				...versions,
			}),
			update('add_member', {
				JoinScene: '0',
				MemChangeCnt: '1',
				MemChangeList: items(second),
				...versions,
			}),
			group('dismiss', { ChatId: chat_id }),
		]);
		// A90
		expect(await new TestClient(sandbox).contact('groupchat/get', { chat_id })).toMatchObject({
			errcode: 40050,
		});
	});

	test.each([false, true])('owner, name and notice; A91: %s', async (strayGroupNodes) => {
		sandbox.world.settings.strayGroupNodes = strayGroupNodes;
		const chat_id = chatId(corp, 'Weekend events');
		await post('/group-change', { chat_id, owner: 'chen', name: 'Events', notice: 'Hi' });
		const stray = strayGroupNodes ? { JoinScene: '0', MemChangeCnt: '2' } : {};
		expect(await events()).toEqual(
			['change_owner', 'change_name', 'change_notice'].map((UpdateDetail) =>
				group('update', { ChatId: chat_id, UpdateDetail, ...stray }),
			),
		);
		expect(corp.groups.get(chat_id)).toMatchObject({
			owner: 'chen',
			name: 'Events',
			notice: 'Hi',
		});
	});

	test('what cannot happen', async () => {
		const chat_id = chatId(corp, 'Cake lovers');
		const [member] = customersOf(corp, 'lin').slice(6, 7);
		for (const [path, body] of [
			['/group-create', { owner: 'x', name: 'New' }],
			['/group-create', { owner: 'lin', name: 'New', ids: ['wm1'] }],
			['/group-join', { chat_id, ids: [member] }],
			['/group-join', { chat_id, ids: [] }],
			['/group-join', { chat_id: 'wr1', ids: ['wei'] }],
			['/group-leave', { chat_id, ids: ['wei'] }],
			['/group-leave', { chat_id, ids: ['lin'] }],
			['/group-change', { chat_id, owner: 'wei' }],
			['/group-dismiss', { chat_id: 'wr1' }],
		] as const) {
			expect([path, body, await post(path, body)]).toEqual([
				path,
				body,
				{ error: expect.any(String) },
			]);
		}
		expect(await events()).toEqual([]);
	});
});
