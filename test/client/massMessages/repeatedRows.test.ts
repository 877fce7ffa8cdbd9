import { readMembers, readResults } from '../../../nodes/shared/client/massMessages/records';
import { scripted } from '../fakes';

it('gives a member of a task once that comes on two pages', async () => {
	const member = (userid: string) => ({ userid, status: 0 });
	const { client } = scripted([
		{ task_list: [member('lin'), member('wei')], next_cursor: 'on' },
		{ task_list: [member('Wei'), member('chen')], next_cursor: '' },
	]);
	const members = await readMembers(client, 'msg1');
	expect(members.map(({ userid }) => userid)).toEqual(['lin', 'wei', 'chen']);
});

it('gives a result once that comes on two pages, and every result without an ID', async () => {
	const { client } = scripted([
		{ send_list: [{ external_userid: 'wm1' }, { chat_id: 'wr1' }, {}], next_cursor: 'on' },
		{ send_list: [{ chat_id: 'wr1' }, { external_userid: 'wm2' }, {}], next_cursor: '' },
	]);
	expect(await readResults(client, 'msg1', 'lin')).toEqual([
		{ external_userid: 'wm1' },
		{ chat_id: 'wr1' },
		{},
		{ external_userid: 'wm2' },
		{},
	]);
});
