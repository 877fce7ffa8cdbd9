import { z } from 'zod';

import { randomId } from '../core/ids';
import type { MediaType } from '../media/model';
import type { Corp } from '../world/corp';
import type { Content, Row } from './model';

/** A file of a message; without content a small sample of its type. */
const file = z
	.object({
		name: z.string().optional(),
		/** Base64. */
		content: z.string().optional(),
	})
	.default({});
const text = z.string().default('');

/** What people write on WeChat and in the WeCom client, by type (doc 94670). */
export const writtenSchema = z.discriminatedUnion('msgtype', [
	z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string().min(1) }) }),
	z.object({ msgtype: z.literal('image'), image: file }),
	z.object({ msgtype: z.literal('voice'), voice: file }),
	z.object({ msgtype: z.literal('video'), video: file }),
	z.object({ msgtype: z.literal('file'), file }),
	z.object({
		msgtype: z.literal('location'),
		location: z.object({
			latitude: z.number(),
			longitude: z.number(),
			name: text,
			address: text,
		}),
	}),
	z.object({
		msgtype: z.literal('link'),
		link: z.object({ title: text, desc: text, url: z.string(), pic_url: text }),
	}),
	z.object({
		msgtype: z.literal('business_card'),
		business_card: z.object({ userid: z.string() }),
	}),
	z.object({
		msgtype: z.literal('miniprogram'),
		miniprogram: z.object({ title: text, appid: z.string(), pagepath: text, thumb: file }),
	}),
	z.object({
		msgtype: z.literal('msgmenu'),
		msgmenu: z.object({
			head_content: text,
			list: z.array(z.object({ type: z.string() }).passthrough()).default([]),
			tail_content: text,
		}),
	}),
	z.object({
		msgtype: z.literal('channels_shop_product'),
		channels_shop_product: z.object({
			product_id: z.string(),
			head_image: text,
			title: text,
			sales_price: text,
			shop_nickname: text,
			shop_head_image: text,
		}),
	}),
	z.object({
		msgtype: z.literal('channels_shop_order'),
		channels_shop_order: z.object({
			order_id: z.string(),
			product_titles: text,
			price_wording: text,
			state: text,
			image_url: text,
			shop_nickname: text,
		}),
	}),
	z.object({
		msgtype: z.literal('channels'),
		channels: z.object({
			sub_type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
			nickname: text,
			title: z.string().optional(),
		}),
	}),
	z.object({
		msgtype: z.literal('merged_msg'),
		merged_msg: z.object({
			title: text,
			item: z.array(
				z.object({
					send_time: z.number().int(),
					/** A114: text in most notes, a number in one. */
					msgtype: z.union([z.string(), z.number()]),
					sender_name: z.string(),
					/** The message itself, which is sent as JSON text. */
					content: z.object({ msgtype: z.string() }).passthrough(),
				}),
			),
		}),
	}),
	z.object({ msgtype: z.literal('note'), note: z.object({}).default({}) }),
	// A115: their content is in no document.
	z.object({ msgtype: z.literal('meeting'), meeting: z.record(z.unknown()).default({}) }),
	z.object({ msgtype: z.literal('schedule'), schedule: z.record(z.unknown()).default({}) }),
	/** A type that no document knows. */
	z.object({ msgtype: z.literal('unknown'), unknown: z.record(z.unknown()).default({}) }),
]);

/** A message as it is written; a string is a text. */
export type Written = z.input<typeof writtenSchema> | string;

type WrittenMessage = z.output<typeof writtenSchema>;

/** Its type and content as `sync_msg` has them; files become media of 3 days (doc 94670). */
export function onTheWire(
	corp: Corp,
	written: Written,
	now: number,
): Pick<Row, 'msgtype' | 'content' | 'silkMediaId'> {
	const message = writtenSchema.parse(
		typeof written === 'string' ? { msgtype: 'text', text: { content: written } } : written,
	);
	const { msgtype } = message;
	switch (message.msgtype) {
		case 'image':
			return { msgtype, content: { media_id: keep(corp, 'image', message.image, now) } };
		case 'voice': {
			const silk = { name: 'voice.silk', content: SILK };
			return {
				msgtype,
				content: { media_id: keep(corp, 'voice', message.voice, now) },
				silkMediaId: keep(corp, 'voice', silk, now),
			};
		}
		case 'video':
			return { msgtype, content: { media_id: keep(corp, 'video', message.video, now) } };
		case 'file':
			return { msgtype, content: { media_id: keep(corp, 'file', message.file, now) } };
		case 'miniprogram': {
			const { thumb, ...content } = message.miniprogram;
			return {
				msgtype,
				content: { ...content, thumb_media_id: keep(corp, 'image', thumb, now) },
			};
		}
		case 'merged_msg':
			return { msgtype, content: mergedContent(message.merged_msg) };
		default:
			return { msgtype, content: contentOf(message) };
	}
}

function contentOf({ msgtype, ...named }: WrittenMessage): Content {
	return (named as Readonly<Record<string, Content>>)[msgtype] ?? {};
}

/** The messages within are JSON texts (doc 94670). */
function mergedContent({
	title,
	item,
}: Extract<WrittenMessage, { msgtype: 'merged_msg' }>['merged_msg']): Content {
	return {
		title,
		item: item.map(({ content, ...rest }) => ({ ...rest, msg_content: JSON.stringify(content) })),
	};
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');

const SILK = base64(Buffer.from('\u0002#!SILK_V3 sample'));

/** The smallest files that are what they say. */
const samples: Readonly<Record<MediaType, { name: string; mimeType: string; content: string }>> = {
	image: {
		name: 'photo.png',
		mimeType: 'image/png',
		content:
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	},
	voice: {
		name: 'voice.amr',
		mimeType: 'audio/amr',
		content: base64(Buffer.from('#!AMR\nsample')),
	},
	video: {
		name: 'video.mp4',
		mimeType: 'video/mp4',
		content: base64(Buffer.from('\0\0\0\u0018ftypmp42sample')),
	},
	file: {
		name: 'notes.txt',
		mimeType: 'application/octet-stream',
		content: base64(Buffer.from('A few notes of the customer')),
	},
};

/** Puts the file among the corp's temporary media and gives its ID. */
function keep(
	corp: Corp,
	type: MediaType,
	given: { name?: string; content?: string },
	now: number,
): string {
	const sample = samples[type];
	const mediaId = randomId(64);
	corp.media.set(mediaId, {
		mediaId,
		type,
		fileName: given.name ?? sample.name,
		mimeType: sample.mimeType,
		content: Buffer.from(given.content ?? sample.content, 'base64'),
		createdAt: now,
	});
	return mediaId;
}
