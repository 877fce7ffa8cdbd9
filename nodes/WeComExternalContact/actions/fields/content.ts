import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../client/errors';
import { LINK_BYTES, MAX_ATTACHMENTS, MAX_TEXT_BYTES } from '../../client/limits';
import type { AddMsgTemplateRequest, Attachment } from '../../client/types';
import type { ItemInput } from '../operation';

export type Content = Pick<AddMsgTemplateRequest, 'text' | 'attachments'>;

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
				values: [
					{
						displayName: 'Attachment Type',
						name: 'type',
						type: 'options',
						options: [{ name: 'Link', value: 'link' }],
						default: 'link',
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
				],
			},
		],
	},
];

/**
 * The content of a message, checked against WeCom's limits and never truncated.
 *
 * @throws WeComInputError
 */
export function readContent(item: ItemInput): Content {
	const text = String(item.parameter('text') ?? '');
	const collection = (item.parameter('attachments') ?? {}) as { attachment?: IDataObject[] };
	const attachments = (collection.attachment ?? []).map(readLink);

	if (text.trim() === '' && attachments.length === 0) {
		throw new WeComInputError(
			'The message is empty',
			'Fill in Message or add an attachment. If Message is an expression, it resolved to nothing for this item.',
		);
	}
	checkBytes('Message', text, MAX_TEXT_BYTES);
	if (attachments.length > MAX_ATTACHMENTS) {
		throw new WeComInputError(
			`The message has ${attachments.length} attachments`,
			`WeCom allows ${MAX_ATTACHMENTS}. Remove some, or send two messages.`,
		);
	}
	return {
		...(text.trim() === '' ? {} : { text: { content: text } }),
		...(attachments.length === 0 ? {} : { attachments }),
	};
}

function readLink(values: IDataObject, position: number): Attachment {
	const where = `Attachment ${position + 1}`;
	const read = (name: keyof typeof LINK_BYTES, label: string) => {
		const value = String(values[name] ?? '').trim();
		checkBytes(`${where}: ${label}`, value, LINK_BYTES[name]);
		return value;
	};
	const link = {
		title: read('title', 'Link Title'),
		url: read('url', 'Link URL'),
		desc: read('desc', 'Preview Description'),
		picurl: read('picurl', 'Preview Picture URL'),
	};
	demand(`${where}: Link Title`, link.title);
	demand(`${where}: Link URL`, link.url);
	return {
		msgtype: 'link',
		link: {
			title: link.title,
			url: link.url,
			...(link.picurl === '' ? {} : { picurl: link.picurl }),
			...(link.desc === '' ? {} : { desc: link.desc }),
		},
	};
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

function demand(field: string, value: string): void {
	if (value !== '') return;
	throw new WeComInputError(
		`${field} is empty`,
		'Fill it in. If it is an expression, it resolved to nothing for this item.',
	);
}
