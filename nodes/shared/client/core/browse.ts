import type { WeComClient } from './client';
import { mayPassWithFewer } from '../customers/customers';
import { endpoints } from '../endpoints';
import { NOT_A_CONTACT } from './errorCodes';
import { asError, WeComApiError } from './errors';
import { mapConcurrently } from './concurrency';
import {
	CUSTOMER_PAGE,
	MAX_CONCURRENT_REQUESTS,
	MEMBERS_PER_CUSTOMER_BATCH,
	TASK_LIST_PAGE,
	TASK_LIST_SPAN_SECONDS,
} from './settings';
import type { ChatType, CustomerOfMember, MassMessage } from '../types';

/** Some entries of a list that somebody looks through, and where to go on; undefined at the end. */
export interface Portion<Entry, Position> {
	readonly entries: readonly Entry[];
	readonly next: Position | undefined;
}

/**
 * Reads on until there is something to show: a search may have to go through many entries that do not match, and a
 * list without a search would otherwise stop at a portion that happens to be empty.
 *
 * @param enough entries after which to stop
 * @param portions at most so many are read; the editor asks again for more
 */
export async function readOn<Entry, Position>(
	start: Position,
	read: (position: Position) => Promise<Portion<Entry, Position>>,
	matches: (entry: Entry) => boolean,
	{ enough, portions }: { enough: number; portions: number },
): Promise<Portion<Entry, Position>> {
	const entries: Entry[] = [];
	let next: Position | undefined = start;
	for (let count = 0; count < portions && entries.length < enough && next !== undefined; count++) {
		const portion: Portion<Entry, Position> = await read(next);
		entries.push(...portion.entries.filter(matches));
		next = portion.next;
	}
	return { entries, next };
}

/** A mass message and whom it is for. */
export interface ListedTask extends MassMessage {
	readonly chat_type: ChatType;
}

/** A window of the task list, and how far each of its two lists has been read; null is to its end. */
export interface TaskPosition {
	/** Unix seconds. */
	readonly until: number;
	readonly cursors: Readonly<Record<ChatType, string | null>>;
}

export function tasksUntil(until: number): TaskPosition {
	return { until, cursors: { single: '', group: '' } };
}

/** The company's tasks for customers and for groups together, newest first, back to `oldest` (Unix seconds). */
export async function browseTasks(
	client: WeComClient,
	{ until, cursors }: TaskPosition,
	oldest: number,
): Promise<Portion<ListedTask, TaskPosition>> {
	const from = Math.max(oldest, until - TASK_LIST_SPAN_SECONDS);
	const entries: ListedTask[] = [];
	const read = async (chat_type: ChatType): Promise<string | null> => {
		const cursor = cursors[chat_type];
		if (cursor === null) return null;
		const answer = await client.call(endpoints.massMessages, {
			chat_type,
			// What members wrote on their own cannot be reminded or cancelled.
			filter_type: 0,
			start_time: from,
			end_time: until,
			limit: TASK_LIST_PAGE,
			cursor,
		});
		entries.push(...(answer.group_msg_list ?? []).map((message) => ({ ...message, chat_type })));
		return answer.next_cursor || null;
	};
	const single = await read('single');
	const group = await read('group');
	entries.sort((a, b) => Number(b.create_time) - Number(a.create_time));

	const windowDone = single === null && group === null;
	if (!windowDone) return { entries, next: { until, cursors: { single, group } } };
	return { entries, next: from > oldest ? tasksUntil(from - 1) : undefined };
}

/** Which members' customers come next, and how far theirs have been read. */
export interface CustomerPosition {
	/** Place of the first one among the members. */
	readonly first: number;
	/** Members asked for at once. */
	readonly members: number;
	readonly cursor: string;
}

export const FIRST_CUSTOMERS: CustomerPosition = {
	first: 0,
	members: MEMBERS_PER_CUSTOMER_BATCH,
	cursor: '',
};

/** A page of the customers of these members (doc 92994). */
export async function browseCustomers(
	client: WeComClient,
	userids: readonly string[],
	position: CustomerPosition,
): Promise<Portion<CustomerOfMember, CustomerPosition>> {
	const { first, members, cursor } = position;
	const userid_list = userids.slice(first, first + members);
	const following =
		first + members < userids.length ? { ...FIRST_CUSTOMERS, first: first + members } : undefined;
	if (userid_list.length === 0) return { entries: [], next: undefined };
	try {
		const answer = await client.call(endpoints.customersByMember, {
			userid_list,
			limit: CUSTOMER_PAGE,
			cursor,
		});
		return {
			entries: answer.external_contact_list ?? [],
			next: answer.next_cursor ? { ...position, cursor: answer.next_cursor } : following,
		};
	} catch (error) {
		if (!(error instanceof WeComApiError)) throw asError(error);
		if (userid_list.length > 1 && mayPassWithFewer(error)) {
			const half = Math.ceil(userid_list.length / 2);
			return { entries: [], next: { ...position, members: half } };
		}
		if (error.errcode === NOT_A_CONTACT) return { entries: [], next: following };
		throw asError(error);
	}
}

export interface NamedGroup {
	readonly chat_id: string;
	readonly name: string;
	readonly owner?: string;
}

/** Customer groups to ask names of at a time: the list has none, so each costs a call. */
const GROUPS_PER_PORTION = 20;

/** Customer groups with their names (docs 92120, 92122), from the cursor on; the first one is empty. */
export async function browseGroups(
	client: WeComClient,
	cursor: string,
): Promise<Portion<NamedGroup, string>> {
	const answer = await client.call(endpoints.customerGroups, {
		status_filter: 0,
		limit: GROUPS_PER_PORTION,
		cursor,
	});
	const entries = await mapConcurrently(
		answer.group_chat_list ?? [],
		MAX_CONCURRENT_REQUESTS,
		async ({ chat_id }) => await nameGroup(client, chat_id),
	);
	return { entries, next: answer.next_cursor || undefined };
}

async function nameGroup(client: WeComClient, chat_id: string): Promise<NamedGroup> {
	try {
		const { group_chat } = await client.call(endpoints.customerGroup, { chat_id });
		return { chat_id, name: group_chat.name ?? '', owner: group_chat.owner };
	} catch (error) {
		// One group that was dissolved meanwhile must not keep the others from being shown.
		if (error instanceof WeComApiError && error.kind === 'input') return { chat_id, name: '' };
		throw asError(error);
	}
}
