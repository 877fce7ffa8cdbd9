import type { Corp, Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { customersOf, useSandbox } from '../testClient';

const NOW = Date.parse('2026-03-10T04:00:00Z') / 1000;

describe('A73: rows that come twice, at the borders of pages', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox(
		{ startAt: NOW, repeatRowsAtPageBorder: true, frozen: true },
		(fresh) => ({ sandbox, client, corp } = fresh),
	);

	const create = async (body: object): Promise<string> =>
		(await client.contact('add_msg_template', { text: { content: 'Hi' }, ...body })).msgid;

	/** The numbers of the rows, page by page, counted in the order in which they first came. */
	const pages = async (name: string, list: string, body: object): Promise<number[][]> => {
		const known: string[] = [];
		const found: number[][] = [];
		let cursor = '';
		do {
			const page: Body = await client.contact(name, { ...body, cursor });
			found.push(
				page[list].map((row: unknown) => {
					const text = JSON.stringify(row);
					if (!known.includes(text)) known.push(text);
					return known.indexOf(text);
				}),
			);
			cursor = page.next_cursor as string;
		} while (cursor);
		return found;
	};

	test('results', async () => {
		const external_userid = customersOf(corp, 'chen', 5);
		const msgid = await create({ sender: 'chen', external_userid });
		const read = async (limit: number) =>
			await pages('get_groupmsg_send_result', 'send_list', { msgid, userid: 'chen', limit });
		expect(await read(2)).toEqual([
			[0, 1],
			[1, 2],
			[2, 3],
			[3, 4],
		]);
		expect(await read(1)).toEqual([[0], [1], [2], [3], [4]]);
		expect(await read(5)).toEqual([[0, 1, 2, 3, 4]]);
	});

	test('members of a task', async () => {
		const ids = ['lin', 'wei', 'chen'].flatMap((userid) => customersOf(corp, userid).slice(-1));
		const msgid = await create({ external_userid: ids });
		expect(await pages('get_groupmsg_task', 'task_list', { msgid, limit: 2 })).toEqual([
			[0, 1],
			[1, 2],
		]);
	});

	test.each(['newest_first', 'oldest_first'] as const)('tasks, %s', async (listOrder) => {
		sandbox.world.settings.listOrder = listOrder;
		for (let number = 0; number < 5; number++) await create({ sender: 'lin' });
		const range = { chat_type: 'single', start_time: NOW, end_time: NOW };
		const read = async (limit: number) =>
			await pages('get_groupmsg_list_v2', 'group_msg_list', { ...range, limit });
		expect(await read(3)).toEqual([
			[0, 1, 2],
			[2, 3, 4],
		]);
		expect(await read(1)).toHaveLength(5);
	});

	test('customers, also from member to member', async () => {
		const userid_list = ['lin', 'wei', 'chen'];
		const read = async (limit: number) =>
			await pages('batch/get_by_user', 'external_contact_list', { userid_list, limit });
		const rows = await read(12);
		expect(rows.map((page) => [page[0], page.at(-1)])).toEqual([
			[0, 11],
			[11, 22],
			[22, 32],
		]);
		expect((await read(1)).flat()).toHaveLength(33);
		sandbox.world.settings.lastPageCursor = 'present';
		expect((await read(33)).map((page) => page.length)).toEqual([33, 1]);
	});

	test('customer groups', async () => {
		expect(await pages('groupchat/list', 'group_chat_list', { limit: 2 })).toEqual([
			[0, 1],
			[1, 2],
		]);
	});
});
