import { browseCustomerGroups } from '../../../nodes/shared/client/customerGroups/browseCustomerGroups';
import {
	getCustomerGroup,
	listCustomerGroups,
} from '../../../nodes/shared/client/customerGroups/customerGroups';
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

it('leaves out groups without an ID, and notes it', async () => {
	const { client } = scripted([
		{ group_chat_list: [{ status: 0 }, { chat_id: 'wr1' }, {}] },
		{ group_chat_list: [{}] },
	]);
	expect(await collect(listCustomerGroups(client, { status: 0 }))).toEqual([{ chat_id: 'wr1' }]);
	expect(await browseCustomerGroups(client, '')).toEqual({ entries: [], next: undefined });
	expect(client.notices.texts()).toEqual([
		'WeCom gave 3 customer groups without an ID. What has none was left out.',
	]);
});

it('gives a group of which WeCom says next to nothing under the ID that was asked for', async () => {
	const { client } = scripted([{ group_chat: { name: 'Tea' } }]);
	expect(await getCustomerGroup(client, 'wr1')).toEqual({ chat_id: 'wr1', name: 'Tea' });
});
