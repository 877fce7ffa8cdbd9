import {
	WeComApiError,
	WeComInputError,
	WeComNetworkError,
} from '../../../nodes/shared/client/core/errors';
import { replyWindows } from '../../../nodes/shared/client/customerService/replyWindows';
import { SentMessages, sendReply } from '../../../nodes/shared/client/customerService/sendReply';
import type { ReplyContent } from '../../../nodes/shared/client/customerService/types';
import type { Reply } from '../fakes';
import { ok, scripted } from '../fakes';

const LOST = new WeComNetworkError('The connection broke', 'ECONNRESET', 'maybe');
const NEVER_LEFT = new WeComNetworkError('Nobody listens', 'ECONNREFUSED', 'never');
/** A call and its three repetitions. */
const ALL_LOST = [LOST, LOST, LOST, LOST];
const T = 1_767_225_600;

let customers = 0;

function text(content: string): ReplyContent {
	return { msgtype: 'text', text: { content } };
}

function refused(errcode: number, errmsg = 'no'): object {
	return { errcode, errmsg };
}

/** Sends to a customer whom no other test knows, in a run that may have sent before. */
function desk({ answeredAt = T, tellsRepeats = false } = {}) {
	const session = { open_kfid: 'wkSendReply', external_userid: `wm${++customers}` };
	const sentMessages = new SentMessages();
	return {
		session,
		async send(replies: Reply[], ...texts: string[]) {
			const { client, requests } = scripted(replies);
			const result = await sendReply(client, session, texts.map(text), {
				answeredAt,
				idOf: (_, position) => `m${position}`,
				sentMessages,
				tellsRepeats,
			});
			const sent = requests.map(({ body }) => (body as { msgid: string }).msgid);
			expect(replies).toEqual([]);
			return { ...result, sent };
		},
		left: () => replyWindows.of(session, answeredAt)?.repliesLeft,
	};
}

it('sends piece after piece, each with its msgid', async () => {
	const { send, left } = desk();
	const result = await send([ok, ok, ok], 'a', 'b', 'c');
	expect(result).toEqual({
		outcome: { state: 'sent' },
		msgids: ['m0', 'm1', 'm2'],
		sent: ['m0', 'm1', 'm2'],
	});
	expect(left()).toBe(2);
});

describe('a lost answer', () => {
	it('is asked for again with the same msgid: sent, if WeCom takes it', async () => {
		const { send, left } = desk();
		const { outcome, sent } = await send([LOST, ok], 'a');
		expect({ outcome, sent }).toEqual({ outcome: { state: 'sent' }, sent: ['m0', 'm0'] });
		expect(left()).toBe(4);
	});

	it.each([
		[40058, 'msgid is repeated'],
		[95032, 'duplicate msg_id, hint: [1]'],
		[99999, 'MsgId exists'],
	])('means sent, if WeCom refuses the msgid: %i %s', async (errcode, errmsg) => {
		const { send, left } = desk();
		const { outcome, msgids } = await send([LOST, refused(errcode, errmsg)], 'a');
		expect({ outcome, msgids }).toEqual({ outcome: { state: 'sent' }, msgids: ['m0'] });
		expect(left()).toBe(4);
	});

	it.each([
		[40058, 'invalid Request Parameter'],
		[95033, 'repeated'],
		[95001, 'send msg count limit'],
		[95018, 'send msg session status invalid'],
	])('stays unknown, if WeCom refuses for another reason: %i %s', async (errcode, errmsg) => {
		const { send, left } = desk();
		const { outcome, msgids } = await send([LOST, refused(errcode, errmsg)], 'a');
		expect(outcome).toMatchObject({ state: 'unknown', reason: 'answer_lost', error: LOST });
		expect(msgids).toEqual([]);
		expect(left()).toBeUndefined();
	});

	it('that stays lost is unknown, and no later piece is sent', async () => {
		const { send } = desk();
		const { outcome, msgids, sent } = await send([ok, ...ALL_LOST], 'a', 'b', 'c');
		expect(outcome.state).toBe('unknown');
		expect(msgids).toEqual(['m0']);
		expect(sent).toEqual(['m0', 'm1', 'm1', 'm1', 'm1']);
	});

	it('of an earlier try is remembered: a refusal in the next one is no proof that nothing arrived', async () => {
		const { send } = desk();
		await send([...ALL_LOST], 'a');
		const second = await send([refused(40058, 'invalid parameter')], 'a');
		expect(second.outcome.state).toBe('unknown');
		const third = await send([refused(40058, 'msgid is repeated')], 'a');
		expect(third.outcome.state).toBe('sent');
	});

	it('is no matter of a request that never left', async () => {
		const { send } = desk();
		await expect(send([NEVER_LEFT, NEVER_LEFT, NEVER_LEFT, NEVER_LEFT], 'a')).rejects.toBe(
			NEVER_LEFT,
		);
	});
});

describe('a msgid that the account has used, as after a crash', () => {
	it('is a duplicate, if WeCom says so, and does not count again', async () => {
		const { send, left } = desk();
		const { outcome, msgids } = await send([refused(40058, 'msgid is repeated')], 'a');
		expect({ outcome, msgids }).toEqual({ outcome: { state: 'duplicate' }, msgids: ['m0'] });
		expect(left()).toBe(5);
	});

	it('is sent, as far as anybody can tell, if WeCom accepts it again', async () => {
		expect((await desk().send([ok], 'a')).outcome).toEqual({ state: 'sent' });
	});

	it('does not keep the pieces that are new from being sent', async () => {
		const { send } = desk();
		const { outcome, msgids } = await send([refused(40058, 'msgid is repeated'), ok], 'a', 'b');
		expect({ outcome, msgids }).toEqual({ outcome: { state: 'sent' }, msgids: ['m0', 'm1'] });
	});
});

describe('what the run has sent', () => {
	it('is not sent again, and its state stays', async () => {
		const { send, left } = desk();
		await send([ok, ok], 'a', 'b');
		const again = await send([], 'a', 'b');
		expect(again).toEqual({ outcome: { state: 'sent' }, msgids: ['m0', 'm1'], sent: [] });
		expect(left()).toBe(3);
	});

	it('is a duplicate to an agent that repeats itself', async () => {
		const { send } = desk({ tellsRepeats: true });
		await send([ok], 'a');
		expect(await send([], 'a')).toMatchObject({ outcome: { state: 'duplicate' }, sent: [] });
	});

	it('is sent once by two calls at the same time', async () => {
		const { send } = desk({ tellsRepeats: true });
		const results = await Promise.all([send([ok], 'a'), send([], 'a')]);
		expect(results.map(({ outcome }) => outcome.state)).toEqual(['sent', 'duplicate']);
	});

	it('is left out when the next try sends the rest', async () => {
		const { send } = desk();
		const first = await send([ok, refused(40013)], 'a', 'b', 'c');
		expect(first.outcome).toMatchObject({ state: 'not_sent', reason: 'refused' });
		const second = await send([ok, ok], 'a', 'b', 'c');
		expect(second).toEqual({
			outcome: { state: 'sent' },
			msgids: ['m0', 'm1', 'm2'],
			sent: ['m1', 'm2'],
		});
	});
});

describe('what WeCom does not take', () => {
	it.each([
		[95001, 'limit_reached'],
		[95002, 'window_over'],
		[95018, 'session_not_open'],
		[95026, 'limit_reached'],
	])('%i is an outcome: %s', async (errcode, reason) => {
		const { send } = desk();
		const { outcome, msgids, sent } = await send([refused(errcode, 'msgid')], 'a', 'b');
		expect(outcome).toMatchObject({
			state: 'not_sent',
			reason,
			error: expect.any(WeComApiError) as Error,
		});
		expect({ msgids, sent }).toEqual({ msgids: [], sent: ['m0'] });
	});

	it.each([95001, 95026])(
		'after %i no more is asked until the customer writes',
		async (errcode) => {
			const { send, session } = desk();
			await send([refused(errcode)], 'a');
			const again = await send([], 'b');
			expect(again.outcome).toMatchObject({
				state: 'not_sent',
				reason: 'limit_reached',
				error: expect.any(WeComInputError) as Error,
			});
			replyWindows.heard(session, T + 1);
			expect((await send([ok], 'b')).outcome.state).toBe('sent');
		},
	);

	it('95002 and 95018 are asked again: the customer may have written, the servicer may have left', async () => {
		const { send } = desk();
		await send([refused(95002)], 'a');
		await send([refused(95018)], 'a');
		expect((await send([ok], 'a')).outcome.state).toBe('sent');
	});

	it('names the pieces that were sent before', async () => {
		const { send } = desk();
		const { outcome, msgids } = await send([ok, ok, refused(95018)], 'a', 'b', 'c', 'd');
		expect(outcome).toMatchObject({ state: 'not_sent', reason: 'session_not_open' });
		expect(msgids).toEqual(['m0', 'm1']);
	});

	it('is an error for any other reason, as long as nothing is sent', async () => {
		await expect(desk().send([refused(48007)], 'a', 'b')).rejects.toMatchObject({ errcode: 48007 });
	});

	it('does not lose what was sent before an error', async () => {
		const { outcome, msgids } = await desk().send([ok, refused(48007)], 'a', 'b');
		expect(outcome).toMatchObject({
			state: 'not_sent',
			reason: 'refused',
			error: expect.objectContaining({ errcode: 48007 }) as Error,
		});
		expect(msgids).toEqual(['m0']);
	});

	it('a sixth message is not sent', async () => {
		const { send } = desk();
		const { outcome, msgids, sent } = await send([ok, ok, ok, ok, ok], ...'abcdef');
		expect(outcome).toMatchObject({ state: 'not_sent', reason: 'limit_reached' });
		expect(msgids).toHaveLength(5);
		expect(sent).toHaveLength(5);
	});
});
