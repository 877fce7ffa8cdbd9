import { createTemplate } from '../../../shared/client/welcome/groupWelcomeTemplates';
import { read } from '../../../shared/fields/field';
import { switchField } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { readTemplateContent, templateContentFields } from './content';

const notifyField = switchField({
	displayName: 'Notify Members',
	name: 'notify',
	default: true,
	description: 'Whether WeCom tells the members that they can use the new template',
});

/** A new group welcome template. Doc 92366. */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a group welcome template',
	description:
		'Create a welcome message for customer groups. Store its template_id: WeCom has no list of them.',
	fields: [...templateContentFields, notifyField, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client, calledByAgent } = context;
		const notify = read(item, notifyField);
		const content = await readTemplateContent(item, context);
		// On Retry On Fail, earlier items would get a second template.
		const key = JSON.stringify(['create template', item.index, content, notify]);
		const template_id = await onceOf(context).run(
			key,
			async () => await createTemplate(client, content, { notify }),
			{ cacheSuccess: !calledByAgent },
		);
		yield { template_id };
	}),
};
