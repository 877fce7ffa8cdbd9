import { welcomeEndpoints } from '../../../shared/client/welcome/endpoints';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { readTemplateContent, templateContentFields, templateIdField } from './content';

/** Another content for a group welcome template. Doc 92366. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a group welcome template',
	description:
		'Replace the whole welcome, text and attachment, of all customer groups that use the template',
	fields: [templateIdField, ...templateContentFields, requestOptions],
	execute: perItem(async function* (item, context) {
		const template_id = read(item, templateIdField);
		const content = await readTemplateContent(item, context);
		await context.client.call(welcomeEndpoints.editTemplate, { template_id, ...content });
		yield { template_id };
	}),
};
