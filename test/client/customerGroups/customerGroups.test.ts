import { listCustomerGroups } from '../../../nodes/shared/client/customerGroups/customerGroups';
import { collect, scripted } from '../fakes';

it('lists no groups for no owners, without a request', async () => {
	const { client, requests } = scripted([]);
	expect(await collect(listCustomerGroups(client, { owners: [], status: 0 }))).toEqual([]);
	expect(requests).toEqual([]);
});
