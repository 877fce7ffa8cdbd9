import type { SessionId } from '../client/customerService/types';
import { WeComInputError } from '../client/core/errors';
import type { ItemInput, OperationContext } from '../operation/operation';
import type { Field } from './field';
import { hiddenInTools, labelOf, read, shownInTools } from './field';
import { filled, idField } from './kinds';
import { accountOfItemField, accountOfItemFields, ofTrigger } from './serviceAccount';

const texts = {
	kind: 'customer',
	displayName: 'Customer',
	name: 'customer',
	required: true,
	placeholder: 'e.g. wmAAAA1',
} as const;

const customerOfItem = idField({
	...texts,
	default: '={{ $json.external_userid }}',
	description:
		'The customer, by the external_userid that the trigger gives. After another node, take it from the trigger by an expression.',
});

/** Items of other nodes have no customer, so an empty one says where to find it. */
const customerField = filled(
	{ ...customerOfItem, parse: (value, label) => customerOfItem.parse(value ?? '', label) },
	{
		remedy: `The input item has no customer. An expression such as ${ofTrigger('external_userid').slice(1)} takes it from the trigger.`,
	},
);

/** A session of customer service: an account and a customer. */
export const sessionFields = [
	...accountOfItemFields,
	hiddenInTools(customerField),
	shownInTools(
		idField({
			...texts,
			default: ofTrigger('external_userid'),
			description:
				'The customer, by the external_userid that the trigger gives. If your trigger has another name, change the name in the expression.',
		}),
	),
];

export function readSession(
	item: ItemInput,
	{ calledByAgent }: Pick<OperationContext, 'calledByAgent'>,
): SessionId {
	if (calledByAgent) {
		requireNotWrittenByModel(item, accountOfItemField);
		requireNotWrittenByModel(item, customerField);
	}
	return {
		open_kfid: read(item, accountOfItemField),
		external_userid: read(item, customerField),
	};
}

/** A model that chooses the customer could write to anybody. The builder allows that in so many words, or not at all. */
function requireNotWrittenByModel(item: ItemInput, field: Field<unknown>): void {
	const { name } = field.property;
	if (!/\$json|\$input|\$data\b/.test(item.filledIn(name) ?? '')) return;
	throw new WeComInputError(
		`${labelOf(field)} of a tool cannot come from $json, which is what the model wrote`,
		`Take it from the trigger, as in ${ofTrigger('external_userid').slice(1)}. To let the model choose, use $fromAI.`,
	);
}
