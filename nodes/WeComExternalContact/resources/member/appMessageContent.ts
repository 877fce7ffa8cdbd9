import type { IDataObject } from 'n8n-workflow';

import {
	ARTICLE_BYTES,
	MAX_APP_TEXT_BYTES,
	MAX_ARTICLES,
	MAX_BUTTON_CHARACTERS,
	TEXT_CARD_BYTES,
	VIDEO_BYTES,
} from '../../../shared/client/appMessages/limits';
import type { AppMessageContent } from '../../../shared/client/appMessages/message';
import type { Article } from '../../../shared/client/appMessages/types';
import { WeComInputError } from '../../../shared/client/core/errors';
import type { MediaType } from '../../../shared/client/media/types';
import type { MediaSource } from '../../../shared/client/media/uploads';
import type { Field } from '../../../shared/fields/field';
import { read, readEntry, requiredWhen, shownWhen } from '../../../shared/fields/field';
import { fileSource, mediaIdField, readSource, sourceFields } from '../../../shared/fields/file';
import {
	choiceField,
	entriesField,
	filled,
	textField,
	urlField,
} from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

const typeField = choiceField({
	displayName: 'Message Type',
	name: 'appMessageType',
	options: [
		{ name: 'File', value: 'file', description: 'Any format, up to 20 MB' },
		{ name: 'Image', value: 'image', description: 'JPG or PNG, up to 10 MB' },
		{
			name: 'Markdown',
			value: 'markdown',
			description: 'Text with headings, bold, links and colors. Shows in WeCom, not in WeChat.',
		},
		{
			name: 'News',
			value: 'news',
			description: 'Up to 8 articles, each with a picture and a link',
		},
		{
			name: 'Text',
			value: 'text',
			description: 'May contain links: &lt;a href="…"&gt;…&lt;/a&gt;',
		},
		{
			name: 'Text Card',
			value: 'textcard',
			description: 'A title, a text and a button with a link',
		},
		{ name: 'Video', value: 'video', description: 'MP4, up to 10 MB' },
	],
	default: 'text',
});

const messageField = filled(
	textField({
		displayName: 'Message',
		name: 'appText',
		rows: 4,
		maxBytes: MAX_APP_TEXT_BYTES,
		placeholder: 'e.g. Three tasks are waiting for your confirmation.',
		description: 'Up to 2,048 bytes in UTF-8, about 680 Chinese characters',
	}),
);

const cardTitle = filled(
	textField({
		displayName: 'Title',
		name: 'cardTitle',
		maxBytes: TEXT_CARD_BYTES.title,
		description: 'Up to 128 bytes in UTF-8',
	}),
);

const cardDescription = filled(
	textField({
		displayName: 'Card Text',
		name: 'cardDescription',
		rows: 3,
		maxBytes: TEXT_CARD_BYTES.description,
		description: 'Up to 512 bytes in UTF-8',
	}),
);

const cardUrl = filled(
	urlField({
		displayName: 'URL',
		name: 'cardUrl',
		maxBytes: TEXT_CARD_BYTES.url,
		placeholder: 'e.g. https://example.com/report',
		description: 'The page that the card opens',
	}),
);

const cardButton = textField({
	displayName: 'Button Text',
	name: 'cardButton',
	maxCharacters: MAX_BUTTON_CHARACTERS,
	description: 'Up to 4 characters; WeCom shows its own word where this is empty',
});

const articleFields = {
	description: textField({
		displayName: 'Description',
		name: 'description',
		maxBytes: ARTICLE_BYTES.description,
		description: 'Up to 512 bytes in UTF-8',
	}),
	picurl: urlField({
		displayName: 'Picture URL',
		name: 'picurl',
		placeholder: 'e.g. https://example.com/cover.png',
		description: 'JPG or PNG. Ideally 1068 × 455 pixels for the first article, 150 × 150 below.',
	}),
	title: filled(
		textField({
			displayName: 'Title',
			name: 'title',
			maxBytes: ARTICLE_BYTES.title,
			description: 'Up to 128 bytes in UTF-8',
		}),
	),
	url: filled(
		urlField({
			displayName: 'URL',
			name: 'url',
			maxBytes: ARTICLE_BYTES.url,
			placeholder: 'e.g. https://example.com/catalogue',
			description: 'The page that the article opens',
		}),
	),
};

const articlesField = filled(
	entriesField({
		displayName: 'Articles',
		name: 'articles',
		sortable: true,
		atLeastOne: true,
		placeholder: 'Add Article',
		description: 'Up to 8; the first one is shown large',
		entry: {
			displayName: 'Article',
			name: 'article',
			fields: [
				articleFields.description,
				articleFields.picurl,
				articleFields.title,
				articleFields.url,
			],
		},
	}),
	{ remedy: 'Add an article.' },
);

const videoTitle = textField({
	displayName: 'Title',
	name: 'videoTitle',
	maxBytes: VIDEO_BYTES.title,
	description: 'Up to 128 bytes in UTF-8',
});

const videoDescription = textField({
	displayName: 'Video Description',
	name: 'videoDescription',
	maxBytes: VIDEO_BYTES.description,
	description: 'Up to 512 bytes in UTF-8',
});

/** What an application message says. */
export const appMessageContentFields = [
	typeField,
	...requiredWhen(typeField, ['text', 'markdown'], messageField),
	...requiredWhen(typeField, ['textcard'], cardTitle),
	...requiredWhen(typeField, ['textcard'], cardDescription),
	...requiredWhen(typeField, ['textcard'], cardUrl),
	shownWhen(typeField, ['textcard'], cardButton),
	...requiredWhen(typeField, ['news'], articlesField),
	...sourceFields(fileSource, mediaIdField).map((field) =>
		shownWhen(typeField, ['file', 'image', 'video'], field),
	),
	shownWhen(typeField, ['video'], videoTitle),
	shownWhen(typeField, ['video'], videoDescription),
];

/**
 * The content of an application message, checked against WeCom's limits and never cut. A file is read and checked, not
 * uploaded.
 *
 * @throws WeComInputError
 */
export async function readAppMessageContent(
	item: ItemInput,
	uploads: OperationContext['uploads'],
): Promise<AppMessageContent> {
	const media = async (kind: MediaType): Promise<MediaSource> => {
		const from = read(item, fileSource);
		return await readSource(item, uploads, kind, { from, mediaId: mediaIdField });
	};

	const msgtype = read(item, typeField);
	switch (msgtype) {
		case 'text':
		case 'markdown':
			return { msgtype, content: read(item, messageField) };
		case 'textcard': {
			const btntxt = read(item, cardButton);
			const card = {
				title: read(item, cardTitle),
				description: read(item, cardDescription),
				url: read(item, cardUrl),
			};
			return { msgtype, card: { ...card, ...(btntxt !== '' && { btntxt }) } };
		}
		case 'news':
			return { msgtype, articles: readArticles(read(item, articlesField)) };
		case 'image':
		case 'file':
			return { msgtype, media: await media(msgtype) };
		case 'video': {
			const title = read(item, videoTitle);
			const description = read(item, videoDescription);
			return { msgtype, media: await media(msgtype), title, description };
		}
	}
}

function readArticles(entries: readonly IDataObject[]): Article[] {
	if (entries.length > MAX_ARTICLES) {
		throw new WeComInputError(
			`The message has ${entries.length} articles`,
			`WeCom allows ${MAX_ARTICLES}. Remove some, or send two messages.`,
		);
	}
	return entries.map((entry, index) => {
		const field = <T>(each: Field<T>) => readEntry(entry, each, ` in article ${index + 1}`);
		const description = field(articleFields.description);
		const picurl = field(articleFields.picurl);
		return {
			title: field(articleFields.title),
			url: field(articleFields.url),
			...(description !== '' && { description }),
			...(picurl !== '' && { picurl }),
		};
	});
}
