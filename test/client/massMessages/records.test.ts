import {
	listMassMessages,
	readMembers,
	readResults,
} from '../../../nodes/shared/client/massMessages/records';
import { collect, ok, scripted } from '../fakes';

it('reads the numbers of members and results, also where WeCom quotes them', async () => {
	const { client } = scripted([
		{ ...ok, task_list: [{ userid: 'lin', status: '2', send_time: '1767225600' }] },
		{
			...ok,
			send_list: [
				{ external_userid: 'wm1', userid: 'lin', status: '1', send_time: '1767225600' },
				{ external_userid: 'wm2', userid: 'lin', status: 'new' },
			],
		},
	]);
	expect(await readMembers(client, 'msg1')).toEqual([
		{ userid: 'lin', status: 2, send_time: 1_767_225_600 },
	]);
	expect(await readResults(client, 'msg1', 'lin')).toEqual([
		{ external_userid: 'wm1', userid: 'lin', status: 1, send_time: 1_767_225_600 },
		{ external_userid: 'wm2', userid: 'lin', status: 'new' },
	]);
});

it('keeps every customer group, although WeCom may give empty text for the customer', async () => {
	const rows = ['wr1', 'wr2', 'wr2', ''].map((chat_id) => ({
		external_userid: '',
		chat_id,
		userid: 'lin',
		status: 1,
	}));
	const { client } = scripted([{ ...ok, send_list: rows }]);
	expect((await readResults(client, 'msg1', 'lin')).map(({ chat_id }) => chat_id)).toEqual([
		'wr1',
		'wr2',
		'',
	]);
});

it('gives a message once that WeCom lists on two pages', async () => {
	const record = (msgid: string) => ({ msgid, create_time: '1767225600', create_type: 0 });
	const page = (...ids: string[]) => ({ ...ok, group_msg_list: ids.map(record) });
	const { client } = scripted([
		{ ...page('msg1', 'msg2'), next_cursor: 'c' },
		page('msg2', 'msg3'),
	]);
	const list = listMassMessages(client, { chat_type: 'single' }, () => ({
		from: 1_767_225_000,
		to: 1_767_226_000,
	}));
	expect((await collect(list)).map(({ msgid }) => msgid)).toEqual(['msg1', 'msg2', 'msg3']);
});
