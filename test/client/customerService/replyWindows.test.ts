import { ReplyWindows } from '../../../nodes/shared/client/customerService/replyWindows';

const session = { open_kfid: 'wk1', external_userid: 'wm1' };
const other = { open_kfid: 'wk1', external_userid: 'wm2' };
const T = 1_772_323_200;
const ENDS = T + 48 * 60 * 60;

function windowsWith(...msgids: string[]): ReplyWindows {
	const windows = new ReplyWindows();
	windows.heard(session, T);
	for (const msgid of msgids) windows.sent(session, msgid);
	return windows;
}

it('counts 5 messages and 48 hours from the message that is answered', () => {
	const windows = new ReplyWindows();
	expect(windows.of(session, T)).toEqual({ repliesLeft: 5, endsAt: ENDS });
	for (const left of [4, 3, 2, 1, 0, 0]) {
		windows.sent(session, `m${left}${Math.random()}`);
		expect(windows.of(session, T)).toEqual({ repliesLeft: left, endsAt: ENDS });
	}
});

it('counts a message that is sent again once', () => {
	expect(windowsWith('a', 'a', 'b').of(session, T)?.repliesLeft).toBe(3);
});

it('begins anew with the next message of the customer, not with an older one or the same', () => {
	const windows = windowsWith('a', 'b');
	expect(windows.of(session, T - 60)?.repliesLeft).toBe(3);
	expect(windows.of(session, T)?.repliesLeft).toBe(3);
	expect(windows.of(session, T + 1)).toEqual({ repliesLeft: 5, endsAt: ENDS + 1 });
});

it('counts each customer and account apart', () => {
	const windows = windowsWith('a');
	expect(windows.of(other, T)?.repliesLeft).toBe(5);
	expect(windows.of({ ...session, open_kfid: 'wk2' }, T)?.repliesLeft).toBe(5);
});

describe('knows nothing', () => {
	it('of a customer who may have written again without this process hearing of it', () => {
		const windows = windowsWith('a');
		expect(windows.of(session)).toBeUndefined();
		windows.listen('wk1');
		expect(windows.of(session)).toEqual({ repliesLeft: 4, endsAt: ENDS });
		windows.stopListening('wk1');
		expect(windows.of(session)).toBeUndefined();
	});

	it('of a customer who has not written', () => {
		const windows = new ReplyWindows();
		windows.listen('wk1');
		windows.sent(session, 'a');
		expect(windows.of(session)).toBeUndefined();
	});

	it('of how many are left after a lost answer, until the customer writes again', () => {
		const windows = windowsWith('a');
		windows.unsure(session);
		expect(windows.of(session, T)).toEqual({ repliesLeft: undefined, endsAt: ENDS });
		expect(windows.of(session, T + 1)?.repliesLeft).toBe(5);
	});
});

it('takes the word of WeCom that nothing is left, until the customer writes again', () => {
	const windows = windowsWith('a');
	windows.usedUp(session);
	expect(windows.of(session, T)?.repliesLeft).toBe(0);
	windows.unsure(session);
	expect(windows.of(session, T)?.repliesLeft).toBe(0);
	expect(windows.of(session, T + 1)?.repliesLeft).toBe(5);
});

it('forgets the conversation that was silent longest', () => {
	const windows = windowsWith('a');
	windows.listen('wk1');
	windows.heard(other, T);
	for (let number = 0; number < 99_999; number++) {
		windows.heard({ open_kfid: 'wk1', external_userid: `many${number}` }, T);
	}
	expect(windows.of(session)).toBeUndefined();
	expect(windows.of(other)?.repliesLeft).toBe(5);
});
