import { z } from 'zod';

import type { App } from '../auth/model';
import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { maxBytes, refuse, requiredString } from '../core/fields';
import { randomId } from '../core/ids';
import { attachmentContent, checkMedia } from '../massMessages/content';
import type { Attachment } from '../massMessages/model';
import type { Corp } from '../world/corp';
import type { GroupWelcomeTemplate } from './model';
import { templatesOf } from './model';

/** Limits of doc 92366; 4,000 bytes in older texts. The code for a longer text is assumed (A56). */
const MAX_TEXT_BYTES = 3000;
const MAX_TEMPLATES = 100;

/** Only one of these counts, the first one here (doc 92366). */
const PARTS = ['image', 'link', 'miniprogram', 'file', 'video'] as const;

const zeroOrOne = z.union([z.literal(0), z.literal(1)]);

/** The parts that do not count are not checked either (A97). */
const contentFields = {
	text: z
		.object({ content: z.string().refine(maxBytes(MAX_TEXT_BYTES), refuse(45002)).nullish() })
		.nullish(),
	image: z.unknown(),
	link: z.unknown(),
	miniprogram: z.unknown(),
	file: z.unknown(),
	video: z.unknown(),
	/** For old suites with several apps (doc 92366). */
	agentid: z.number().int().nullish(),
};

type ContentRequest = z.output<z.ZodObject<typeof contentFields>>;

/** A missing ID has no documented code; here that of an invalid one (A96). */
const templateId = requiredString(40037);

/** A new template; a corp has at most 100 of them (doc 92366). */
export const addTemplate = endpoint({
	path: '/cgi-bin/externalcontact/group_welcome_template/add',
	method: 'POST',
	doc: 92366,
	// Whether members are notified: nothing that a call could see.
	request: z.object({ ...contentFields, notify: zeroOrOne.nullish() }),
	handle({ corp, app, now }, body) {
		const content = readContent(corp, body, now);
		const templates = templatesOf(corp);
		if (templates.size >= MAX_TEMPLATES) throw new ApiError(41055);
		const template = { templateId: `msg${randomId(29)}`, agentId: app.agentId, content };
		templates.set(template.templateId, template);
		return { template_id: template.templateId };
	},
});

/** New content for a template of the same app: all of it is replaced (A98). */
export const editTemplate = endpoint({
	path: '/cgi-bin/externalcontact/group_welcome_template/edit',
	method: 'POST',
	doc: 92366,
	request: z.object({ ...contentFields, template_id: templateId }),
	handle({ corp, app, now }, body) {
		const template = requireOwnTemplate(corp, app, body.template_id);
		template.content = readContent(corp, body, now);
		return {};
	},
});

/** A template; any callable app may read it (A99). */
export const getTemplate = endpoint({
	path: '/cgi-bin/externalcontact/group_welcome_template/get',
	method: 'POST',
	doc: 92366,
	request: z.object({ template_id: templateId }),
	handle({ corp }, { template_id: id }) {
		const { text, attachment } = requireTemplate(corp, id).content;
		return {
			...(text === undefined ? {} : { text: { content: text } }),
			...(attachment === undefined ? {} : { [attachment.msgtype]: shown(attachment) }),
		};
	},
});

export const deleteTemplate = endpoint({
	path: '/cgi-bin/externalcontact/group_welcome_template/del',
	method: 'POST',
	doc: 92366,
	request: z.object({ template_id: templateId, agentid: z.number().int().nullish() }),
	handle({ corp, app }, { template_id: id }) {
		requireOwnTemplate(corp, app, id);
		templatesOf(corp).delete(id);
		return {};
	},
});

function readContent(
	corp: Corp,
	body: ContentRequest,
	now: number,
): GroupWelcomeTemplate['content'] {
	const text = body.text?.content || undefined;
	const msgtype = PARTS.find((part) => body[part] != null);
	if (msgtype === undefined) {
		if (text === undefined) throw new ApiError(40063);
		return { text };
	}
	const parsed = attachmentContent[msgtype].safeParse(body[msgtype]);
	// As in a mass message: 40063 for what is missing, else 40058.
	if (!parsed.success) {
		const code = Number.parseInt(parsed.error.issues[0]?.message ?? '', 10);
		throw new ApiError(Number.isNaN(code) ? 40058 : code);
	}
	const filled = Object.entries(parsed.data).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
	);
	const attachment: Attachment = { msgtype, content: Object.fromEntries(filled) };
	checkMedia(corp, attachment, now);
	return { text, attachment };
}

/** A picture comes back as `pic_url`, never as `media_id` (doc 92366). */
function shown({ msgtype, content }: Attachment): object {
	if (msgtype !== 'image') return content;
	return { pic_url: content.pic_url ?? `https://pictures.example/${content.media_id}` };
}

function requireTemplate(corp: Corp, id: string): GroupWelcomeTemplate {
	const template = templatesOf(corp).get(id);
	if (!template) throw new ApiError(40037);
	return template;
}

/** An app edits and deletes only what it created (doc 92366). */
function requireOwnTemplate(corp: Corp, app: App, id: string): GroupWelcomeTemplate {
	const template = requireTemplate(corp, id);
	if (template.agentId !== app.agentId) throw new ApiError(41058);
	return template;
}
