import { planTasks, recipientsOf } from '../../../shared/client/massMessages/plan';
import { taskKey } from '../../../shared/client/massMessages/taskKey';
import type { AddMsgTemplateRequest } from '../../../shared/client/massMessages/types';

/** What one input item asks for. */
export interface Draft {
	readonly message: AddMsgTemplateRequest;
	readonly item: number;
}

/** One task to create, and the input items whose recipients it holds. */
export interface PlannedTask {
	readonly body: AddMsgTemplateRequest;
	readonly items: readonly number[];
	/** Position among the tasks of the same member and content, from 1. */
	readonly batch: number;
	readonly batch_count: number;
}

/**
 * The fewest tasks for all drafts: drafts of the same member, content and choice are one message, recipients of
 * a message are named once, and a message is cut only where WeCom's limit asks for it.
 */
export function planBroadcast(drafts: readonly Draft[]): PlannedTask[] {
	const messages = new Map<string, MergedMessage>();
	for (const draft of drafts) {
		const { external_userid, chat_id_list, ...rest } = draft.message;
		const key = taskKey(rest);
		const merged = messages.get(key) ?? newMessage(draft.message);
		messages.set(key, merged);
		merged.items.push(draft.item);
		for (const id of external_userid ?? chat_id_list ?? []) {
			const rows = merged.rows.get(id);
			if (rows) rows.push(draft.item);
			else merged.rows.set(id, [draft.item]);
		}
	}
	return [...messages.values()].flatMap(cut);
}

interface MergedMessage {
	readonly first: AddMsgTemplateRequest;
	readonly items: number[];
	/** The input items of each recipient; empty when WeCom chooses the recipients. */
	readonly rows: Map<string, number[]>;
}

function newMessage(first: AddMsgTemplateRequest): MergedMessage {
	return { first, items: [], rows: new Map() };
}

function cut({ first, items, rows }: MergedMessage): PlannedTask[] {
	const ids = [...rows.keys()];
	const bodies = planTasks({
		...first,
		...(first.external_userid && { external_userid: ids }),
		...(first.chat_id_list && { chat_id_list: ids }),
	});
	return bodies.map((body, index) => ({
		body,
		items: unique(
			ids.length === 0 ? items : recipientsOf(body).flatMap((id) => rows.get(id) ?? []),
		),
		batch: index + 1,
		batch_count: bodies.length,
	}));
}

function unique(items: readonly number[]): number[] {
	return [...new Set(items)].sort((a, b) => a - b);
}
