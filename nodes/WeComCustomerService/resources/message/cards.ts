import { WeComInputError } from '../../../shared/client/core/errors';
import {
	LINK_BYTES,
	MAX_MINIPROGRAM_TITLE_BYTES,
} from '../../../shared/client/customerService/limits';
import type { ReplyContent } from '../../../shared/client/customerService/types';
import type { Field } from '../../../shared/fields/field';
import { read } from '../../../shared/fields/field';
import { filled, textField, urlField } from '../../../shared/fields/kinds';
import type { ItemInput } from '../../../shared/operation/operation';

const linkTitle = textField({
	displayName: 'Title',
	name: 'linkTitle',
	placeholder: 'e.g. Price list for spring',
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
	description: 'Up to 512 bytes in UTF-8. Optional.',
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
	description: 'Up to 64 bytes in UTF-8. Optional.',
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

/** Those that the card needs, and the others. */
export const linkFields = { required: [linkTitle, linkUrl], others: [linkDescription] };
export const miniProgramFields = { required: [appIdField, pageField], others: [miniProgramTitle] };

/** A card is complete with its picture. */
export function readLink(item: ItemInput): (thumb_media_id: string) => ReplyContent {
	const title = read(item, filled(linkTitle));
	const url = read(item, filled(linkUrl));
	const desc = read(item, linkDescription);
	const link = { title, ...(desc !== '' && { desc }), url };
	return (thumb_media_id) => ({ msgtype: 'link', link: { ...link, thumb_media_id } });
}

export function readMiniProgram(item: ItemInput): (thumb_media_id: string) => ReplyContent {
	const appid = read(item, filled(appIdField));
	const title = read(item, miniProgramTitle);
	const pagepath = read(item, filled(pageField));
	const miniprogram = { appid, ...(title !== '' && { title }), pagepath };
	return (thumb_media_id) => ({
		msgtype: 'miniprogram',
		miniprogram: { ...miniprogram, thumb_media_id },
	});
}
