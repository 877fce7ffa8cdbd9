import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { MAX_MENU_ENTRIES, MENU_BYTES } from '../../../shared/client/customerService/limits';
import type { EventReply, MenuEntry } from '../../../shared/client/customerService/types';
import type { Field } from '../../../shared/fields/field';
import { labelOf, read, readEntry, shownWhen } from '../../../shared/fields/field';
import {
	choiceField,
	entriesField,
	filled,
	switchField,
	textField,
	urlField,
} from '../../../shared/fields/kinds';
import { checkBytes } from '../../../shared/fields/textLimits';
import type { ItemInput } from '../../../shared/operation/operation';

const headField = textField({
	displayName: 'Text Above',
	name: 'menuHead',
	rows: 2,
	maxBytes: MENU_BYTES.head,
	placeholder: 'e.g. Were we helpful?',
	description: 'Up to 1,024 bytes in UTF-8',
});

const tailField = textField({
	displayName: 'Text Below',
	name: 'menuTail',
	maxBytes: MENU_BYTES.tail,
	description: 'Up to 1,024 bytes in UTF-8',
});

const typeField = choiceField({
	displayName: 'Entry Type',
	name: 'type',
	options: [
		{
			name: 'Answer',
			value: 'click',
			description: 'A click sends the text as a message of the customer, with the ID as menu_id',
		},
		{ name: 'Link', value: 'view', description: 'Opens a web page' },
		{ name: 'Mini Program', value: 'miniprogram', description: 'Opens a page of a mini program' },
		{ name: 'Text', value: 'text', description: 'Plain text between the entries' },
	],
	default: 'click',
});

const contentField = textField({
	displayName: 'Text',
	name: 'content',
	description: 'What the customer reads',
});

const menuIdField = textField({
	displayName: 'Menu ID',
	name: 'id',
	maxBytes: MENU_BYTES.clickId,
	placeholder: 'e.g. opening_hours',
	description: 'The trigger gives it back as menu_id',
});

const linkField = urlField({
	displayName: 'URL',
	name: 'url',
	maxBytes: MENU_BYTES.url,
	description: 'The page that opens',
});

const appIdField = textField({
	displayName: 'Mini Program App ID',
	name: 'appid',
	maxBytes: MENU_BYTES.appid,
	placeholder: 'e.g. wx0123456789abcdef',
});

const pageField = textField({
	displayName: 'Mini Program Page',
	name: 'pagepath',
	maxBytes: MENU_BYTES.pagepath,
	placeholder: 'e.g. pages/index.html',
});

const sameLineField = switchField({
	displayName: 'Keep Next Entry on Same Line',
	name: 'noNewline',
	description: 'Whether the next entry follows on the same line',
});

/** The fields of one entry are sorted by name, as n8n wants it. */
const entriesOfMenu = entriesField({
	displayName: 'Entries',
	name: 'menuEntries',
	sortable: true,
	placeholder: 'Add Entry',
	description: 'Up to 10',
	entry: {
		displayName: 'Entry',
		name: 'entry',
		fields: [
			typeField,
			shownWhen(typeField, ['text'], sameLineField),
			shownWhen(typeField, ['click'], menuIdField),
			shownWhen(typeField, ['miniprogram'], appIdField),
			shownWhen(typeField, ['miniprogram'], pageField),
			contentField,
			shownWhen(typeField, ['view'], linkField),
		],
	},
});

export const menuFields = [headField, entriesOfMenu, tailField];

/** A menu with something to choose from or to read. */
export function readMenu(item: ItemInput): EventReply {
	const head_content = read(item, headField);
	const tail_content = read(item, tailField);
	const entries = read(item, entriesOfMenu);
	if (entries.length > MAX_MENU_ENTRIES) {
		throw new WeComInputError(
			`The menu has ${entries.length} entries`,
			`WeCom allows ${MAX_MENU_ENTRIES}. Remove some.`,
		);
	}
	if (head_content === '' && tail_content === '' && entries.length === 0) {
		throw new WeComInputError('The menu is empty', 'Add an entry or a text.');
	}
	const list = entries.map((entry, index) => menuEntry(entry, index + 1));
	return {
		msgtype: 'msgmenu',
		msgmenu: {
			...(head_content !== '' && { head_content }),
			...(list.length > 0 && { list }),
			...(tail_content !== '' && { tail_content }),
		},
	};
}

function menuEntry(entry: IDataObject, position: number): MenuEntry {
	const where = ` in entry ${position}`;
	const required = (field: Field<string>) => readEntry(entry, filled(field), where);
	const type = readEntry(entry, typeField, where);
	const content = required(contentField);
	checkBytes(content, `${labelOf(contentField)}${where}`, MENU_BYTES[type]);
	switch (type) {
		case 'click': {
			const id = readEntry(entry, menuIdField, where);
			return { type, click: { ...(id !== '' && { id }), content } };
		}
		case 'view':
			return { type, view: { url: required(linkField), content } };
		case 'miniprogram': {
			const miniprogram = { appid: required(appIdField), pagepath: required(pageField), content };
			return { type, miniprogram };
		}
		case 'text': {
			const no_newline = readEntry(entry, sameLineField, where) ? 1 : 0;
			return { type, text: { content, no_newline } };
		}
	}
}
