import { listServiceAccounts } from '../../../nodes/shared/client/customerService/accounts';
import { ok, scripted } from '../fakes';

const accounts = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => ({ open_kfid: `wk${from + index}` }));

async function listed(...pages: object[]) {
	const { client, requests } = scripted(pages.map((account_list) => ({ ...ok, account_list })));
	const ids: string[] = [];
	for await (const { open_kfid } of listServiceAccounts(client)) ids.push(open_kfid);
	return { ids, offsets: requests.map(({ body }) => (body as { offset: number }).offset) };
}

const idsOf = (rows: Array<{ open_kfid: string }>) => rows.map(({ open_kfid }) => open_kfid);

it('reads pages until one is not full', async () => {
	const { ids, offsets } = await listed(accounts(0, 100), accounts(100, 130));
	expect(ids).toEqual(idsOf(accounts(0, 130)));
	expect(offsets).toEqual([0, 100]);
});

it('ends where WeCom gives the whole list whatever the offset is', async () => {
	const all = accounts(0, 120);
	const { ids, offsets } = await listed(all, all);
	expect(ids).toEqual(idsOf(all));
	expect(offsets).toEqual([0, 100]);
});

it('gives an account once that moves to the next page meanwhile', async () => {
	const { ids } = await listed(accounts(0, 100), accounts(99, 110));
	expect(ids).toEqual(idsOf(accounts(0, 110)));
});
