import fc from 'fast-check';

import type { MessageOrigin } from '../../../nodes/shared/client/customerService/messageId';
import { messageId } from '../../../nodes/shared/client/customerService/messageId';

const origins: fc.Arbitrary<MessageOrigin> = fc.record({
	cause: fc.string(),
	workflow: fc.string(),
	node: fc.string(),
	run: fc.string(),
	item: fc.nat(),
	to: fc.string(),
	piece: fc.nat(4),
});

it('has the form that WeCom asks for, and is the same for the same message', () => {
	fc.assert(
		fc.property(origins, (origin) => {
			expect(messageId(origin)).toMatch(/^[0-9a-zA-Z_-]{32}$/);
			expect(messageId({ ...origin })).toBe(messageId(origin));
		}),
	);
});

it('differs wherever the message differs', () => {
	fc.assert(
		fc.property(origins, origins, (one, two) => {
			const isSame = JSON.stringify(one) === JSON.stringify(two);
			expect(messageId(one) === messageId(two)).toBe(isSame);
		}),
	);
	const origin = { cause: 'c', workflow: 'w', node: 'n', run: '0', item: 0, to: 'wm1', piece: 0 };
	const changed = [
		{ cause: 'd' },
		{ workflow: 'v' },
		{ node: 'm' },
		{ run: '1' },
		{ item: 1 },
		{ to: 'wm2' },
		{ piece: 1 },
	].map((change) => messageId({ ...origin, ...change }));
	expect(new Set([messageId(origin), ...changed]).size).toBe(8);
});

it('does not mistake two parts for two others that read the same in a row', () => {
	const origin = { workflow: 'w', node: 'n', run: '0', item: 0, to: 'wm1', piece: 0 };
	expect(messageId({ ...origin, cause: 'a","b' })).not.toBe(
		messageId({ ...origin, cause: 'a', workflow: 'b' }),
	);
});
