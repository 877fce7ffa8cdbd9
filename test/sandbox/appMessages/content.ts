import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { maxBytes, refuse, requiredString } from '../core/fields';
import { requireMedia } from '../media/lookups';
import type { MediaType } from '../media/model';
import type { Settings } from '../settings';
import type { Corp } from '../world/corp';
import type { AppMessage, AppMessageType } from './model';
import { templateCard } from './templateCard';

/** Limits of doc 90236, in UTF-8 bytes. */
const MAX_TEXT = 2048;
const MAX_TITLE = 128;
const MAX_DESCRIPTION = 512;
const MAX_URL = 2048;
/** In characters. */
const MAX_BUTTON_TEXT = 4;
const MAX_ARTICLES = 8;

/** What a text card's button says when the request does not (doc 90236). */
const DEFAULT_BUTTON_TEXT = '详情';

/** A link of at most 2,048 bytes that begins with its protocol; the codes are those of the general table (A137). */
const url = requiredString(41010)
	.refine(maxBytes(MAX_URL), refuse(40039))
	.refine((value) => /^https?:\/\//i.test(value), refuse(45034));

const mediaFile = z.object({ media_id: requiredString(40007) });
const optionalText = z.string().nullish();

const article = z.object({
	title: requiredString(41016),
	description: optionalText,
	url: optionalText,
	picurl: optionalText,
	appid: optionalText,
	pagepath: optionalText,
});

const schemas = {
	text: z.object({ content: requiredString(44004) }),
	// A longer text is cut; of markdown only the limit is said (A138).
	markdown: z.object({
		content: requiredString(44004).refine(maxBytes(MAX_TEXT), refuse(45002)),
	}),
	image: mediaFile,
	voice: mediaFile,
	file: mediaFile,
	video: mediaFile.extend({ title: optionalText, description: optionalText }),
	textcard: z.object({
		title: requiredString(41016),
		description: requiredString(40058),
		url,
		btntxt: optionalText,
	}),
	news: z.object({
		articles: z.array(article).min(1).max(MAX_ARTICLES, refuse(45008)),
	}),
	template_card: templateCard,
} as const;

/** The content as the members see it: checked, and cut where WeCom cuts (doc 90236). */
export function readAppContent(
	{ corp, settings, now }: { corp: Corp; settings: Settings; now: number },
	body: { readonly msgtype: string } & Readonly<Record<string, unknown>>,
): Pick<AppMessage, 'msgtype' | 'content'> {
	if (!isType(body.msgtype)) throw new ApiError(40008);
	const { msgtype } = body;
	const given = parse(schemas[msgtype], body[msgtype] ?? {});
	if (isMedia(msgtype)) requireMedia(corp, String(given.media_id), msgtype, now);
	return { msgtype, content: cut(msgtype, given, settings) };
}

function parse(schema: z.ZodTypeAny, given: unknown): Record<string, unknown> {
	const result = schema.safeParse(given);
	if (result.success) return result.data as Record<string, unknown>;
	// The first fault decides, as for the rest of the request.
	const coded = /^(\d+)(?: (.+))?$/.exec(result.error.issues[0]?.message ?? '');
	throw coded ? new ApiError(Number(coded[1]), coded[2]) : new ApiError(40058);
}

function cut(
	msgtype: AppMessageType,
	given: Record<string, unknown>,
	settings: Settings,
): Record<string, unknown> {
	switch (msgtype) {
		case 'text':
			return { content: cutBytes(given.content, MAX_TEXT) };
		case 'video':
			return cutTitles(given, cutBytes);
		case 'textcard': {
			const card = cutTitles(given, settings.textCardLimits === 'bytes' ? cutBytes : cutCharacters);
			return {
				...card,
				btntxt: cutCharacters(given.btntxt || DEFAULT_BUTTON_TEXT, MAX_BUTTON_TEXT),
			};
		}
		case 'news':
			return {
				articles: (given.articles as Array<z.output<typeof article>>).map(readArticle),
			};
		default:
			return given;
	}
}

/** With a mini program the URL is ignored; without one it must be there (doc 90236). */
function readArticle(given: z.output<typeof article>): Record<string, unknown> {
	const shown = cutTitles(given, cutBytes);
	if (given.appid) return { ...shown, url: undefined };
	parse(url, given.url ?? undefined);
	return shown;
}

type Cut = (text: unknown, limit: number) => unknown;

function cutTitles(given: Record<string, unknown>, cutText: Cut): Record<string, unknown> {
	return {
		...given,
		...(given.title == null ? {} : { title: cutText(given.title, MAX_TITLE) }),
		...(given.description == null
			? {}
			: { description: cutText(given.description, MAX_DESCRIPTION) }),
	};
}

/** Cuts behind the last whole character that fits (A139). */
function cutBytes(text: unknown, limit: number): string {
	let kept = '';
	let bytes = 0;
	for (const character of String(text)) {
		bytes += Buffer.byteLength(character);
		if (bytes > limit) break;
		kept += character;
	}
	return kept;
}

function cutCharacters(text: unknown, limit: number): string {
	return [...String(text)].slice(0, limit).join('');
}

function isType(msgtype: string): msgtype is AppMessageType {
	return Object.hasOwn(schemas, msgtype);
}

function isMedia(msgtype: AppMessageType): msgtype is MediaType & AppMessageType {
	return ['image', 'voice', 'video', 'file'].includes(msgtype);
}
