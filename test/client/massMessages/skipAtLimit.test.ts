import { SkipAtReceiveLimit } from '../../../nodes/shared/client/massMessages/skipAtLimit';
import { wait } from '../../sandbox';
import { scripted } from '../fakes';

it('survives a recovered task after counting has failed', async () => {
	const { client } = scripted([{ errcode: 48002, errmsg: 'api forbidden' }]);
	const check = new SkipAtReceiveLimit(client, 'perDay');
	const task = { chat_type: 'single' as const, external_userid: ['wm1'] };
	await expect(check.check(task)).rejects.toMatchObject({ errcode: 48002 });
	// A rejection that nobody handles would end n8n; jest fails the test for it.
	check.created(['wm1']);
	await wait(1);
});
