import type { TagLibrary } from '../tags/tags';
import type { MediaSource } from '../media/uploads';
import { MAX_CUSTOMERS_PER_TASK, MAX_GROUPS_PER_TASK } from './limits';
import type { AddMsgTemplateRequest, Attachment, ChatType } from './types';

/** Whom a message is for. */
export type Recipients =
	| { readonly kind: 'customers'; readonly ids: readonly string[] }
	| { readonly kind: 'customerGroups'; readonly ids: readonly string[] }
	/** Customers who have at least one tag from every condition, by ID or as the workflow builder names it. */
	| { readonly kind: 'tags'; readonly conditions: ReadonlyArray<readonly string[]> }
	| { readonly kind: 'allOfSender' };

export interface LinkCard {
	readonly title: string;
	readonly url: string;
	readonly picurl?: string;
	readonly desc?: string;
}

/** An attachment as the workflow builder specified it; its file may not be uploaded yet. */
export type AttachmentDraft =
	| { readonly msgtype: 'image' | 'video' | 'file'; readonly media: MediaSource }
	| { readonly msgtype: 'image'; readonly pictureUrl: string }
	| { readonly msgtype: 'link'; readonly link: LinkCard }
	| {
			readonly msgtype: 'miniprogram';
			readonly title: string;
			readonly cover: MediaSource;
			readonly appid: string;
			readonly page: string;
	  };

/** A message before it is sent: tags by name, attachments by source, any number of recipients. */
export interface MessageDraft {
	readonly recipients: Recipients;
	/** Undefined: WeCom chooses the member who last talked to each customer. */
	readonly sender?: string;
	/** Empty when there are only attachments. */
	readonly text: string;
	readonly attachments: readonly AttachmentDraft[];
	/** Whether the member may remove customers from the list before confirming. */
	readonly allowSelect?: boolean;
}

export function chatTypeOf({ recipients }: Pick<MessageDraft, 'recipients'>): ChatType {
	return recipients.kind === 'customerGroups' ? 'group' : 'single';
}

/** External user IDs or chat IDs named by a draft; empty when WeCom chooses the recipients. */
export function recipientsOf({ recipients }: Pick<MessageDraft, 'recipients'>): readonly string[] {
	return 'ids' in recipients ? recipients.ids : [];
}

/** How many recipients a task reaches; null when WeCom chooses them. */
export function countRecipients(
	draft: Pick<MessageDraft, 'recipients'>,
	failed: readonly string[] = [],
): number | null {
	if (!('ids' in draft.recipients)) return null;
	// WeCom's list may name somebody twice, or somebody else.
	const unreached = new Set(failed);
	return draft.recipients.ids.filter((id) => !unreached.has(id)).length;
}

/** How many recipients WeCom accepts in one task (doc 92135); Infinity when it chooses them. */
export function maxRecipientsOf({ recipients }: Pick<MessageDraft, 'recipients'>): number {
	if (recipients.kind === 'customers') return MAX_CUSTOMERS_PER_TASK;
	return recipients.kind === 'customerGroups' ? MAX_GROUPS_PER_TASK : Infinity;
}

/**
 * The draft with its tags resolved to IDs.
 *
 * @throws WeComInputError when a name matches no tag, or several
 */
export function withTagIds(draft: MessageDraft, tags: TagLibrary): MessageDraft {
	const { recipients } = draft;
	if (recipients.kind !== 'tags') return draft;
	const conditions = recipients.conditions.map((names) => [
		...new Set(names.map((name) => tags.idOf(name))),
	]);
	return { ...draft, recipients: { kind: 'tags', conditions } };
}

/**
 * Builds the wire request for a draft that fits one task (doc 92135).
 *
 * @param draft its tags already given by ID
 * @param mediaIdOf returns a media ID, uploading the file if necessary
 */
export async function toRequest(
	{ recipients, sender, text, attachments, allowSelect }: MessageDraft,
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<AddMsgTemplateRequest> {
	const wired: Attachment[] = [];
	for (const attachment of attachments) wired.push(await toAttachment(attachment, mediaIdOf));
	return {
		chat_type: chatTypeOf({ recipients }),
		...toTarget(recipients),
		...(sender !== undefined && { sender }),
		...(text !== '' && { text: { content: text } }),
		...(wired.length > 0 && { attachments: wired }),
		...(allowSelect && recipients.kind !== 'customerGroups' && { allow_select: true }),
	};
}

function toTarget(
	recipients: Recipients,
): Pick<AddMsgTemplateRequest, 'external_userid' | 'chat_id_list' | 'tag_filter'> {
	switch (recipients.kind) {
		case 'customers':
			return { external_userid: [...recipients.ids] };
		case 'customerGroups':
			return { chat_id_list: [...recipients.ids] };
		case 'tags':
			return {
				tag_filter: {
					group_list: recipients.conditions.map((tags) => ({ tag_list: [...tags] })),
				},
			};
		case 'allOfSender':
			return {};
	}
}

/** The wire form of an attachment; uploads its file if necessary. */
export async function toAttachment(
	attachment: AttachmentDraft,
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<Attachment> {
	if ('pictureUrl' in attachment) {
		return { msgtype: 'image', image: { pic_url: attachment.pictureUrl } };
	}
	switch (attachment.msgtype) {
		case 'link':
			return { msgtype: 'link', link: attachment.link };
		case 'miniprogram': {
			const { title, cover, appid, page } = attachment;
			const pic_media_id = await mediaIdOf(cover);
			return { msgtype: 'miniprogram', miniprogram: { title, pic_media_id, appid, page } };
		}
		case 'image':
			return { msgtype: 'image', image: { media_id: await mediaIdOf(attachment.media) } };
		case 'video':
			return { msgtype: 'video', video: { media_id: await mediaIdOf(attachment.media) } };
		case 'file':
			return { msgtype: 'file', file: { media_id: await mediaIdOf(attachment.media) } };
	}
}
