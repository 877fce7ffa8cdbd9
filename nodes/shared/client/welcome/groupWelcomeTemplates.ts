import type { WeComClient } from '../core/client';
import { withUnknownOutcome } from '../core/unknownOutcome';
import type { AttachmentDraft } from '../massMessages/draft';
import { toAttachment } from '../massMessages/draft';
import type { MediaSource } from '../media/uploads';
import { welcomeEndpoints } from './endpoints';
import type { TemplateContent } from './types';

/**
 * The wire form of a template's content. The attachment stands under the name of its type (doc 92366).
 *
 * @param mediaIdOf returns a media ID, uploading the file if necessary
 */
export async function toTemplateContent(
	{ text, attachment }: { readonly text: string; readonly attachment?: AttachmentDraft },
	mediaIdOf: (source: MediaSource) => Promise<string>,
): Promise<TemplateContent> {
	const content: TemplateContent = text === '' ? {} : { text: { content: text } };
	if (!attachment) return content;
	const parts = Object.entries(await toAttachment(attachment, mediaIdOf));
	return { ...content, ...Object.fromEntries(parts.filter(([name]) => name !== 'msgtype')) };
}

/**
 * Creates a template and returns its ID. WeCom has no list of templates.
 *
 * @throws WeComUnknownOutcomeError when the response was lost
 */
export async function createTemplate(
	client: WeComClient,
	content: TemplateContent,
	{ notify }: { readonly notify: boolean },
): Promise<string> {
	const { template_id } = await withUnknownOutcome(
		async () =>
			await client.call(welcomeEndpoints.addTemplate, { ...content, notify: notify ? 1 : 0 }),
		'WeCom may or may not have created the template',
		'WeCom has no list of templates. Look for it in the WeCom app, under the welcome messages of a customer group, before you create it again.',
	);
	return template_id;
}

/** @throws WeComUnknownOutcomeError when the response was lost */
export async function deleteTemplate(client: WeComClient, template_id: string): Promise<void> {
	await withUnknownOutcome(
		async () => await client.call(welcomeEndpoints.deleteTemplate, { template_id }),
		'WeCom may or may not have deleted the template',
		'Check Group Welcome Template > Get. Delete it again only if it is still there.',
	);
}
