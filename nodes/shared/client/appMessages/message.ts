import { WeComInputError } from '../core/errors';
import type { MediaSource } from '../media/uploads';
import {
	MAX_DEPARTMENTS_PER_MESSAGE,
	MAX_MEMBERS_PER_MESSAGE,
	MAX_MEMBER_TAGS_PER_MESSAGE,
} from './limits';
import type { AppMessageRequest, Article, TextCard } from './types';

/** What an application message says; its file may not be uploaded yet. */
export type AppMessageContent =
	| { readonly msgtype: 'text' | 'markdown'; readonly content: string }
	| { readonly msgtype: 'textcard'; readonly card: TextCard }
	| { readonly msgtype: 'news'; readonly articles: readonly Article[] }
	| { readonly msgtype: 'image' | 'file'; readonly media: MediaSource }
	| {
			readonly msgtype: 'video';
			readonly media: MediaSource;
			readonly title?: string;
			readonly description?: string;
	  };

/** Whom an application message is for. */
export type AppMessageRecipients =
	/** Everybody in the app's visible range. */
	| { readonly kind: 'everybody' }
	| {
			readonly kind: 'named';
			readonly members: readonly string[];
			readonly departments: readonly string[];
			/** Tags of the address book, not of customers. */
			readonly tags: readonly string[];
	  };

/** An application message before it is sent. */
export interface AppMessage {
	readonly recipients: AppMessageRecipients;
	readonly content: AppMessageContent;
}

/** What WeCom calls everybody in the app's visible range (doc 90236). */
const EVERYBODY = '@all';

/**
 * Checks recipients against WeCom's limits. Sends no request.
 *
 * @throws WeComInputError when they are nobody or too many, or when an ID means everybody
 */
export function checkRecipients(recipients: AppMessageRecipients): void {
	if (recipients.kind === 'everybody') return;
	const { members, departments, tags } = recipients;
	const all = [...members, ...departments, ...tags];
	if (all.length === 0) {
		throw new WeComInputError(
			'The message has no recipients, so nobody would get it',
			'Choose members, departments or tags. If you used an expression, it resolved to nothing for this item.',
		);
	}
	if (all.some((id) => id.toLowerCase() === EVERYBODY)) {
		throw new WeComInputError(
			`${EVERYBODY} is not a user ID`,
			"It would send the message to everybody the app can see. If you mean that, choose it in 'Send To'.",
		);
	}
	checkCount('members', members, MAX_MEMBERS_PER_MESSAGE);
	checkCount('departments', departments, MAX_DEPARTMENTS_PER_MESSAGE);
	checkCount('tags', tags, MAX_MEMBER_TAGS_PER_MESSAGE);
}

function checkCount(noun: string, ids: readonly string[], limit: number): void {
	if (ids.length <= limit) return;
	throw new WeComInputError(
		`The message is for ${ids.length} ${noun}`,
		`WeCom allows ${limit} in one message. Use several items, or a department or tag that has them all.`,
	);
}

/**
 * Builds the wire request (doc 90236).
 *
 * @param duplicateCheckSeconds 0: WeCom does not look for repeats
 * @param mediaIdOf returns a media ID, uploading the file if necessary
 */
export async function toRequest(
	{ recipients, content }: AppMessage,
	agentid: number,
	duplicateCheckSeconds: number,
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<AppMessageRequest> {
	return {
		...toTarget(recipients),
		agentid,
		...(await toContent(content, mediaIdOf)),
		...(duplicateCheckSeconds > 0 && {
			enable_duplicate_check: 1,
			duplicate_check_interval: duplicateCheckSeconds,
		}),
	};
}

function toTarget(
	recipients: AppMessageRecipients,
): Pick<AppMessageRequest, 'touser' | 'toparty' | 'totag'> {
	if (recipients.kind === 'everybody') return { touser: EVERYBODY };
	const { members, departments, tags } = recipients;
	return {
		...(members.length > 0 && { touser: members.join('|') }),
		...(departments.length > 0 && { toparty: departments.join('|') }),
		...(tags.length > 0 && { totag: tags.join('|') }),
	};
}

type ContentOfRequest = Omit<AppMessageRequest, 'touser' | 'toparty' | 'totag' | 'agentid'>;

async function toContent(
	content: AppMessageContent,
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<ContentOfRequest> {
	switch (content.msgtype) {
		case 'text':
			return { msgtype: 'text', text: { content: content.content } };
		case 'markdown':
			return { msgtype: 'markdown', markdown: { content: content.content } };
		case 'textcard':
			return { msgtype: 'textcard', textcard: content.card };
		case 'news':
			return { msgtype: 'news', news: { articles: [...content.articles] } };
		case 'image':
			return { msgtype: 'image', image: { media_id: await mediaIdOf(content.media) } };
		case 'file':
			return { msgtype: 'file', file: { media_id: await mediaIdOf(content.media) } };
		case 'video': {
			const { media, title, description } = content;
			const media_id = await mediaIdOf(media);
			return {
				msgtype: 'video',
				video: { media_id, ...(title && { title }), ...(description && { description }) },
			};
		}
	}
}

/** Equal for two messages that WeCom would take for the same. */
export function appMessageKey({ recipients, content }: AppMessage): string {
	return JSON.stringify([recipients, 'media' in content ? withMediaKey(content) : content]);
}

function withMediaKey(content: Extract<AppMessageContent, { media: MediaSource }>): object {
	const { media } = content;
	return { ...content, media: 'file' in media ? media.file.key : media.mediaId };
}
