import { recallAppMessage as recall } from '../../../shared/client/appMessages/recall';
import type { Field } from '../../../shared/fields/field';
import { hiddenInTools, read, shownInTools } from '../../../shared/fields/field';
import { filled, idField } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';

const emptyField: Field<string> = filled(
	idField({
		displayName: 'Message ID',
		name: 'appMsgid',
		kind: 'task',
		required: true,
		description: 'The msgid that Send App Message returned',
	}),
	{ remedy: 'Enter the msgid that Send App Message returned.' },
);

const msgidField: Field<string> = {
	...emptyField,
	property: { ...emptyField.property, default: '={{ $json.msgid }}' },
};

/** Takes a message of the app back. Doc 94867. */
export const recallAppMessage: Operation = {
	name: 'Recall App Message',
	value: 'recallAppMessage',
	action: 'Recall an app message',
	description:
		'Take a message of your app back from all members, up to 24 hours later. Not from customers.',
	// A tool has no input item from Send App Message, so there the field starts empty.
	fields: [hiddenInTools(msgidField), shownInTools(emptyField), requestOptions],
	execute: perItem(async function* (item, context) {
		const msgid = read(item, msgidField);
		await onceOf(context).run(`recall ${msgid}`, async () => await recall(context.client, msgid));
		yield { msgid, recalled: true };
	}),
};
