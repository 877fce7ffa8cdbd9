import { listGroupChats } from '../../../nodes/WeComExternalContact/client/groupChats';
import { collect, scripted } from '../fakes';

it('customer groups of no owner are none, and nobody is asked', async () => {
	const { client, requests } = scripted([]);
	expect(await collect(listGroupChats(client, { owners: [], status: 0 }))).toEqual([]);
	expect(requests).toEqual([]);
});
