import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { maxRecipientsOf, recipientsOf } from '../../../shared/client/massMessages/draft';
import { senderAndMessageKey } from '../../../shared/client/massMessages/taskKey';

/** What one input item asks for. */
export interface ItemDrafts {
	readonly drafts: readonly MessageDraft[];
	readonly item: number;
}

/** One task to create, and the input items whose recipients it holds. */
export interface PlannedTask {
	readonly draft: MessageDraft;
	readonly items: readonly number[];
	/** Position among the tasks of the same member and content, from 1. */
	readonly batch: number;
	readonly batch_count: number;
}

/**
 * The fewest tasks for all drafts: drafts of the same member, content and choice are one message, recipients of
 * a message are named once, and a message is cut only where WeCom's limit asks for it.
 *
 * @param isLeftOut recipients who take up no place in a task, because it will be created without them: they are named
 * in the one that has the recipients around them
 */
export function planBroadcast(
	items: readonly ItemDrafts[],
	isLeftOut: (id: string) => boolean = () => false,
): PlannedTask[] {
	const messages = new Map<string, MergedMessage>();
	for (const { drafts, item } of items) {
		for (const draft of drafts) {
			const key = senderAndMessageKey(draft);
			const merged = messages.get(key) ?? newMessage(draft);
			messages.set(key, merged);
			merge(merged, draft, item);
		}
	}
	return [...messages.values()].flatMap((message) => cut(message, isLeftOut));
}

function merge({ items, rows }: MergedMessage, draft: MessageDraft, item: number): void {
	items.push(item);
	for (const id of recipientsOf(draft)) {
		const known = rows.get(id);
		if (known === undefined) rows.set(id, item);
		else if (typeof known === 'number') rows.set(id, [known, item]);
		else known.push(item);
	}
}

interface MergedMessage {
	readonly first: MessageDraft;
	readonly items: number[];
	/** The input item or items of each recipient; empty when WeCom chooses the recipients. */
	readonly rows: Map<string, number | number[]>;
}

function newMessage(first: MessageDraft): MergedMessage {
	return { first, items: [], rows: new Map() };
}

function cut(
	{ first, items, rows }: MergedMessage,
	isLeftOut: (id: string) => boolean,
): PlannedTask[] {
	const { recipients } = first;
	if (!('ids' in recipients)) {
		return [{ draft: first, items: unique(items), batch: 1, batch_count: 1 }];
	}
	const ids = [...rows.keys()];
	// Nobody may be left whom WeCom would have chosen. That is an outcome as well.
	const batches = ids.length === 0 ? [[]] : batchesOf(ids, maxRecipientsOf(first), isLeftOut);
	return batches.map((batch, index) => ({
		draft: { ...first, recipients: { ...recipients, ids: batch } },
		items: unique(ids.length === 0 ? items : batch.flatMap((id) => rows.get(id) ?? [])),
		batch: index + 1,
		batch_count: batches.length,
	}));
}

/** Batches of at most so many of those who are not left out. */
function batchesOf(
	ids: readonly string[],
	most: number,
	isLeftOut: (id: string) => boolean,
): string[][] {
	const batches: string[][] = [];
	let batch: string[] = [];
	let places = 0;
	for (const id of ids) {
		const takesPlace = !isLeftOut(id);
		if (batches.length === 0 || (takesPlace && places === most)) {
			batch = [];
			batches.push(batch);
			places = 0;
		}
		if (takesPlace) places++;
		batch.push(id);
	}
	return batches;
}

function unique(items: readonly number[]): number[] {
	return [...new Set(items)].sort((a, b) => a - b);
}
