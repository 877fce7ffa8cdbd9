import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { memberKey } from '../customers/members';
import type { AttachmentDraft, MessageDraft } from './draft';
import { chatTypeOf } from './draft';
import { CANCELLED } from './errorCodes';
import { processTasks } from './processTasks';
import {
	CLOCK_MARGIN_SECONDS,
	createTimeOf,
	isNotReady,
	listMassMessages,
	readMembers,
	readResults,
} from './records';
import type { Attachment, ChatType, MassMessage } from './types';

/**
 * The recipients of a task by member (`memberKey`). For customer groups, only those it was sent to so far (doc 93338).
 */
export type TaskParts = ReadonlyMap<string, ReadonlySet<string>>;

/** A task in WeCom's list with the same content, and its recipients. */
export interface SameContentTask {
	readonly msgid: string;
	/** Unix seconds of WeCom's clock. */
	readonly createdAt: number;
	/** Undefined while WeCom is still dispatching the task. */
	readonly parts?: TaskParts;
}

/** Seconds by which each read of the list overlaps the previous one: WeCom may list a task late. */
const OVERLAP_SECONDS = 10;

/**
 * The company's tasks of one chat type since a given time, for repeated reading: after the first read, only newer tasks
 * are fetched.
 */
export class RecentTasks {
	private readonly records = new Map<string, MassMessage>();
	private readonly parts = new Map<string, TaskParts>();
	/** Milliseconds of this server's clock. */
	private readUntil?: number;

	/** @param from returns Unix seconds in WeCom's time */
	constructor(
		private readonly client: WeComClient,
		private readonly chatType: ChatType,
		private readonly from: () => number,
	) {}

	/** Reads what is new in WeCom's list. */
	async refresh(): Promise<void> {
		const { readUntil } = this;
		const now = this.client.clock.now();
		const period = () => ({
			from:
				readUntil === undefined
					? this.from()
					: Math.max(this.from(), this.client.serverTime(readUntil) - OVERLAP_SECONDS),
			to: this.client.serverTime(now) + CLOCK_MARGIN_SECONDS,
		});
		// 0: tasks that members created themselves belong to no execution (doc 93338).
		const filter = { chat_type: this.chatType, filter_type: 0 } as const;
		const list = listMassMessages(this.client, filter, period);
		for await (const page of list)
			for (const record of page) this.records.set(record.msgid, record);
		this.readUntil = now;
	}

	/** The task no longer exists. */
	forget(msgid: string): void {
		this.records.delete(msgid);
	}

	/** Reads the recipients of all tasks again: one may have been cancelled in the meantime. */
	forgetParts(): void {
		this.parts.clear();
	}

	/** When WeCom created a task, in Unix seconds; undefined when it isn't listed yet. */
	createdAt(msgid: string): number | undefined {
		const record = this.records.get(msgid);
		return record && createTimeOf(record);
	}

	/** Listed tasks with the content of a draft. A cancelled task can't stand in for another. */
	async withContentOf(
		draft: MessageDraft,
		ignore: (msgid: string) => boolean,
	): Promise<SameContentTask[]> {
		const wanted = contentKey(draft);
		const found = [...this.records.values()].filter(
			(record) => recordKey(record) === wanted && !ignore(record.msgid),
		);
		const tasks = await mapConcurrently(found, MAX_CONCURRENT_REQUESTS, async (record) => {
			const { msgid } = record;
			const parts = this.parts.get(msgid) ?? (await readParts(this.client, msgid, this.chatType));
			if (parts === 'cancelled') return undefined;
			if (parts) this.parts.set(msgid, parts);
			return { msgid, createdAt: createTimeOf(record), parts };
		});
		return tasks.filter((task) => task !== undefined);
	}
}

/**
 * Tasks with a draft's content and chat type.
 *
 * @param from returns the earliest creation time, as Unix seconds in WeCom's time
 */
export async function findSameContent(
	client: WeComClient,
	draft: MessageDraft,
	from: () => number,
	ignore: (msgid: string) => boolean,
): Promise<SameContentTask[]> {
	const tasks = new RecentTasks(client, chatTypeOf(draft), from);
	await tasks.refresh();
	return await tasks.withContentOf(draft, ignore);
}

async function readParts(
	client: WeComClient,
	msgid: string,
	chatType: ChatType,
): Promise<TaskParts | 'cancelled' | undefined> {
	try {
		const parts = new Map<string, Set<string>>();
		for (const { userid } of await readMembers(client, msgid)) {
			const rows = await readResults(client, msgid, userid);
			const ids = rows.map((row) => (chatType === 'group' ? row.chat_id : row.external_userid));
			parts.set(
				memberKey(userid),
				new Set(ids.filter((id) => id !== undefined).filter((id) => id !== '')),
			);
		}
		// A task for customers has a row for each of them, so without rows it is not ready (assumed).
		const isReady =
			chatType === 'group' ? parts.size > 0 : [...parts.values()].some(({ size }) => size > 0);
		return isReady ? parts : undefined;
	} catch (error) {
		if (isNotReady(error)) return undefined;
		if (error instanceof WeComApiError && error.errcode === CANCELLED) {
			return reachedBeforeCancel(msgid) ?? 'cancelled';
		}
		throw asError(error);
	}
}

/** WeCom names no recipients of a cancelled task, but whoever had received the message still has it. */
function reachedBeforeCancel(msgid: string): TaskParts | undefined {
	const parts = processTasks.reachedBeforeCancel(msgid);
	return parts.size === 0 ? undefined : parts;
}

/**
 * The part of a message's content that survives from the create request to the list that shows it: media IDs and
 * picture URLs may come back changed, as may line endings and leading or trailing spaces.
 */
export function contentKey({ text, attachments }: MessageDraft): string {
	return JSON.stringify([normalizeText(text), attachments.map(stableContent)]);
}

function recordKey({ text, attachments }: MassMessage): string {
	return JSON.stringify([
		normalizeText(text?.content ?? ''),
		(attachments ?? []).map(stableContentOfRecord),
	]);
}

export function normalizeText(text: string): string {
	return text.replace(/\r\n?/g, '\n').trim();
}

function stableContent(attachment: AttachmentDraft): unknown[] {
	switch (attachment.msgtype) {
		case 'link':
			return linkContent(attachment.link);
		case 'miniprogram':
			return miniProgramContent(attachment);
		default:
			return [attachment.msgtype];
	}
}

/** Tolerant: one record that lacks a part must not stop the search through all the others. */
function stableContentOfRecord(attachment: Attachment): unknown[] {
	switch (attachment.msgtype) {
		case 'link':
			return linkContent(attachment.link ?? {});
		case 'miniprogram':
			return miniProgramContent(attachment.miniprogram ?? {});
		default:
			return [attachment.msgtype];
	}
}

function linkContent({ title = '', url = '' }: { title?: string; url?: string }): unknown[] {
	return ['link', title.trim(), url.trim()];
}

function miniProgramContent({
	appid = '',
	page = '',
}: {
	appid?: string;
	page?: string;
}): unknown[] {
	return ['miniprogram', appid, page];
}
