import type { IDataObject } from 'n8n-workflow';

import type { AppMessage } from '../../../shared/client/appMessages/message';
import type { NotReached, SentAppMessage } from '../../../shared/client/appMessages/sendAppMessage';
import { toIso } from '../../../shared/operation/time';

/** `duplicate`: an earlier item of the run sent this very message, and no second one was sent. */
export type AppMessageState = 'sent' | 'duplicate';

/** An application message as an output item. */
export function appMessageRow(
	{ recipients, content }: AppMessage,
	{ msgid, agentId, notReached, sentAt, recallUntil }: SentAppMessage,
	state: AppMessageState,
	timezone: string,
): IDataObject {
	const sentTo = sentToOf(recipients);
	return {
		msgid: msgid ?? null,
		state,
		message_type: content.msgtype,
		agent_id: agentId,
		sent_to: sentTo.kind,
		recipient_count: sentTo.count === null ? null : sentTo.count - countOf(notReached),
		not_reached: notReached.map(({ kind, id, reason }) => ({ id, kind, reason })),
		not_reached_count: countOf(notReached),
		send_time: sentAt,
		sent_at: toIso(sentAt, timezone),
		recall_ends_at: toIso(recallUntil, timezone),
	};
}

/** A member may be listed for two reasons. */
function countOf(notReached: readonly NotReached[]): number {
	return new Set(notReached.map(({ kind, id }) => `${kind} ${id}`)).size;
}

/** Whom the message names, and how many; WeCom alone knows how many everybody is. */
function sentToOf(recipients: AppMessage['recipients']): { kind: string; count: number | null } {
	if (recipients.kind === 'everybody') return { kind: 'everybody', count: null };
	const { members, departments, tags } = recipients;
	if (members.length > 0) return { kind: 'members', count: members.length };
	return departments.length > 0
		? { kind: 'departments', count: departments.length }
		: { kind: 'tags', count: tags.length };
}
