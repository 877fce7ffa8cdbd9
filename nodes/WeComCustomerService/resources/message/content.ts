import type { MediaSource } from '../../../shared/client/media/uploads';
import type { MediaType } from '../../../shared/client/media/types';
import {
	LINK_BYTES,
	MAX_MINIPROGRAM_TITLE_BYTES,
} from '../../../shared/client/customerService/limits';
import type { EventReply, ReplyContent } from '../../../shared/client/customerService/types';
import { WeComInputError } from '../../../shared/client/core/errors';
import type { Field } from '../../../shared/fields/field';
import { labelOf, read, shownWhen, variant } from '../../../shared/fields/field';
import { binaryField, readFile } from '../../../shared/fields/file';
import {
	choiceField,
	filled,
	idField,
	numberField,
	textField,
	urlField,
} from '../../../shared/fields/kinds';
import { checkSendable } from '../../../shared/fields/textLimits';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import { menuFields, readMenu } from './menu';

const typeField = choiceField({
	displayName: 'Message Type',
	name: 'messageType',
	options: [
		{
			name: 'Acquisition Link',
			value: 'ca_link',
			description: 'A link of customer acquisition (获客助手), to add a member as a contact',
		},
		{ name: 'File', value: 'file', description: 'Any format, up to 20 MB' },
		{ name: 'Image', value: 'image', description: 'JPG or PNG, up to 10 MB' },
		{ name: 'Link', value: 'link', description: 'A card that opens a web page' },
		{ name: 'Location', value: 'location', description: 'A place on the map' },
		{ name: 'Menu', value: 'msgmenu', description: 'A text with entries to click' },
		{
			name: 'Mini Program',
			value: 'miniprogram',
			description: 'A card that opens a page of a mini program',
		},
		{ name: 'Text', value: 'text', description: 'One text, in several messages if it is long' },
		{ name: 'Video', value: 'video', description: 'MP4, up to 10 MB' },
		{ name: 'Voice', value: 'voice', description: 'AMR, up to 2 MB and 60 seconds' },
	],
	default: 'text',
	description: 'What to send',
});

const textOfReply = textField({
	displayName: 'Message',
	name: 'text',
	rows: 4,
	description:
		'The text the customer receives. More than 2,048 bytes in UTF-8, about 680 Chinese characters, become several messages.',
});

const requiredText = filled(textOfReply, { so: 'so the customer would get nothing' });

const sourceField = choiceField({
	displayName: 'File Source',
	name: 'source',
	options: [
		{
			name: 'Input Data Field',
			value: 'binary',
			description: 'A binary field of the input item, uploaded for you',
		},
		{
			name: 'Media ID',
			value: 'mediaId',
			description: 'A file that was uploaded less than 3 days ago',
		},
	],
	default: 'binary',
	description: 'Where the file, or the picture of a card, comes from',
});

const mediaIdField = idField({
	kind: 'media',
	displayName: 'Media ID',
	name: 'mediaId',
	description: 'The media_id of an upload of the same corporation. It is valid for 3 days.',
});

const linkTitle = textField({
	displayName: 'Title',
	name: 'linkTitle',
	maxBytes: LINK_BYTES.title,
	description: 'Up to 128 bytes in UTF-8',
});

const linkUrl = urlField({
	displayName: 'Link URL',
	name: 'linkUrl',
	maxBytes: LINK_BYTES.url,
	placeholder: 'e.g. https://example.com/guide',
	description: 'The page that the link opens',
});

const linkDescription = textField({
	displayName: 'Description',
	name: 'linkDescription',
	maxBytes: LINK_BYTES.desc,
	description: 'Up to 512 bytes in UTF-8. Can stay empty.',
});

const appIdField = textField({
	displayName: 'Mini Program App ID',
	name: 'appid',
	placeholder: 'e.g. wx0123456789abcdef',
	description: 'The mini program must be linked to your corporation',
});

const miniProgramTitle = textField({
	displayName: 'Mini Program Title',
	name: 'miniprogramTitle',
	maxBytes: MAX_MINIPROGRAM_TITLE_BYTES,
	description: 'Up to 64 bytes in UTF-8. Can stay empty.',
});

const pageText = textField({
	displayName: 'Mini Program Page',
	name: 'page',
	placeholder: 'e.g. pages/index.html',
	description: 'Path of the page that opens. It must end with .html.',
});

const pageField: Field<string> = {
	...pageText,
	parse(value, label) {
		const page = pageText.parse(value, label);
		if (page === '' || /\.html(\?.*)?$/.test(page)) return page;
		throw new WeComInputError(
			`${label} must end with .html`,
			'WeCom opens a mini program from customer service only so: pages/index becomes pages/index.html.',
		);
	},
};

const placeName = textField({
	displayName: 'Place Name',
	name: 'placeName',
	placeholder: 'e.g. Tea shop',
	description: 'Can stay empty',
});

const placeAddress = textField({
	displayName: 'Address',
	name: 'placeAddress',
	description: 'Can stay empty',
});

const latitudeField = numberField({
	displayName: 'Latitude',
	name: 'latitude',
	min: -90,
	max: 90,
	default: 0,
	description: 'Degrees, from -90 to 90',
});

const longitudeField = numberField({
	displayName: 'Longitude',
	name: 'longitude',
	min: -180,
	max: 180,
	default: 0,
	description: 'Degrees, from -180 to 180',
});

const acquisitionLink = urlField({
	displayName: 'Acquisition Link',
	name: 'acquisitionLink',
	placeholder: 'e.g. https://work.weixin.qq.com/ca/…',
	description: 'A link that was made with customer acquisition (获客助手)',
});

const MEDIA_TYPES = ['file', 'image', 'video', 'voice'] as const;
const WITH_FILE = [...MEDIA_TYPES, 'link', 'miniprogram'] as const;

function of(types: ReadonlyArray<ReplyContent['msgtype']>, field: Field<unknown>) {
	return shownWhen(typeField, types, field);
}

export const replyFields = [
	typeField,
	of(['text'], textOfReply),
	of(['link'], linkTitle),
	of(['link'], linkUrl),
	of(['link'], linkDescription),
	of(['miniprogram'], appIdField),
	of(['miniprogram'], pageField),
	of(['miniprogram'], miniProgramTitle),
	of(WITH_FILE, sourceField),
	of(WITH_FILE, shownWhen(sourceField, ['binary'], binaryField)),
	of(WITH_FILE, shownWhen(sourceField, ['mediaId'], mediaIdField)),
	...menuFields.map((field) => of(['msgmenu'], field)),
	of(['location'], latitudeField),
	of(['location'], longitudeField),
	of(['location'], placeName),
	of(['location'], placeAddress),
	of(['ca_link'], acquisitionLink),
];

const eventTypeField = choiceField({
	displayName: 'Message Type',
	name: 'messageType',
	options: [
		{
			name: 'Menu',
			value: 'msgmenu',
			description: 'A text with entries to click; for a welcome and at the end of a session',
		},
		{ name: 'Text', value: 'text', description: 'One text of up to 2,048 bytes' },
	],
	default: 'text',
	description: 'What to send',
});

const textOnEvent = variant(textOfReply, {
	description: 'The text the customer receives: up to 2,048 bytes in UTF-8',
});

/** The code of an event allows one message, of fewer types. */
export const eventReplyFields = [
	eventTypeField,
	shownWhen(eventTypeField, ['text'], textOnEvent),
	...menuFields.map((field) => shownWhen(eventTypeField, ['msgmenu'], field)),
];

export function readEventReply(item: ItemInput): EventReply {
	return read(item, eventTypeField) === 'text' ? readText(item) : readMenu(item);
}

/** What to send to a customer. A text may become several messages; anything else is one. */
export type Reply =
	| { readonly msgtype: 'text'; readonly text: string }
	| {
			readonly msgtype: Exclude<ReplyContent['msgtype'], 'text'>;
			/** Uploads its file if necessary. */
			readonly toContent: (
				mediaIdOf: (source: MediaSource) => Promise<string>,
			) => Promise<ReplyContent>;
	  };

/** What an item wants to send, checked against WeCom's limits. Its file is not uploaded yet. */
export async function readReply(item: ItemInput, context: OperationContext): Promise<Reply> {
	const type = read(item, typeField);
	switch (type) {
		case 'text':
			return { msgtype: 'text', text: readText(item).text.content };
		case 'msgmenu':
			return withoutFile(type, readMenu(item));
		case 'location':
			return withoutFile(type, readLocation(item));
		case 'ca_link': {
			const ca_link = { link_url: read(item, filled(acquisitionLink)) };
			return withoutFile(type, { msgtype: 'ca_link', ca_link });
		}
		case 'link':
		case 'miniprogram': {
			const card = type === 'link' ? readLink(item) : readMiniProgram(item);
			const picture = await readMedia(item, context, 'image');
			return { msgtype: type, toContent: async (idOf) => card(await idOf(picture)) };
		}
		case 'image':
		case 'video':
		case 'file':
		case 'voice': {
			const file = await readMedia(item, context, type);
			return { msgtype: type, toContent: async (idOf) => mediaReply(type, await idOf(file)) };
		}
	}
}

function withoutFile(msgtype: 'msgmenu' | 'location' | 'ca_link', content: ReplyContent): Reply {
	return { msgtype, toContent: async () => await Promise.resolve(content) };
}

function readText(item: ItemInput): Extract<EventReply, { msgtype: 'text' }> {
	const content = read(item, requiredText);
	checkSendable(content, labelOf(requiredText));
	return { msgtype: 'text', text: { content } };
}

function readLocation(item: ItemInput): ReplyContent {
	const name = read(item, placeName);
	const address = read(item, placeAddress);
	return {
		msgtype: 'location',
		location: {
			...(name !== '' && { name }),
			...(address !== '' && { address }),
			latitude: read(item, latitudeField),
			longitude: read(item, longitudeField),
		},
	};
}

function readLink(item: ItemInput): (thumb_media_id: string) => ReplyContent {
	const title = read(item, filled(linkTitle));
	const url = read(item, filled(linkUrl));
	const desc = read(item, linkDescription);
	const link = { title, ...(desc !== '' && { desc }), url };
	return (thumb_media_id) => ({ msgtype: 'link', link: { ...link, thumb_media_id } });
}

function readMiniProgram(item: ItemInput): (thumb_media_id: string) => ReplyContent {
	const appid = read(item, filled(appIdField));
	const title = read(item, miniProgramTitle);
	const pagepath = read(item, filled(pageField));
	const miniprogram = { appid, ...(title !== '' && { title }), pagepath };
	return (thumb_media_id) => ({
		msgtype: 'miniprogram',
		miniprogram: { ...miniprogram, thumb_media_id },
	});
}

async function readMedia(
	item: ItemInput,
	{ uploads }: OperationContext,
	kind: MediaType,
): Promise<MediaSource> {
	return read(item, sourceField) === 'mediaId'
		? { mediaId: read(item, filled(mediaIdField)) }
		: { file: await readFile(item, uploads, read(item, binaryField), kind) };
}

function mediaReply(type: MediaType, media_id: string): ReplyContent {
	switch (type) {
		case 'image':
			return { msgtype: 'image', image: { media_id } };
		case 'video':
			return { msgtype: 'video', video: { media_id } };
		case 'file':
			return { msgtype: 'file', file: { media_id } };
		case 'voice':
			return { msgtype: 'voice', voice: { media_id } };
	}
}
