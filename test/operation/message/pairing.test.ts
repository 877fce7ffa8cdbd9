import fc from 'fast-check';

import type { ItemDrafts } from '../../../nodes/WeComExternalContact/resources/message/pairing';
import { planBroadcast } from '../../../nodes/WeComExternalContact/resources/message/pairing';
import { MAX_CUSTOMERS_PER_TASK } from '../../../nodes/shared/client/massMessages/limits';
import type { MessageDraft } from '../../../nodes/shared/client/massMessages/draft';
import { recipientsOf } from '../../../nodes/shared/client/massMessages/draft';
import { taskKey } from '../../../nodes/shared/client/massMessages/taskKey';

/** A row of an input: who sends what to whom, in any script. */
interface Row {
	readonly sender: string;
	readonly text: string;
	readonly ids: readonly string[];
}

const id = fc.oneof(
	fc.constantFrom('wm1', 'wm2', 'wm3'),
	fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);

const row: fc.Arbitrary<Row> = fc.record({
	sender: fc.constantFrom('lin', 'wei', '陈'),
	text: fc.constantFrom('Hello', 'Hello ', '你好', '🌻'),
	ids: fc.array(id, { minLength: 1, maxLength: 6 }),
});

function drafts(rows: readonly Row[]): ItemDrafts[] {
	return rows.map(({ sender, text, ids }, item) => ({
		item,
		drafts: [{ recipients: { kind: 'customers', ids }, sender, text, attachments: [] }],
	}));
}

/** What the rows ask for: the distinct recipients of each member and text, in order. */
function wanted(rows: readonly Row[]): Map<string, string[]> {
	const all = new Map<string, string[]>();
	for (const { sender, text, ids } of rows) {
		// Spaces around a text make no other message.
		const key = JSON.stringify([sender, text.trim()]);
		all.set(key, [...new Set([...(all.get(key) ?? []), ...ids])]);
	}
	return all;
}

it('names exactly the distinct recipients of each member and text, in order, never an empty task', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
			const tasks = planBroadcast(drafts(rows));
			const planned = new Map<string, string[]>();
			for (const { draft } of tasks) {
				const key = JSON.stringify([draft.sender, draft.text.trim()]);
				planned.set(key, [...(planned.get(key) ?? []), ...recipientsOf(draft)]);
				expect(recipientsOf(draft).length).toBeGreaterThan(0);
			}
			expect(planned).toEqual(wanted(rows));
		}),
	);
});

it('pairs every task with exactly the rows whose recipients it holds', () => {
	fc.assert(
		fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
			const tasks = planBroadcast(drafts(rows));
			for (const { draft, items } of tasks) {
				const named = new Set(recipientsOf(draft));
				const expected = rows.flatMap(({ sender, text, ids }, index) =>
					sender === draft.sender &&
					text.trim() === draft.text.trim() &&
					ids.some((each) => named.has(each))
						? [index]
						: [],
				);
				expect(items).toEqual(expected);
			}
			const covered = new Set(tasks.flatMap(({ items }) => items));
			expect(covered.size).toBe(rows.length);
		}),
	);
});

it('splits at 10,000 and nowhere else, for sizes around the limit', () => {
	const size = fc.oneof(
		fc.integer({ min: MAX_CUSTOMERS_PER_TASK - 2, max: MAX_CUSTOMERS_PER_TASK + 2 }),
		fc.integer({ min: 2 * MAX_CUSTOMERS_PER_TASK - 1, max: 2 * MAX_CUSTOMERS_PER_TASK + 1 }),
	);
	fc.assert(
		fc.property(size, (count) => {
			const ids = Array.from({ length: count }, (_, index) => `wm${index}`);
			// One row each, then all of them again in one row.
			const rows = [...ids.map((each) => [each]), ids].map((each) => ({
				sender: 'lin',
				text: 'Hello',
				ids: each,
			}));
			const tasks = planBroadcast(drafts(rows));
			expect(tasks).toHaveLength(Math.ceil(count / MAX_CUSTOMERS_PER_TASK));
			expect(tasks.flatMap(({ draft }) => recipientsOf(draft))).toEqual(ids);
			expect(tasks.map(({ batch, batch_count }) => [batch, batch_count])).toEqual(
				tasks.map((_, index) => [index + 1, tasks.length]),
			);
			for (const { draft } of tasks) {
				expect(recipientsOf(draft).length).toBeLessThanOrEqual(MAX_CUSTOMERS_PER_TASK);
			}
		}),
		{ numRuns: 12 },
	);
});

it('cuts by those who are not left out, and keeps everybody in order', () => {
	const most = MAX_CUSTOMERS_PER_TASK;
	const leftOut = fc.oneof(fc.constantFrom(2, 3, 5), fc.constant(Infinity));
	const size = fc.integer({ min: most - 1, max: 2 * most + 3 });
	fc.assert(
		fc.property(size, leftOut, (count, every) => {
			const ids = Array.from({ length: count }, (_, index) => `wm${index}`);
			const isLeftOut = (each: string) => Number(each.slice(2)) % every === 0;
			const tasks = planBroadcast(drafts([{ sender: 'lin', text: 'Hello', ids }]), isLeftOut);
			const kept = ids.filter((each) => !isLeftOut(each)).length;
			expect(tasks).toHaveLength(Math.ceil(kept / most));
			expect(tasks.flatMap(({ draft }) => recipientsOf(draft))).toEqual(ids);
			for (const { draft } of tasks) {
				const places = recipientsOf(draft).filter((each) => !isLeftOut(each));
				expect(places.length).toBeLessThanOrEqual(most);
			}
		}),
		{ numRuns: 20 },
	);
	const all = planBroadcast(drafts([{ sender: 'lin', text: 'Hello', ids: ['wm1'] }]), () => true);
	expect(all.map(({ draft }) => recipientsOf(draft))).toEqual([['wm1']]);
});

it('plans the same for the same rows, so that a retry finds what it created', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
			const keys = () => planBroadcast(drafts(rows)).map(({ draft }) => taskKey(draft));
			expect(keys()).toEqual(keys());
			expect(new Set(keys()).size).toBe(keys().length);
		}),
	);
});

it('plans one task for a choice that WeCom resolves, however many rows ask for it', () => {
	const draft: MessageDraft = {
		recipients: { kind: 'tags', conditions: [['et1']] },
		sender: 'lin',
		text: 'Hello',
		attachments: [],
	};
	const tasks = planBroadcast([0, 1, 2].map((item) => ({ item, drafts: [draft] })));
	expect(tasks).toEqual([expect.objectContaining({ items: [0, 1, 2], batch: 1, batch_count: 1 })]);
});
