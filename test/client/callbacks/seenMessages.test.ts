import { SeenMessages } from '../../../nodes/shared/client/callbacks/seenMessages';

const MINUTE = 60_000;

it('gives an accepted message to nobody else', async () => {
	const seen = new SeenMessages();
	(await seen.claim('a', 0))?.settle(true);
	expect(await seen.claim('a', 1)).toBeUndefined();
	expect(await seen.claim('b', 1)).toBeDefined();
});

it('gives a message that was not accepted to the next', async () => {
	const seen = new SeenMessages();
	(await seen.claim('a', 0))?.settle(false);
	expect(await seen.claim('a', 1)).toBeDefined();
});

it('lets a repetition wait for the outcome', async () => {
	const seen = new SeenMessages();
	const first = await seen.claim('a', 0);
	let answered = false;
	const second = seen.claim('a', 1).finally(() => (answered = true));
	await Promise.resolve();
	expect(answered).toBe(false);
	first?.settle(true);
	expect(await second).toBeUndefined();
});

it('gives a failed message to one of those who wait, and the others wait for that one', async () => {
	const seen = new SeenMessages();
	const first = await seen.claim('a', 0);
	const waiting = Array.from({ length: 50 }, async () => {
		const claim = await seen.claim('a', 1);
		await Promise.resolve();
		claim?.settle(true);
		return claim !== undefined;
	});
	first?.settle(false);
	expect((await Promise.all(waiting)).filter((claimed) => claimed)).toHaveLength(1);
});

it('forgets after a while', async () => {
	const seen = new SeenMessages({ ms: 10 * MINUTE, entries: 10 });
	(await seen.claim('a', 0))?.settle(true);
	expect(await seen.claim('a', 10 * MINUTE - 1)).toBeUndefined();
	expect(await seen.claim('a', 10 * MINUTE)).toBeDefined();
});

it('remembers no more than it may, and the newest first', async () => {
	const seen = new SeenMessages({ ms: 10 * MINUTE, entries: 3 });
	for (const key of ['a', 'b', 'c', 'd']) (await seen.claim(key, 0))?.settle(true);
	expect(await seen.claim('d', 0)).toBeUndefined();
	expect(await seen.claim('a', 0)).toBeDefined();
});

it('is not changed by a claim that it has forgotten', async () => {
	const seen = new SeenMessages({ ms: MINUTE, entries: 10 });
	const late = await seen.claim('a', 0);
	(await seen.claim('a', 2 * MINUTE))?.settle(true);
	late?.settle(false);
	expect(await seen.claim('a', 2 * MINUTE)).toBeUndefined();
});
