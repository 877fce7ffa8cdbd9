import { z } from 'zod';

import { maxBytes, refuse, requiredString } from '../core/fields';
import { requireMedia } from '../media/lookups';
import type { MediaType } from '../media/model';
import type { Corp } from '../world/corp';
import type { Content } from './model';

/** A missing part: 40063; a part that is too long or malformed: 40058, a text 45002 (A119). */
const required = requiredString(40063);
const limited = (bytes: number) => z.string().refine(maxBytes(bytes));
const requiredLimited = (bytes: number) => required.refine(maxBytes(bytes));
const media = z.object({ media_id: requiredLimited(128) });

/** "Cut when longer" (doc 94677): at the last whole character. */
const cut = (bytes: number) => z.string().transform((text) => cutToBytes(text, bytes));

/** Items of a menu (doc 94677). An unknown type: 95009. */
const menuItem = z.discriminatedUnion(
	'type',
	[
		z.object({
			type: z.literal('click'),
			click: z.object({ id: limited(128).nullish(), content: requiredLimited(128) }),
		}),
		z.object({
			type: z.literal('view'),
			view: z.object({ url: requiredLimited(2048), content: requiredLimited(1024) }),
		}),
		z.object({
			type: z.literal('miniprogram'),
			miniprogram: z.object({
				appid: requiredLimited(32),
				pagepath: requiredLimited(1024),
				content: requiredLimited(1024),
			}),
		}),
		z.object({
			type: z.literal('text'),
			text: z.object({
				content: requiredLimited(256),
				no_newline: z.union([z.literal(0), z.literal(1)]).nullish(),
			}),
		}),
	],
	{ errorMap: wrongKind(95009) },
);

/** What an app sends, by type (doc 94677). */
const types = [
	z.object({
		msgtype: z.literal('text'),
		text: z.object({ content: required.refine(maxBytes(2048), refuse(45002)) }),
	}),
	z.object({ msgtype: z.literal('image'), image: media }),
	z.object({ msgtype: z.literal('voice'), voice: media }),
	z.object({ msgtype: z.literal('video'), video: media }),
	z.object({ msgtype: z.literal('file'), file: media }),
	z.object({
		msgtype: z.literal('link'),
		link: z.object({
			title: required.pipe(cut(128)),
			desc: cut(512).nullish(),
			url: required.regex(/^https?:\/\//).refine(maxBytes(2048)),
			thumb_media_id: requiredLimited(128),
		}),
	}),
	z.object({
		msgtype: z.literal('miniprogram'),
		miniprogram: z.object({
			appid: required,
			title: cut(64).nullish(),
			thumb_media_id: requiredLimited(128),
			pagepath: required.regex(/\.html(\?|$)/),
		}),
	}),
	z.object({
		msgtype: z.literal('msgmenu'),
		msgmenu: z.object({
			head_content: limited(1024).nullish(),
			list: z.array(menuItem).max(10, refuse(95008)).nullish(),
			tail_content: limited(1024).nullish(),
		}),
	}),
	z.object({
		msgtype: z.literal('location'),
		location: z.object({
			name: z.string().nullish(),
			address: z.string().nullish(),
			latitude: z
				.number({ required_error: refuse(40063) })
				.min(-90)
				.max(90),
			longitude: z
				.number({ required_error: refuse(40063) })
				.min(-180)
				.max(180),
		}),
	}),
	z.object({
		msgtype: z.literal('ca_link'),
		// A120: any link of that form, for the sandbox has none of its own.
		ca_link: z.object({ link_url: required.regex(/^https:\/\/work\.weixin\.qq\.com\/ca\/\w+/) }),
	}),
] as const;

/** The body of `send_msg` and of `send_msg_on_event`, by its msgtype; an unknown one: 40008. */
export const content = z.discriminatedUnion('msgtype', [...types], { errorMap: wrongKind(40008) });

/** Unique in the account, letters, digits, `_` and `-` (doc 94677). */
export const msgidField = z
	.string()
	.max(32)
	.regex(/^[0-9a-zA-Z_-]*$/)
	.nullish();

export type Message = z.output<typeof content>;

/** The content under its type; its media must be the corp's, alive and of the right type. */
export function readMessage(corp: Corp, message: Message, now: number): Content {
	switch (message.msgtype) {
		case 'image':
			return withMedia(corp, 'image', message.image, now);
		case 'voice':
			return withMedia(corp, 'voice', message.voice, now);
		case 'video':
			return withMedia(corp, 'video', message.video, now);
		case 'file':
			return withMedia(corp, 'file', message.file, now);
		case 'link':
			requireMedia(corp, message.link.thumb_media_id, 'image', now);
			return message.link;
		case 'miniprogram':
			requireMedia(corp, message.miniprogram.thumb_media_id, 'image', now);
			return message.miniprogram;
		case 'text':
			return message.text;
		case 'msgmenu':
			return message.msgmenu;
		case 'location':
			return message.location;
		case 'ca_link':
			return message.ca_link;
	}
}

function withMedia(corp: Corp, type: MediaType, part: { media_id: string }, now: number): Content {
	requireMedia(corp, part.media_id, type, now);
	return part;
}

function cutToBytes(text: string, bytes: number): string {
	const characters = [...text];
	while (Buffer.byteLength(characters.join('')) > bytes) characters.pop();
	return characters.join('');
}

function wrongKind(errcode: number): z.ZodErrorMap {
	return (issue, context) => ({
		message:
			issue.code === z.ZodIssueCode.invalid_union_discriminator
				? refuse(errcode)
				: context.defaultError,
	});
}
