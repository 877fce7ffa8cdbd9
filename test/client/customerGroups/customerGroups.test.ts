import { listGroupChats } from '../../../nodes/WeComExternalContact/client/groupChats';
import { collect, scripted } from '../fakes';

it('lists no groups for no owners, without a request', async () => {
	const { client, requests } = scripted([]);
	expect(await collect(listGroupChats(client, { owners: [], status: 0 }))).toEqual([]);
	expect(requests).toEqual([]);
});
