import { toTemplateContent } from '../../../shared/client/welcome/groupWelcomeTemplates';
import { MAX_TEMPLATE_TEXT_BYTES } from '../../../shared/client/welcome/limits';
import type { TemplateContent } from '../../../shared/client/welcome/types';
import { contentFieldsWith, readContent } from '../../../shared/fields/content';
import { filled, idField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

export const templateIdField = filled(
	idField({
		kind: 'welcomeTemplate',
		displayName: 'Template ID',
		name: 'templateId',
		required: true,
		placeholder: 'e.g. msgEXAMPLE001',
		description:
			'The template_id that Group Welcome Template > Create returned. WeCom has no list of templates, so store it.',
	}),
);

/** A text and at most one attachment (doc 92366). */
export const templateContentFields = contentFieldsWith({
	text: 'The text a customer receives on joining a group: up to 3,000 bytes in UTF-8, about 1,000 Chinese characters. WeCom replaces %NICKNAME%, in capitals, with the name of the customer. Optional if there is an attachment.',
	attachments: 'At most one, sent with the text',
});

/** The content for one item, with its file uploaded. */
export async function readTemplateContent(
	item: ItemInput,
	{ uploads }: OperationContext,
): Promise<TemplateContent> {
	const limits = { maxTextBytes: MAX_TEMPLATE_TEXT_BYTES, maxAttachments: 1 };
	const { text, attachments } = await readContent(item, uploads, limits);
	return await toTemplateContent(
		{ text, attachment: attachments[0] },
		async (source) => await uploads.mediaIdOf(source),
	);
}
