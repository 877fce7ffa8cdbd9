import { deleteTemplate as removeTemplate } from '../../../shared/client/welcome/groupWelcomeTemplates';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { templateIdField } from './content';

/** Deletes a group welcome template. Doc 92366. */
export const deleteTemplate: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a group welcome template',
	description: 'Delete a template of the app. Customer groups that use it welcome nobody any more.',
	fields: [templateIdField, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client, calledByAgent } = context;
		const template_id = read(item, templateIdField);
		// Retry On Fail would not find what earlier items have deleted.
		const key = JSON.stringify(['delete template', item.index, template_id]);
		await onceOf(context).run(key, async () => await removeTemplate(client, template_id), {
			cacheSuccess: !calledByAgent,
		});
		yield { template_id, deleted: true };
	}),
};
