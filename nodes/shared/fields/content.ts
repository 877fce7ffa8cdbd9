import { WeComInputError } from '../client/core/errors';
import { MAX_ATTACHMENTS, MAX_TEXT_BYTES } from '../client/massMessages/limits';
import type { AttachmentDraft, MessageDraft } from '../client/massMessages/draft';
import type { ItemInput, OperationContext } from '../operation/operation';
import { attachmentsField, readAttachment } from './attachments';
import { isBlank } from './characters';
import type { Field } from './field';
import { labelOf, read, variant } from './field';
import { textField } from './kinds';
import { asText, nothingIn } from './read';
import { checkBytes, checkSendable } from './textLimits';

export type Content = Pick<MessageDraft, 'text' | 'attachments'>;

/** The text of a message; undefined where an expression resolved to nothing. */
const textOfMessage: Field<string | undefined> = {
	property: textField({
		displayName: 'Message',
		name: 'text',
		rows: 4,
		placeholder: 'e.g. Hello, our autumn catalogue is here.',
		description:
			'The text the customer receives: up to 4,000 bytes in UTF-8, about 1,300 Chinese characters. Optional if there is an attachment.',
	}).property,
	parse: (value, label) =>
		value === undefined || value === null ? undefined : asText(value, label),
};

/** What a mass message or a welcome message says: a text, attachments in the builder's order, or both. */
export const contentFields = [textOfMessage, attachmentsField];

/** The same fields where WeCom has other limits. */
export function contentFieldsWith(texts: { readonly text: string; readonly attachments: string }) {
	return [
		variant(textOfMessage, { description: texts.text }),
		variant(attachmentsField, { description: texts.attachments }),
	];
}

/** How much a message may carry. */
interface ContentLimits {
	readonly maxTextBytes: number;
	readonly maxAttachments: number;
}

/** The limits of a mass message (doc 92135) and a welcome message (doc 92137). */
const MESSAGE_LIMITS = { maxTextBytes: MAX_TEXT_BYTES, maxAttachments: MAX_ATTACHMENTS };

/** Reads the messages of a run. One that several items share is read and checked once. */
export class Contents {
	/** Of messages with these attachments; those of another item that has an expression are another list. */
	private attachments: unknown;
	private byText = new Map<unknown, Content>();

	constructor(private readonly uploads: OperationContext['uploads']) {}

	/** As `readContent`. */
	of(item: ItemInput): Content | Promise<Content> {
		const text = item.parameter(textOfMessage.property.name);
		const attachments = item.parameter(attachmentsField.property.name);
		if (attachments !== this.attachments) {
			this.attachments = attachments;
			this.byText = new Map();
		}
		return this.byText.get(text) ?? this.read(item, text);
	}

	private async read(item: ItemInput, text: unknown): Promise<Content> {
		const { byText } = this;
		const content = await readContent(item, this.uploads);
		// A file is the item's own.
		if (!content.attachments.some(isFile)) byText.set(text, content);
		return content;
	}
}

function isFile(attachment: AttachmentDraft): boolean {
	const source =
		'media' in attachment ? attachment.media : 'cover' in attachment ? attachment.cover : undefined;
	return source !== undefined && 'file' in source;
}

/**
 * The content of a message, checked against WeCom's limits and never cut. Files are read and checked, not uploaded:
 * that is done once the message is sure to be sent.
 *
 * @throws WeComInputError
 */
export async function readContent(
	item: ItemInput,
	uploads: OperationContext['uploads'],
	{ maxTextBytes, maxAttachments }: ContentLimits = MESSAGE_LIMITS,
): Promise<Content> {
	const text = read(item, textOfMessage);
	const entries = read(item, attachmentsField);
	const label = labelOf(textOfMessage);

	if (isBlank(text ?? '') && entries.length === 0) {
		throw nothingIn('The message is empty', `Fill in ${label} or add an attachment.`);
	}
	if (text === undefined) {
		throw nothingIn(`${label} has no value`, 'To send attachments alone, let it be empty text.');
	}
	checkSendable(text, label);
	checkBytes(text, label, maxTextBytes);
	if (entries.length > maxAttachments) {
		throw new WeComInputError(
			`The message has ${entries.length} attachments`,
			`WeCom allows ${maxAttachments}. Remove some, or send two messages. A single expression cannot stand for all attachments: n8n takes each of its characters for one.`,
		);
	}
	const attachments: AttachmentDraft[] = [];
	for (const [index, entry] of entries.entries()) {
		attachments.push(await readAttachment(entry, index + 1, item, uploads));
	}
	return { text: isBlank(text) ? '' : text, attachments };
}
