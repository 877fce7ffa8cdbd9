import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { maxBytes, refuse, requiredString } from '../core/fields';
import { requireMedia, requireUploadedImage } from '../media/lookups';
import type { Corp } from '../world/corp';
import type { Attachment } from './model';

/** Limits of doc 92135. The codes above them are assumptions: 45002, 41064, for links 40058 (A56). */
const MAX_TEXT_BYTES = 4000;
const MAX_ATTACHMENTS = 9;

const optionalString = z.string().nullish();
const limited = (bytes: number) => z.string().refine(maxBytes(bytes));
/** Missing parts have no documented code; here 40063, "some parameters are empty" (A23). */
const required = requiredString(40063);
const requiredLimited = (bytes: number) => required.refine(maxBytes(bytes));

/** The attachment objects of doc 92135. */
export const attachmentContent = {
	image: z
		.object({ media_id: optionalString, pic_url: optionalString })
		.refine((image) => image.media_id || image.pic_url, refuse(40063)),
	link: z.object({
		title: requiredLimited(128),
		url: requiredLimited(2048),
		picurl: limited(2048).nullish(),
		desc: limited(512).nullish(),
	}),
	miniprogram: z.object({
		title: requiredLimited(64),
		pic_media_id: required,
		appid: required,
		page: required,
	}),
	video: z.object({ media_id: required }),
	file: z.object({ media_id: required }),
} satisfies Record<Attachment['msgtype'], z.ZodTypeAny>;

/** The key of the nested object must be the msgtype (doc 92135); other keys are ignored. */
const attachment = z.discriminatedUnion(
	'msgtype',
	[
		z.object({ msgtype: z.literal('image'), image: attachmentContent.image }),
		z.object({ msgtype: z.literal('link'), link: attachmentContent.link }),
		z.object({ msgtype: z.literal('miniprogram'), miniprogram: attachmentContent.miniprogram }),
		z.object({ msgtype: z.literal('video'), video: attachmentContent.video }),
		z.object({ msgtype: z.literal('file'), file: attachmentContent.file }),
	],
	{
		// A24: 41065 "bad attachment type" for an unknown msgtype.
		errorMap: (issue, context) => ({
			message:
				issue.code === z.ZodIssueCode.invalid_union_discriminator
					? refuse(41065)
					: context.defaultError,
		}),
	},
);

/** Text and attachments of a mass message or a welcome message (docs 92135 and 92137). */
export const contentFields = {
	text: z
		.object({ content: z.string().refine(maxBytes(MAX_TEXT_BYTES), refuse(45002)).nullish() })
		.nullish(),
	attachments: z.array(attachment).max(MAX_ATTACHMENTS, refuse(41064)).nullish(),
};

type ContentRequest = z.output<z.ZodObject<typeof contentFields>>;

/** What a message says; at least one of the two. */
export interface Content {
	text?: string;
	attachments: Attachment[];
}

/** The content of a request. Its media must be what the corp has uploaded. */
export function readContent(corp: Corp, request: ContentRequest, now: number): Content {
	const text = request.text?.content ?? '';
	const attachments = (request.attachments ?? []).map(toAttachment);
	if (text === '' && attachments.length === 0) throw new ApiError(40063);
	for (const each of attachments) checkMedia(corp, each, now);
	return { text: text === '' ? undefined : text, attachments };
}

/** The schema leaves two keys: msgtype, and the content under that name. */
function toAttachment({
	msgtype,
	...named
}: NonNullable<ContentRequest['attachments']>[number]): Attachment {
	const fields = Object.values(named).flatMap((content) => Object.entries(content));
	const filled = fields.filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
	);
	return { msgtype, content: Object.fromEntries(filled) };
}

export function checkMedia(corp: Corp, { msgtype, content }: Attachment, now: number): void {
	switch (msgtype) {
		case 'image':
			// With both, media_id wins (doc 92135).
			if (content.media_id !== undefined) requireMedia(corp, content.media_id, 'image', now);
			else requireUploadedImage(corp, content.pic_url ?? '');
			break;
		case 'miniprogram':
			requireMedia(corp, content.pic_media_id ?? '', 'image', now);
			break;
		case 'video':
		case 'file':
			requireMedia(corp, content.media_id ?? '', msgtype, now);
			break;
		case 'link':
			break;
	}
}
