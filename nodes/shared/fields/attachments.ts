import type { IDataObject } from 'n8n-workflow';

import { LINK_BYTES, MAX_MINIPROGRAM_TITLE_BYTES } from '../client/massMessages/limits';
import type { AttachmentDraft } from '../client/massMessages/draft';
import type { MediaType } from '../client/media/types';
import { kindOf } from '../client/media/fileRules';
import type { MediaSource } from '../client/media/uploads';
import type { ItemInput, OperationContext } from '../operation/operation';
import type { Field } from './field';
import { readEntry, shownWhen, variant } from './field';
import { binaryField, fileSource, fromBinary, fromMediaId, mediaIdField, readFile } from './file';
import { choiceField, entriesField, filled, textField, urlField } from './kinds';

const fromPictureUrl = {
	name: 'Picture URL',
	value: 'pictureUrl',
	description: 'A URL that Media > Upload returned for a picture',
} as const;

const typeField = choiceField({
	displayName: 'Attachment Type',
	name: 'type',
	options: [
		{
			name: 'Any Input File',
			value: 'any',
			description: 'An image, video or file, depending on the type of the binary data',
		},
		{ name: 'File', value: 'file', description: 'Any format, up to 20 MB' },
		{ name: 'Image', value: 'image', description: 'JPG or PNG, up to 10 MB' },
		{ name: 'Link', value: 'link', description: 'A card that opens a web page' },
		{
			name: 'Mini Program',
			value: 'miniprogram',
			description: 'A card that opens a page of a mini program',
		},
		{ name: 'Video', value: 'video', description: 'MP4, up to 10 MB' },
	],
	default: 'link',
});

const coverSource = choiceField({
	displayName: 'Cover Source',
	name: 'source',
	options: [fromBinary, fromMediaId],
	default: 'binary',
	description: 'Where the cover picture comes from. JPG or PNG, ideally 520 × 416 pixels.',
});

const imageSource = choiceField({
	displayName: 'Image Source',
	name: 'source',
	options: [fromBinary, fromMediaId, fromPictureUrl],
	default: 'binary',
	description: 'Where the image comes from',
});

const linkTitle = textField({
	displayName: 'Link Title',
	name: 'title',
	maxBytes: LINK_BYTES.title,
	description: 'Up to 128 bytes in UTF-8',
});

const linkUrl = urlField({
	displayName: 'Link URL',
	name: 'url',
	maxBytes: LINK_BYTES.url,
	placeholder: 'e.g. https://example.com/catalogue',
	description: 'The page that the link opens',
});

const linkDescription = textField({
	displayName: 'Preview Description',
	name: 'desc',
	maxBytes: LINK_BYTES.desc,
	description: 'Up to 512 bytes in UTF-8',
});

const linkPictureUrl = urlField({
	displayName: 'Preview Picture URL',
	name: 'picurl',
	maxBytes: LINK_BYTES.picurl,
	placeholder: 'e.g. https://example.com/cover.png',
	description: 'Shown beside the title',
});

const appIdField = textField({
	displayName: 'Mini Program App ID',
	name: 'appid',
	placeholder: 'e.g. wx0123456789abcdef',
	description: 'The mini program must be linked to your corporation',
});

const pageField = textField({
	displayName: 'Mini Program Page',
	name: 'page',
	placeholder: 'e.g. /pages/index',
	description: 'Path of the page that opens',
});

const miniProgramTitle = textField({
	displayName: 'Mini Program Title',
	name: 'miniprogramTitle',
	maxBytes: MAX_MINIPROGRAM_TITLE_BYTES,
	description: 'Up to 64 bytes in UTF-8',
});

const pictureUrlField = urlField({
	displayName: 'Picture URL',
	name: 'pictureUrl',
	description: 'The URL that Media > Upload returned for a picture. WeCom refuses any other.',
});

const coverFile = variant(binaryField, {
	hint: 'The name of the input binary field containing the cover picture',
});

/** Attachments of a message. The fields of one are sorted by name, as n8n wants it. */
export const attachmentsField = entriesField({
	displayName: 'Attachments',
	name: 'attachments',
	sortable: true,
	placeholder: 'Add Attachment',
	description: 'Up to 9, sent after the text in this order',
	entry: {
		displayName: 'Attachment',
		name: 'attachment',
		fields: [
			typeField,
			shownWhen(typeField, ['miniprogram'], coverSource),
			shownWhen(typeField, ['file', 'video'], fileSource),
			shownWhen(typeField, ['image'], imageSource),
			shownWhen(typeField, ['any'], binaryField),
			shownWhen(
				typeField,
				['file', 'image', 'video'],
				shownWhen(imageSource, ['binary'], binaryField),
			),
			shownWhen(typeField, ['miniprogram'], shownWhen(coverSource, ['binary'], coverFile)),
			shownWhen(typeField, ['link'], linkTitle),
			shownWhen(typeField, ['link'], linkUrl),
			shownWhen(
				typeField,
				['file', 'image', 'miniprogram', 'video'],
				shownWhen(imageSource, ['mediaId'], mediaIdField),
			),
			shownWhen(typeField, ['miniprogram'], appIdField),
			shownWhen(typeField, ['miniprogram'], pageField),
			shownWhen(typeField, ['miniprogram'], miniProgramTitle),
			shownWhen(typeField, ['image'], shownWhen(imageSource, ['pictureUrl'], pictureUrlField)),
			shownWhen(typeField, ['link'], linkDescription),
			shownWhen(typeField, ['link'], linkPictureUrl),
		],
	},
});

/**
 * An attachment whose file is read and checked, not yet uploaded.
 *
 * @param position names the attachment in errors, from 1
 * @throws WeComInputError
 */
export async function readAttachment(
	entry: IDataObject,
	position: number,
	item: ItemInput,
	uploads: OperationContext['uploads'],
): Promise<AttachmentDraft> {
	const readField = <T>(field: Field<T>) => readEntry(entry, field, ` in attachment ${position}`);
	const required = (field: Field<string>) => readField(filled(field));
	const media = async (source: 'binary' | 'mediaId', kind: MediaType): Promise<MediaSource> =>
		source === 'mediaId'
			? { mediaId: required(mediaIdField) }
			: { file: await readFile(item, uploads, readField(binaryField), kind) };

	const type = readField(typeField);
	switch (type) {
		case 'link': {
			const link = { title: required(linkTitle), url: required(linkUrl) };
			const picurl = readField(linkPictureUrl);
			const desc = readField(linkDescription);
			return {
				msgtype: 'link',
				link: { ...link, ...(picurl !== '' && { picurl }), ...(desc !== '' && { desc }) },
			};
		}
		case 'miniprogram': {
			const title = required(miniProgramTitle);
			const cover = await media(readField(coverSource), 'image');
			const appid = required(appIdField);
			const page = required(pageField);
			return { msgtype: 'miniprogram', title, cover, appid, page };
		}
		case 'image': {
			const source = readField(imageSource);
			return source === 'pictureUrl'
				? { msgtype: 'image', pictureUrl: required(pictureUrlField) }
				: { msgtype: 'image', media: await media(source, 'image') };
		}
		case 'file':
		case 'video':
			return { msgtype: type, media: await media(readField(fileSource), type) };
		case 'any': {
			const file = await readFile(item, uploads, readField(binaryField), kindOf);
			return { msgtype: file.kind, media: { file } };
		}
	}
}
