import { recallAppMessage } from '../../../nodes/shared/client/appMessages/recall';
import { WeComNetworkError } from '../../../nodes/shared/client/core/errors';
import { ok, refusal, scripted } from '../fakes';

it('recalls, again if the response is lost: the message is gone either way', async () => {
	const lost = new WeComNetworkError('Reset', 'ECONNRESET', 'maybe');
	const { client, requests } = scripted([lost, ok]);
	await recallAppMessage(client, 'AM1');
	expect(requests.map(({ path, body }) => [path, body])).toEqual([
		['/cgi-bin/message/recall', { msgid: 'AM1' }],
		['/cgi-bin/message/recall', { msgid: 'AM1' }],
	]);
});

it('says which messages can be recalled', async () => {
	const { client } = scripted([refusal(40058)]);
	await expect(recallAppMessage(client, 'AM1')).rejects.toMatchObject({
		errcode: 40058,
		remedy: expect.stringContaining('for 24 hours') as string,
	});
});
