import { syncPage } from '../../../nodes/shared/client/customerService/syncPage';
import { ok, scripted } from '../fakes';

const row = { msgid: 'k1', external_userid: 'wm1', send_time: 1_764_550_000, origin: 3 };

async function pageOf(answer: object) {
	const { client } = scripted([{ ...ok, ...answer }]);
	return await syncPage(client, { open_kfid: 'wkShop', limit: 1_000 });
}

it.each([
	[1, 1],
	['1', 1],
	[true, 1],
	[0, 0],
	['0', 0],
	[false, 0],
	[null, 0],
	[undefined, 0],
])('has_more %p is %p', async (has_more, expected) => {
	expect((await pageOf({ has_more, msg_list: [] })).has_more).toBe(expected);
});

it('has no rows where the list is null or missing, and drops what is no row', async () => {
	expect((await pageOf({})).msg_list).toEqual([]);
	expect((await pageOf({ msg_list: null })).msg_list).toEqual([]);
	expect((await pageOf({ msg_list: [null, 'text', 5, row] })).msg_list).toHaveLength(1);
});

it('gives numbers as numbers and IDs as text', async () => {
	const odd = { ...row, msgid: 17, send_time: '1764550000', origin: '3' };
	expect((await pageOf({ msg_list: [odd] })).msg_list).toEqual([
		{ ...row, msgid: '17', open_kfid: 'wkShop' },
	]);
});

it('leaves out what is missing', async () => {
	const [message] = (await pageOf({ msg_list: [{ msgid: 'k1' }] })).msg_list ?? [];
	expect(message).toEqual({ msgid: 'k1', open_kfid: 'wkShop' });
});

it('names the account that was read, unless the row or its event does', async () => {
	const event = { event_type: 'enter_session', open_kfid: 'wkOther' };
	const msg_list = [row, { ...row, open_kfid: 'wkOther' }, { ...row, event }];
	expect((await pageOf({ msg_list })).msg_list?.map(({ open_kfid }) => open_kfid)).toEqual([
		'wkShop',
		'wkOther',
		undefined,
	]);
});

it.each([undefined, ''])(
	'gives rows without an ID (%j) one that stays the same, and differs between them',
	async (msgid) => {
		const rows = ['a', 'b'].map((content) => ({ ...row, msgid, text: { content } }));
		const ids = async () => (await pageOf({ msg_list: rows })).msg_list?.map(({ msgid }) => msgid);
		const first = await ids();
		expect(new Set(first).size).toBe(2);
		expect(await ids()).toEqual(first);
	},
);
