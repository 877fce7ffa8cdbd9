import type { ReplyContent } from '../../../shared/client/customerService/types';
import type { MediaSource } from '../../../shared/client/media/uploads';
import type { Field } from '../../../shared/fields/field';
import { read, requiredWhen, shownWhen } from '../../../shared/fields/field';
import { choiceField, filled, urlField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import { linkFields, miniProgramFields, readLink, readMiniProgram } from './cards';
import { locationFields, readLocation } from './location';
import { mediaFields, mediaReply, readMedia } from './media';
import { menuFields, readMenu } from './menu';
import { readText, textOfReply } from './text';

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

const acquisitionLink = urlField({
	displayName: 'Acquisition Link',
	name: 'acquisitionLink',
	placeholder: 'e.g. https://work.weixin.qq.com/ca/…',
	description: 'A link that was made with customer acquisition (获客助手)',
});

function requiredOf(
	types: ReadonlyArray<ReplyContent['msgtype']>,
	fields: ReadonlyArray<Field<unknown>>,
): Array<Field<unknown>> {
	return fields.flatMap((field) => requiredWhen(typeField, types, field));
}

function fieldsOf(
	types: ReadonlyArray<ReplyContent['msgtype']>,
	fields: ReadonlyArray<Field<unknown>>,
): Array<Field<unknown>> {
	return fields.map((field) => shownWhen(typeField, types, field));
}

export const replyFields = [
	typeField,
	...requiredOf(['text'], [textOfReply]),
	...requiredOf(['link'], linkFields.required),
	...fieldsOf(['link'], linkFields.others),
	...requiredOf(['miniprogram'], miniProgramFields.required),
	...fieldsOf(['miniprogram'], miniProgramFields.others),
	...fieldsOf(['file', 'image', 'link', 'miniprogram', 'video', 'voice'], mediaFields),
	...fieldsOf(['msgmenu'], menuFields),
	...fieldsOf(['location'], locationFields),
	...requiredOf(['ca_link'], [acquisitionLink]),
];

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
