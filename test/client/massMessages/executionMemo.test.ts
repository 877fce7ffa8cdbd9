import type { MessageDraft } from '../../../nodes/shared/client/massMessages/draft';
import type { CreatedTask } from '../../../nodes/shared/client/massMessages/executionMemo';
import { ExecutionMemo } from '../../../nodes/shared/client/massMessages/executionMemo';
import { processTasks } from '../../../nodes/shared/client/massMessages/processTasks';
import { taskKey } from '../../../nodes/shared/client/massMessages/taskKey';
import { draftFor } from './drafts';

const created = (msgid: string, other: Partial<CreatedTask> = {}): { task: CreatedTask } => ({
	task: { state: 'created', msgid, recipient_count: 1, fail_list: [], skipped: [], ...other },
});

function remember(memo: ExecutionMemo, draft: MessageDraft, msgid: string): void {
	memo.set(taskKey(draft), draft, created(msgid));
}

const reading = (draft: MessageDraft) => async () => await Promise.resolve([draft]);

describe('a run that n8n repeats', () => {
	it('keeps what each item asked for at its first try, and says for which that has changed', async () => {
		const memo = new ExecutionMemo(false);
		await memo.keep(0, 1, reading(draftFor(['wm1'])));
		await memo.keep(1, 1, reading(draftFor(['wm2'])));
		const again = await memo.keep(0, 2, reading(draftFor(['wm1'], { sender: 'wei' })));
		await memo.keep(1, 2, reading(draftFor(['wm2'])));
		expect(again).toEqual({ item: 0, attempt: 1, drafts: [draftFor(['wm1'])] });
		expect([...memo.changedItems]).toEqual([0]);
	});

	it('keeps it also when the item cannot be read any more', async () => {
		const memo = new ExecutionMemo(false);
		await memo.keep(0, 1, reading(draftFor(['wm1'])));
		const again = await memo.keep(0, 2, async () => {
			return await Promise.reject(new Error('no such field'));
		});
		expect(again.drafts).toEqual([draftFor(['wm1'])]);
		expect([...memo.changedItems]).toEqual([0]);
	});

	it('reads an item anew that could not be read at the first try', async () => {
		const memo = new ExecutionMemo(false);
		const failing = async () => await Promise.reject(new Error('no such field'));
		await expect(memo.keep(0, 1, failing)).rejects.toThrow('no such field');
		expect(memo.keeps(0)).toBe(false);
		expect(await memo.keep(0, 2, reading(draftFor(['wm1'])))).toMatchObject({ attempt: 2 });
	});

	it('gets the task that it created, and none after it certainly failed', () => {
		const memo = new ExecutionMemo(false);
		const draft = draftFor(['wm1']);
		remember(memo, draft, 'msg-run-1');
		expect(memo.get(taskKey(draft))?.task).toMatchObject({ state: 'created', msgid: 'msg-run-1' });
		expect(memo.owns('msg-run-1')).toBe(true);
		memo.forget(taskKey(draft));
		expect(memo.get(taskKey(draft))).toBeUndefined();
	});
});

describe('an AI agent', () => {
	it('is told that what it asks for a second time exists', () => {
		const memo = new ExecutionMemo(true);
		const draft = draftFor(['wm1']);
		remember(memo, draft, 'msg-agent-1');
		expect(memo.get(taskKey(draft))?.task).toMatchObject({
			state: 'duplicate',
			msgid: 'msg-agent-1',
			recipient_count: 0,
		});
	});

	it.each([
		['the same words', {}],
		['other blanks around them', { text: ' Hello\n' }],
		['another member', { sender: 'wei' }],
	])('has asked for a customer already with %s', (_, other) => {
		const memo = new ExecutionMemo(true);
		remember(memo, draftFor(['wm1', 'wm2']), 'msg-agent-2');
		const asks = memo.asksBefore('key', draftFor(['wm2', 'wm3'], other), 1);
		expect(asks.map(([, { task }]) => task?.msgid)).toEqual(['msg-agent-2']);
	});

	it.each([
		['another text', draftFor(['wm1'], { text: 'Goodbye' })],
		[
			'another link',
			draftFor(['wm1'], {
				attachments: [{ msgtype: 'link', link: { title: 'Guide', url: 'https://example.com' } }],
			}),
		],
	])('has not asked for a customer with %s', (_, draft) => {
		const memo = new ExecutionMemo(true);
		remember(memo, draftFor(['wm1']), 'msg-agent-3');
		expect(memo.asksBefore('key', draft, 1)).toEqual([]);
	});

	it('may ask again after the task was cancelled', () => {
		const memo = new ExecutionMemo(true);
		const draft = draftFor(['wm1']);
		remember(memo, draft, 'msg-agent-5');
		processTasks.markCancelled('msg-agent-5');
		expect(memo.get(taskKey(draft))).toBeUndefined();
		expect(memo.asksBefore('key', draft, 1)).toEqual([]);
	});
});

it('of a run knows the requests of earlier attempts, not of the same one', () => {
	const memo = new ExecutionMemo(false);
	const draft = draftFor(['wm1']);
	memo.asksBefore(taskKey(draft), draft, 1);
	remember(memo, draft, 'msg-attempt');
	expect(memo.asksBefore('key', draftFor(['wm1', 'wm2']), 1)).toEqual([]);
	expect(memo.asksBefore('key 2', draftFor(['wm1', 'wm2']), 2)).toHaveLength(1);
});

it('weighs what it remembers by recipients', () => {
	const memo = new ExecutionMemo(false);
	remember(memo, draftFor(['wm1', 'wm2']), 'msg-weight');
	remember(memo, draftFor(['wm1', 'wm2']), 'msg-weight');
	expect(memo.weight).toBe(3);
	memo.forget(taskKey(draftFor(['wm1', 'wm2'])));
	expect(memo.weight).toBe(0);
});

it('lets one execution only account for a task', () => {
	expect(processTasks.claim('msg-claimed')).toBe(true);
	expect(processTasks.claim('msg-claimed')).toBe(false);
	expect(processTasks.isClaimed('msg-claimed')).toBe(true);
});
