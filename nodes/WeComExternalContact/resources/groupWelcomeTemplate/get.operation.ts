import type { IDataObject } from 'n8n-workflow';

import { welcomeEndpoints } from '../../../shared/client/welcome/endpoints';
import type { TemplateContent } from '../../../shared/client/welcome/types';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { templateIdField } from './content';

/** If WeCom stores several attachments, it sends the first of this order (doc 92366). */
const ATTACHMENT_TYPES = ['image', 'link', 'miniprogram', 'file', 'video'] as const;

/** What a group welcome template says. Doc 92366. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a group welcome template',
	description: 'Get the text and the attachment of a group welcome template',
	fields: [templateIdField, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const template_id = read(item, templateIdField);
		yield templateRow(
			template_id,
			await client.call(welcomeEndpoints.getTemplate, { template_id }),
		);
	}),
};

function templateRow(template_id: string, content: TemplateContent): IDataObject {
	const msgtype = ATTACHMENT_TYPES.find((type) => content[type] !== undefined);
	return {
		template_id,
		text: content.text?.content ?? '',
		attachment: msgtype ? { msgtype, [msgtype]: content[msgtype] } : null,
	};
}
