import type { MessageDraft } from '../../../nodes/shared/client/massMessages/draft';

/** A text of member lin to these customers. */
export function draftFor(ids: readonly string[], other: Partial<MessageDraft> = {}): MessageDraft {
	return {
		recipients: { kind: 'customers', ids },
		sender: 'lin',
		text: 'Hello',
		attachments: [],
		...other,
	};
}
