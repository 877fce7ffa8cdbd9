import { ExecutionMemos } from '../../../nodes/shared/client/massMessages/executionMemo';
import type {
	CreatedTask,
	TaskIdentity,
} from '../../../nodes/shared/client/massMessages/executionMemo';

const created = (msgid: string): { task: CreatedTask } => ({
	task: { state: 'created', msgid, recipient_count: 1, fail_list: [], skipped: [] },
});

function wish(items: readonly number[], text: string, to = items.join()): TaskIdentity {
	return { key: `${text} ${to}`, address: to, message: text, sender: 'lin', items };
}

describe('a run that n8n repeats with a different text', () => {
	const first = wish([0, 1], 'first');

	it('keeps the tasks of the first attempt', () => {
		const memos = new ExecutionMemos();
		memos.of('run', true).set(first, created('msg1'));
		const again = memos.of('run', true);
		expect(again.keyOf(wish([0, 1], 'second'))).toBe(first.key);
		expect(again.keyOf(wish([2], 'second'))).toBe('second 2');
	});

	it.each([
		['fewer items', wish([0], 'second')],
		['more items', wish([0, 1, 2], 'second')],
		['other customers', wish([0, 1], 'second', 'somebody else')],
	])('stops when a task is for %s', (_, changed) => {
		const memos = new ExecutionMemos();
		memos.of('run', true).set(first, created('msg1'));
		expect(() => memos.of('run', true).keyOf(changed)).toThrow(
			'The message is another one than at the first try',
		);
	});

	it('forgets a task that certainly failed', () => {
		const memos = new ExecutionMemos();
		const memo = memos.of('run', true);
		memo.set(first, { firstAttemptAt: 0, body: { chat_type: 'single' }, skipped: [] });
		memo.forget(first.key);
		expect(memos.of('run', true).keyOf(wish([0], 'second'))).toBe('second 0');
	});
});

it('treats another batch of the same message as a separate task', () => {
	const memos = new ExecutionMemos();
	memos.of('run', true).set(wish([0, 1], 'first', 'batch 1'), created('msg1'));
	expect(memos.of('run', true).keyOf(wish([0, 1], 'first', 'batch 2'))).toBe('first batch 2');
});

it('treats a loop iteration and another node as separate runs', () => {
	const memos = new ExecutionMemos();
	memos.of('run 0', true).set(wish([0], 'first'), created('msg1'));
	expect(memos.of('run 1', true).get('first 0')).toBeUndefined();
});

it('lets an AI agent send several messages to the same customer', () => {
	const memos = new ExecutionMemos();
	memos.of('agent', false).set(wish([0], 'first'), created('msg1'));
	expect(memos.of('agent', false).keyOf(wish([0], 'second'))).toBe('second 0');
});

it('knows the tasks of every run in this process', () => {
	const memos = new ExecutionMemos();
	memos.of('a', true).set(wish([0], 'first'), created('msg1'));
	expect(memos.of('b', true).ownedByAnyRun('msg1')).toBe(true);
	expect(memos.of('b', true).owns('msg1')).toBe(false);
});

it.each([
	['runs', { scopes: 2, items: 100 }],
	['items', { scopes: 100, items: 2 }],
])('forgets the oldest when there are too many %s, but never the current run', (_, most) => {
	const memos = new ExecutionMemos(most);
	for (const scope of ['a', 'b', 'c']) {
		memos.of(scope, true).set(wish([0], scope), created(`msg ${scope}`));
	}
	const memo = memos.of('d', true);
	expect(['a', 'b', 'c'].map((scope) => memo.ownedByAnyRun(`msg ${scope}`))).toEqual([
		false,
		...(most.scopes === 2 ? [false, true] : [true, true]),
	]);
});
