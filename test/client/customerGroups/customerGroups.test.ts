import { listCustomerGroups } from '../../../nodes/shared/client/customerGroups/customerGroups';
import { collect, scripted } from '../fakes';

it('lists no groups for no owners, without a request', async () => {
	const { client, requests } = scripted([]);
	expect(await collect(listCustomerGroups(client, { owners: [], status: 0 }))).toEqual([]);
	expect(requests).toEqual([]);
});

it('gives a group once that comes on two pages', async () => {
	const group = (chat_id: string) => ({ chat_id, status: 0 });
	const { client } = scripted([
		{ group_chat_list: [group('wr1'), group('wr2')], next_cursor: 'on' },
		{ group_chat_list: [group('wr2'), group('wr3')], next_cursor: '' },
	]);
	const groups = await collect(listCustomerGroups(client, { status: 0 }));
	expect(groups.map(({ chat_id }) => chat_id)).toEqual(['wr1', 'wr2', 'wr3']);
});
