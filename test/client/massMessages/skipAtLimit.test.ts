import { SkipAtReceiveLimit } from '../../../nodes/shared/client/massMessages/skipAtLimit';
import { scripted } from '../fakes';
import { draftFor } from './drafts';

it('counts again for the next task after counting has failed', async () => {
	const refused = { errcode: 48002, errmsg: 'api forbidden' };
	const { client } = scripted([refused, { errcode: 0, group_msg_list: [] }, { errcode: 0 }]);
	const check = new SkipAtReceiveLimit(client, 'perDay');
	await expect(check.check(draftFor(['wm1']))).rejects.toMatchObject({ errcode: 48002 });
	expect(await check.check(draftFor(['wm1']))).toEqual({ skipped: [] });
});
