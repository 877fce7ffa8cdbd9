import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import { MAX_ATTACHMENTS, MAX_TEXT_BYTES } from '../client/massMessages/limits';
import type { AttachmentDraft, MessageDraft } from '../client/massMessages/draft';
import type { ItemInput, OperationContext } from '../operation/operation';
import { attachmentsField, readAttachment } from './attachments';
import { isBlank } from './characters';
import type { Field } from './field';
import { labelOf, read } from './field';
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
			'The text the customer receives: up to 4,000 bytes in UTF-8, about 1,300 Chinese characters. Can stay empty if there is an attachment.',
	}).property,
	parse: (value, label) =>
		value === undefined || value === null ? undefined : asText(value, label),
};

/** Says, before anybody runs the node, that customers get nothing until somebody confirms. */
export function confirmationNotice(whileBuilding: string): INodeProperties {
	return {
		displayName: `Creates a task for the member. Customers receive it only after the member confirms in WeCom. ${whileBuilding}`,
		name: 'confirmationNotice',
		type: 'notice',
		default: '',
	};
}

/** What a mass message says: a text, attachments in the builder's order, or both. */
export const contentFields = [textOfMessage, attachmentsField];

/**
 * The content of a message, checked against WeCom's limits and never cut. Files are read and checked, not uploaded:
 * that is done once the message is sure to be sent.
 *
 * @throws WeComInputError
 */
export async function readContent(
	item: ItemInput,
	uploads: OperationContext['uploads'],
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
	checkBytes(text, label, MAX_TEXT_BYTES);
	if (entries.length > MAX_ATTACHMENTS) {
		throw new WeComInputError(
			`The message has ${entries.length} attachments`,
			`WeCom allows ${MAX_ATTACHMENTS}. Remove some, or send two messages. A single expression cannot stand for all attachments: n8n takes each of its characters for one.`,
		);
	}
	const attachments: AttachmentDraft[] = [];
	for (const [index, entry] of entries.entries()) {
		attachments.push(await readAttachment(entry, index + 1, item, uploads));
	}
	return { text: isBlank(text) ? '' : text, attachments };
}
