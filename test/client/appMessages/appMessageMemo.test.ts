import { AppMessageMemo } from '../../../nodes/shared/client/appMessages/appMessageMemo';
import type { AppMessage } from '../../../nodes/shared/client/appMessages/message';
import {
	WeComInputError,
	WeComUnknownOutcomeError,
} from '../../../nodes/shared/client/core/errors';

const message = (content: string): AppMessage => ({
	recipients: { kind: 'named', members: ['lin'], departments: [], tags: [] },
	content: { msgtype: 'text', content },
});
const unknown = new WeComUnknownOutcomeError('Nobody knows', 'Look.');

/** A memo, and a WeCom that fails as told and counts what it gets. */
function setUp() {
	const memo = new AppMessageMemo();
	const arrived: Array<number | undefined> = [];
	const failures: Error[] = [];
	let now = 1_000;
	const send = async (
		{ item = 0, attempt = 1, isAgent = false } = {},
		{ mayRepeat = true, text = 'Hi' } = {},
	) =>
		await memo.send(
			message(text),
			{ item, attempt, isAgent },
			{ mayRepeat, now: now++ },
			async (unansweredAt) => {
				arrived.push(unansweredAt);
				const failure = failures.shift();
				if (failure) throw failure;
				const msgid = `AM${arrived.length}`;
				return await Promise.resolve({
					msgid,
					agentId: 1,
					notReached: [],
					sentAt: 1,
					recallUntil: 2,
				});
			},
		);
	return { memo, send, arrived, failures };
}

it('gives the first message to every item that asks for the same', async () => {
	const { send, arrived } = setUp();
	const results = [await send({ item: 0 }), await send({ item: 1 })];
	expect(results.map(({ sent, isDuplicate }) => [sent.msgid, isDuplicate])).toEqual([
		['AM1', false],
		['AM1', true],
	]);
	await send({ item: 2 }, { text: 'Other' });
	expect(arrived).toHaveLength(2);
});

it('sends one per item where WeCom does not look for repeats, and none again at the next attempt', async () => {
	const { send, arrived } = setUp();
	const off = { mayRepeat: false };
	for (const attempt of [1, 2]) {
		for (const item of [0, 1]) {
			expect(await send({ item, attempt }, off)).toMatchObject({ isDuplicate: false });
		}
	}
	expect(arrived).toHaveLength(2);
});

it('says of a later call of an agent that it repeats an earlier one', async () => {
	const { send, arrived } = setUp();
	await send({ isAgent: true });
	expect(await send({ isAgent: true, attempt: 2 })).toMatchObject({ isDuplicate: true });
	expect(arrived).toHaveLength(1);
});

it('sends again after a failure, and says since when one may have arrived', async () => {
	const { send, arrived, failures } = setUp();
	failures.push(new WeComInputError('Refused', 'Change it.'), unknown, unknown);
	for (let attempt = 1; attempt <= 3; attempt++) await expect(send({ attempt })).rejects.toThrow();
	await send({ attempt: 4 });
	expect(arrived).toEqual([undefined, undefined, 1_001, 1_001]);
});

it('does not send again when nobody knows and WeCom does not look for repeats', async () => {
	const { send, arrived, failures } = setUp();
	failures.push(unknown);
	for (let attempt = 1; attempt <= 3; attempt++) {
		await expect(send({ attempt }, { mayRepeat: false })).rejects.toThrow(unknown);
	}
	expect(arrived).toHaveLength(1);
});

it('keeps what an item asked for first, and forgets a failed reading', async () => {
	const { memo } = setUp();
	const failing = memo.keep(0, async () => await Promise.reject(new Error('Empty')));
	await expect(failing).rejects.toThrow('Empty');
	const first = await memo.keep(0, async () => await Promise.resolve(message('09:00')));
	const second = await memo.keep(0, async () => await Promise.resolve(message('09:05')));
	expect(second).toBe(first);
	expect(memo.weight).toBe(1);
});
