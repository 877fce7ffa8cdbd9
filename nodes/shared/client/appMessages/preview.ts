import type { WeComClient } from '../core/client';
import { asError, WeComApiError, WeComError, WeComUnknownOutcomeError } from '../core/errors';
import type { AttachmentDraft, MessageDraft } from '../massMessages/draft';
import type { MediaSource } from '../media/uploads';
import { findAgentId } from './agent';
import { MAX_APP_TEXT_BYTES, MAX_MESSAGES_PER_MINUTE } from './limits';
import type { AppMessageContent } from './message';
import { inPieces } from './pieces';
import { sendAppMessage } from './sendAppMessage';

/** Contents of a run that a preview shows; personal texts would be one for each customer. */
export const MAX_PREVIEWED = 3;

/** What a mass message says. */
export type PreviewedContent = Pick<MessageDraft, 'text' | 'attachments'>;

/** What a run would do, in numbers. */
export interface PreviewNumbers {
	readonly tasks: number;
	/** Null where WeCom chooses the recipients of a task. */
	readonly recipients: number | null;
	/** What the recipients are. */
	readonly noun: 'customer' | 'customer group' | 'recipient';
	/** Tasks per member, those with the most first. */
	readonly confirmations: ReadonlyArray<{ readonly name: string; readonly tasks: number }>;
	/** Tasks whose members WeCom chooses. */
	readonly byWeCom: number;
	/** What would keep the run from creating them, as a sentence. */
	readonly obstacle?: string;
}

/** Members that the last line names. */
const MOST_NAMED = 10;

/**
 * The application messages that show what customers would get.
 *
 * @param contents the different contents of the run; the first few are shown, as many as WeCom delivers in a minute
 */
export function previewMessages(
	contents: readonly PreviewedContent[],
	numbers: PreviewNumbers,
): AppMessageContent[] {
	const shown: AppMessageContent[] = [];
	let count = 0;
	for (const content of contents.slice(0, MAX_PREVIEWED)) {
		const heading = `Message ${count + 1} of ${amount(contents.length)}:`;
		const messages = [
			...(contents.length > 1 ? [textMessage(heading)] : []),
			...messagesOf(content),
		];
		// The last line counts too.
		if (count > 0 && shown.length + messages.length + 1 > MAX_MESSAGES_PER_MINUTE) break;
		shown.push(...messages);
		count++;
	}
	const more = contents.length - count;
	const lines = [
		previewLine(numbers),
		...(numbers.obstacle === undefined ? [] : [numbers.obstacle]),
		...(more > 0 ? [`${plural(more, 'more message')} with other content not shown.`] : []),
	];
	return [...shown, ...inPieces(lines.join('\n'), MAX_APP_TEXT_BYTES).map(textMessage)];
}

/** "Preview. The run would create 3 tasks for 12,345 customers; confirmations: lin 1, wei 2." */
export function previewLine(numbers: PreviewNumbers): string {
	const { tasks, recipients, noun, confirmations, byWeCom } = numbers;
	const who = recipients === null ? `${noun}s that WeCom chooses` : plural(recipients, noun);
	const named = confirmations
		.slice(0, MOST_NAMED)
		.map((each) => `${each.name} ${amount(each.tasks)}`);
	const others = confirmations.length - named.length;
	if (others > 0) named.push(`and ${plural(others, 'more member')}`);
	const parts = [
		`Preview. The run would create ${plural(tasks, 'task')} for ${who}`,
		...(named.length > 0 ? [`confirmations: ${named.join(', ')}`] : []),
		...(byWeCom > 0 ? [`WeCom chooses the members of ${plural(byWeCom, 'task')}`] : []),
	];
	return `${parts.join('; ')}.`;
}

/** What customers would get, in the builder's order. A mass message may have a longer text than an application message. */
function messagesOf({ text, attachments }: PreviewedContent): AppMessageContent[] {
	return [
		...inPieces(text, MAX_APP_TEXT_BYTES).map(textMessage),
		...attachments.map(attachmentMessage),
	];
}

function attachmentMessage(attachment: AttachmentDraft): AppMessageContent {
	if ('pictureUrl' in attachment) {
		// An application message takes an image by its media ID only.
		const { pictureUrl } = attachment;
		return {
			msgtype: 'news',
			articles: [{ title: 'Image', url: pictureUrl, picurl: pictureUrl }],
		};
	}
	switch (attachment.msgtype) {
		case 'link': {
			const { title, url, picurl, desc } = attachment.link;
			const article = { title, url, ...(picurl && { picurl }), ...(desc && { description: desc }) };
			return { msgtype: 'news', articles: [article] };
		}
		case 'miniprogram': {
			const { title, appid, page } = attachment;
			return textMessage(`[Mini program] ${title} (${appid}, ${page})`);
		}
		default:
			return { msgtype: attachment.msgtype, media: attachment.media };
	}
}

function textMessage(content: string): AppMessageContent {
	return { msgtype: 'text', content };
}

function plural(count: number, noun: string): string {
	return `${amount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function amount(count: number): string {
	return count.toLocaleString('en-US');
}

/** The tasks are planned, and the member who was to see them did not get the preview. */
export class PreviewNotDeliveredError extends WeComError {
	override readonly name = 'PreviewNotDeliveredError';
	readonly kind;
	readonly remedy: string;
	/** WeCom's code, if there is one. */
	readonly errcode?: number;

	constructor(member: string, cause: WeComError) {
		const mayBeThere = cause instanceof WeComUnknownOutcomeError ? 'may not have been' : 'was not';
		super(`The dry run is fine, but its preview ${mayBeThere} delivered to ${member}`);
		this.kind = cause.kind;
		this.remedy = `${cause.message}. ${cause.remedy}`;
		if (cause instanceof WeComApiError) this.errcode = cause.errcode;
	}
}

/**
 * Sends the messages from the app of the credential to one member, one after the other (doc 90236). WeCom's check for
 * repeats is off: a builder who tries again wants to see the preview again, and a lost response may show the member a
 * message twice.
 *
 * @throws PreviewNotDeliveredError when one does not arrive; the following ones are not sent
 */
export async function sendPreview(
	client: WeComClient,
	member: string,
	messages: readonly AppMessageContent[],
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<void> {
	const recipients = { kind: 'named', members: [member], departments: [], tags: [] } as const;
	const policy = { duplicateCheckSeconds: 0, mayArriveTwice: true };
	try {
		const agentId = await findAgentId(client);
		for (const content of messages) {
			await sendAppMessage(client, { recipients, content }, agentId, mediaIdOf, policy);
		}
	} catch (error) {
		throw error instanceof WeComError
			? new PreviewNotDeliveredError(member, error)
			: asError(error);
	}
}
