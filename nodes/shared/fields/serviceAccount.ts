import { hiddenInTools, shownInTools } from './field';
import { locatorField } from './locator';

/** What the trigger says of the message that an AI agent answers. In a tool, `$json` is what the model wrote. */
export const ofTrigger = (field: string): string =>
	`={{ $('WeCom Customer Service Trigger').item.json.${field} }}`;

const texts = {
	displayName: 'Account',
	name: 'account',
	list: { method: 'searchServiceAccounts', placeholder: 'Select an account…' },
	idPlaceholder: 'e.g. wkEXAMPLE1',
	kind: 'serviceAccount',
} as const;

/** An account of customer service: from the list, or by its `open_kfid`. */
export const serviceAccountField = locatorField({
	...texts,
	description: 'The customer service account, by its open_kfid',
});

const ofItem = {
	...texts,
	ifEmpty: `Choose from the list or enter an ID. An expression such as ${ofTrigger('open_kfid').slice(1)} takes it from the trigger.`,
};

/** The account to which the customer of the input item wrote, unless another is chosen. */
export const accountOfItemField = locatorField({
	...ofItem,
	description: 'The customer service account to which the customer wrote',
	initially: { mode: 'id', value: '={{ $json.open_kfid }}' },
});

export const accountOfItemFields = [
	hiddenInTools(accountOfItemField),
	shownInTools(
		locatorField({
			...ofItem,
			description:
				'The customer service account to which the customer wrote. If your trigger has another name, change the name in the expression.',
			initially: { mode: 'id', value: ofTrigger('open_kfid') },
		}),
	),
];
