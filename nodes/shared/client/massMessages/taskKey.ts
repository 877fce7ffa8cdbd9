import { createHash } from 'node:crypto';

import { memberKey } from '../customers/members';
import type { MediaSource } from '../media/uploads';
import type { AttachmentDraft, MessageDraft, Recipients } from './draft';
import { contentKey, normalizeText } from './sameContent';

/** The last key made for a list of attachments: drafts that share the list mostly share the text as well. */
const lastKeys = new WeakMap<MessageDraft['attachments'], { text: string; key: string }>();

/**
 * Equal for two drafts with the same message. Text is compared as far as WeCom's list allows (line endings and leading
 * or trailing spaces are ignored), files by their bytes.
 */
export function messageKey({ text, attachments }: MessageDraft): string {
	const last = lastKeys.get(attachments);
	if (last?.text === text) return last.key;
	const key = hash(JSON.stringify([normalizeText(text), attachments.map(attachmentKey)]));
	lastKeys.set(attachments, { text, key });
	return key;
}

/** Equal for two drafts whose tasks nobody could tell apart in WeCom's list, but for whom they are for. */
export function creationKey(draft: MessageDraft): string {
	return JSON.stringify(['create', draft.sender && memberKey(draft.sender), contentKey(draft)]);
}

/** Equal for two drafts that ask the same member to say the same, so that one task can be for the recipients of both. */
export function senderAndMessageKey(draft: MessageDraft): string {
	const { recipients, sender, allowSelect } = draft;
	const target = 'ids' in recipients ? recipients.kind : recipientsKey(recipients);
	const who = sender && memberKey(sender);
	// Made for every row of a broadcast, so the parts that are made of rows are short, and the rest is not quoted again.
	return `${JSON.stringify([who, target])} ${allowSelect === true} ${messageKey(draft)}`;
}

/**
 * Equal for two drafts that ask the same member to send the same message to the same recipients, in any order: an AI
 * agent that repeats a request may reorder them.
 */
export function taskKey(draft: MessageDraft): string {
	return hash(JSON.stringify([senderAndMessageKey(draft), recipientsKey(draft.recipients)]));
}

/** Short, however long the message and the recipients are. */
function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

function recipientsKey(recipients: Recipients): unknown {
	switch (recipients.kind) {
		case 'customers':
		case 'customerGroups':
			return [recipients.kind, [...recipients.ids].sort()];
		case 'tags':
			return [recipients.kind, recipients.conditions.map((tags) => [...tags].sort().join()).sort()];
		case 'allOfSender':
			return [recipients.kind];
	}
}

function attachmentKey(attachment: AttachmentDraft): unknown {
	const { msgtype } = attachment;
	if ('pictureUrl' in attachment) return [msgtype, attachment.pictureUrl];
	switch (attachment.msgtype) {
		case 'link': {
			const { title, url, picurl, desc } = attachment.link;
			return [msgtype, title, url, picurl ?? '', desc ?? ''];
		}
		case 'miniprogram': {
			const { title, cover, appid, page } = attachment;
			return [msgtype, title, mediaKey(cover), appid, page];
		}
		default:
			return [msgtype, mediaKey(attachment.media)];
	}
}

function mediaKey(source: MediaSource): string {
	return 'file' in source ? source.file.key : source.mediaId;
}
