import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import {
	LINK_BYTES,
	MAX_ATTACHMENTS,
	MAX_MINIPROGRAM_TITLE_BYTES,
	MAX_TEXT_BYTES,
} from '../client/massMessages/limits';
import { kindOf } from '../client/media/uploads';
import type { AddMsgTemplateRequest, Attachment } from '../client/massMessages/types';
import type { MediaType } from '../client/media/types';
import type { ItemInput, OperationContext } from '../operation/operation';
import { asChoice } from './choice';
import { binaryFieldName, readFile } from './file';
import { asEntries, asText, nothingIn } from './read';

export type Content = Pick<AddMsgTemplateRequest, 'text' | 'attachments'>;

/** Where the file of an attachment comes from; a picture URL is for images only. */
type Source = 'binary' | 'mediaId' | 'pictureUrl';

const fromBinary = {
	name: 'Input Data Field',
	value: 'binary' satisfies Source,
	description: 'A binary field of the input item, uploaded for you',
};
const fromMediaId = {
	name: 'Media ID',
	value: 'mediaId' satisfies Source,
	description: 'A file that was uploaded less than 3 days ago',
};
const fromPictureUrl = {
	name: 'Picture URL',
	value: 'pictureUrl' satisfies Source,
	description: 'A URL that Media: Upload returned for a picture',
};

/** Sorted by name as n8n wants it; the names are chosen so that this order reads well for each type. */
const attachmentValues: INodeProperties[] = [
	{
		displayName: 'Attachment Type',
		name: 'type',
		type: 'options',
		options: [
			{
				name: 'Any Input File',
				value: 'any',
				description: 'An image, video or file, told by the type of the binary data',
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
	},
	{
		displayName: 'Cover Source',
		name: 'source',
		type: 'options',
		options: [fromBinary, fromMediaId],
		default: 'binary',
		description: 'Where the cover picture comes from. JPG or PNG, best with 520 × 416 pixels.',
		displayOptions: { show: { type: ['miniprogram'] } },
	},
	{
		displayName: 'File Source',
		name: 'source',
		type: 'options',
		options: [fromBinary, fromMediaId],
		default: 'binary',
		description: 'Where the file comes from',
		displayOptions: { show: { type: ['file', 'video'] } },
	},
	{
		displayName: 'Image Source',
		name: 'source',
		type: 'options',
		options: [fromBinary, fromMediaId, fromPictureUrl],
		default: 'binary',
		description: 'Where the image comes from',
		displayOptions: { show: { type: ['image'] } },
	},
	{
		...binaryFieldName,
		displayOptions: { show: { type: ['any'] } },
	},
	{
		...binaryFieldName,
		displayOptions: { show: { type: ['file', 'image', 'video'], source: ['binary'] } },
	},
	{
		...binaryFieldName,
		hint: 'The name of the input binary field containing the cover picture',
		displayOptions: { show: { type: ['miniprogram'], source: ['binary'] } },
	},
	{
		displayName: 'Link Title',
		name: 'title',
		type: 'string',
		default: '',
		description: 'Up to 128 bytes in UTF-8',
		displayOptions: { show: { type: ['link'] } },
	},
	{
		displayName: 'Link URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/catalogue',
		description: 'The page the link opens',
		displayOptions: { show: { type: ['link'] } },
	},
	{
		displayName: 'Media ID',
		name: 'mediaId',
		type: 'string',
		default: '',
		description: 'From Media: Upload of the same corporation. It lives for 3 days.',
		displayOptions: {
			show: { type: ['file', 'image', 'miniprogram', 'video'], source: ['mediaId'] },
		},
	},
	{
		displayName: 'Mini Program App ID',
		name: 'appid',
		type: 'string',
		default: '',
		placeholder: 'e.g. wx0123456789abcdef',
		description: 'The mini program must be linked to the corporation',
		displayOptions: { show: { type: ['miniprogram'] } },
	},
	{
		displayName: 'Mini Program Page',
		name: 'page',
		type: 'string',
		default: '',
		placeholder: 'e.g. /pages/index',
		description: 'Path of the page that opens',
		displayOptions: { show: { type: ['miniprogram'] } },
	},
	{
		displayName: 'Mini Program Title',
		name: 'miniprogramTitle',
		type: 'string',
		default: '',
		description: 'Up to 64 bytes in UTF-8',
		displayOptions: { show: { type: ['miniprogram'] } },
	},
	{
		displayName: 'Picture URL',
		name: 'pictureUrl',
		type: 'string',
		default: '',
		description: 'The URL that Media: Upload returned for a picture. WeCom refuses any other.',
		displayOptions: { show: { type: ['image'], source: ['pictureUrl'] } },
	},
	{
		displayName: 'Preview Description',
		name: 'desc',
		type: 'string',
		default: '',
		description: 'Up to 512 bytes in UTF-8',
		displayOptions: { show: { type: ['link'] } },
	},
	{
		displayName: 'Preview Picture URL',
		name: 'picurl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/cover.png',
		description: 'Shown beside the title',
		displayOptions: { show: { type: ['link'] } },
	},
];

/** What a mass message says: a text, attachments in the builder's order, or both. */
export const contentFields: INodeProperties[] = [
	{
		displayName: 'Message',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Hello, our autumn catalogue is here.',
		description:
			'The text the customer receives, up to 4,000 bytes in UTF-8: about 1,300 Chinese characters. May stay empty if there is an attachment.',
	},
	{
		displayName: 'Attachments',
		name: 'attachments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		placeholder: 'Add Attachment',
		description: 'Up to 9, sent after the text in this order',
		options: [
			{
				displayName: 'Attachment',
				name: 'attachment',
				values: attachmentValues,
			},
		],
	},
];

/**
 * The content of a message, checked against WeCom's limits and never truncated. Files are read and checked, not
 * uploaded: `uploads.fill` does that once it is sure that the message is wanted.
 *
 * @throws WeComInputError
 */
export async function readContent(
	item: ItemInput,
	uploads: OperationContext['uploads'],
): Promise<Content> {
	const given = item.parameter('text');
	const text = asText(given ?? '', 'Message');
	const wanted = asEntries(item.parameter('attachments'), 'attachment', 'Attachments');

	if (text.trim() === '' && wanted.length === 0) {
		throw nothingIn('The message is empty', 'Fill in Message or add an attachment.');
	}
	if (given === undefined || given === null) {
		throw nothingIn('Message has no value', 'For attachments alone, let it give an empty text.');
	}
	checkBytes('Message', text, MAX_TEXT_BYTES);
	if (wanted.length > MAX_ATTACHMENTS) {
		throw new WeComInputError(
			`The message has ${wanted.length} attachments`,
			`WeCom allows ${MAX_ATTACHMENTS}. Remove some, or send two messages. One expression cannot stand for all attachments: n8n takes each of its characters for one.`,
		);
	}
	const attachments: Attachment[] = [];
	for (const [index, values] of wanted.entries()) {
		attachments.push(await readAttachment(new Fields(values, index + 1), item, uploads));
	}
	return {
		...(text.trim() === '' ? {} : { text: { content: text } }),
		...(attachments.length === 0 ? {} : { attachments }),
	};
}

async function readAttachment(
	fields: Fields,
	item: ItemInput,
	uploads: OperationContext['uploads'],
): Promise<Attachment> {
	const source = <S extends Source>(...also: S[]) =>
		fields.choice('source', 'the source', 'binary', ['binary', 'mediaId', ...also]);
	const mediaId = async (from: 'binary' | 'mediaId', type: MediaType) =>
		from === 'mediaId'
			? fields.required('mediaId', 'Media ID')
			: uploads.reserve(await readFile(item, uploads, fields.value('binaryField'), type));
	const type = fields.choice('type', 'the type', 'link', [
		'any',
		'file',
		'image',
		'link',
		'miniprogram',
		'video',
	]);
	switch (type) {
		case 'link':
			return readLink(fields);
		case 'miniprogram':
			return {
				msgtype: 'miniprogram',
				miniprogram: {
					title: fields.required(
						'miniprogramTitle',
						'Mini Program Title',
						MAX_MINIPROGRAM_TITLE_BYTES,
					),
					pic_media_id: await mediaId(source(), 'image'),
					appid: fields.required('appid', 'Mini Program App ID'),
					page: fields.required('page', 'Mini Program Page'),
				},
			};
		case 'image': {
			const from = source('pictureUrl');
			return from === 'pictureUrl'
				? { msgtype: 'image', image: { pic_url: fields.required('pictureUrl', 'Picture URL') } }
				: toAttachment('image', await mediaId(from, 'image'));
		}
		case 'file':
			return toAttachment('file', await mediaId(source(), 'file'));
		case 'video':
			return toAttachment('video', await mediaId(source(), 'video'));
		case 'any': {
			const file = await readFile(item, uploads, fields.value('binaryField'), kindOf);
			return toAttachment(file.kind, uploads.reserve(file));
		}
	}
}

function toAttachment(type: MediaType, media_id: string): Attachment {
	switch (type) {
		case 'image':
			return { msgtype: 'image', image: { media_id } };
		case 'video':
			return { msgtype: 'video', video: { media_id } };
		case 'file':
			return { msgtype: 'file', file: { media_id } };
	}
}

function readLink(fields: Fields): Attachment {
	const title = fields.required('title', 'Link Title', LINK_BYTES.title);
	const url = fields.required('url', 'Link URL', LINK_BYTES.url);
	const desc = fields.text('desc', 'Preview Description', LINK_BYTES.desc);
	const picurl = fields.text('picurl', 'Preview Picture URL', LINK_BYTES.picurl);
	return {
		msgtype: 'link',
		link: {
			title,
			url,
			...(picurl === '' ? {} : { picurl }),
			...(desc === '' ? {} : { desc }),
		},
	};
}

/** What the builder filled in for one attachment; errors name its position. */
class Fields {
	readonly where: string;

	constructor(
		private readonly values: IDataObject,
		position: number,
	) {
		this.where = `Attachment ${position}`;
	}

	value(name: string): unknown {
		return this.values[name];
	}

	/** An option; n8n leaves out those that were not changed. */
	choice<T extends string>(name: string, label: string, unchanged: T, values: readonly T[]): T {
		const value = name in this.values ? this.values[name] : unchanged;
		return asChoice(value, `${this.where}: ${label}`, values);
	}

	text(name: string, label: string, maxBytes = Infinity): string {
		const value = asText(this.values[name] ?? '', `${this.where}: ${label}`).trim();
		checkBytes(`${this.where}: ${label}`, value, maxBytes);
		return value;
	}

	required(name: string, label: string, maxBytes?: number): string {
		const value = this.text(name, label, maxBytes);
		if (value !== '') return value;
		throw nothingIn(`${this.where}: ${label} is empty`, 'Fill it in.');
	}
}

/** UTF-8 bytes of a text; WeCom counts a Chinese character as three. */
export function bytesOf(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

function checkBytes(field: string, value: string, limit: number): void {
	const bytes = bytesOf(value);
	if (bytes <= limit) return;
	throw new WeComInputError(
		`${field} is too long: ${bytes} bytes`,
		`WeCom allows ${limit} bytes in UTF-8, where a Chinese character counts three. Shorten it by ${bytes - limit} bytes.`,
	);
}
