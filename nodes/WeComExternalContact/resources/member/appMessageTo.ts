import { WeComInputError } from '../../../shared/client/core/errors';
import type { AppMessageRecipients } from '../../../shared/client/appMessages/message';
import { checkRecipients } from '../../../shared/client/appMessages/message';
import { read, requiredWhen, variant } from '../../../shared/fields/field';
import { choiceField, filled, idListField } from '../../../shared/fields/kinds';
import { membersField } from '../../../shared/fields/member';
import type { ItemInput } from '../../../shared/operation/operation';

/** An empty choice of recipients never means everybody. */
const FOR_NOBODY = { so: 'so nobody would get the message' };

/** Nobody knows how many members these are, so an AI agent names members. */
const NOT_FOR_AGENTS = { displayOptions: { hide: { '@tool': [true] } } };

const sendToField = choiceField({
	displayName: 'Send To',
	name: 'appMessageTo',
	options: [
		{
			name: 'Departments',
			value: 'departments',
			description: 'Everybody in the departments and the departments below them',
			...NOT_FOR_AGENTS,
		},
		{
			name: 'Everybody the App Can See',
			value: 'everybody',
			description: 'All members in the visible range of the app (@all)',
			...NOT_FOR_AGENTS,
		},
		{ name: 'Members', value: 'members', description: 'Up to 1,000 members' },
		{
			name: 'Tags',
			value: 'tags',
			description: 'Everybody with a tag of the address book. These are not the tags of customers.',
			...NOT_FOR_AGENTS,
		},
	],
	default: 'members',
	description: 'Who gets the message. An empty list is an error and never means everybody.',
});

const toMembersField = filled(
	variant(membersField, {
		required: undefined,
		hint: 'The list has the members with customer contact. For others, use an expression with their user IDs.',
	}),
	FOR_NOBODY,
);

const departmentsField = filled(
	idListField({
		displayName: 'Department IDs',
		name: 'departmentIds',
		kind: 'department',
		placeholder: 'e.g. 2, 5',
		description:
			'IDs of up to 100 departments, separated by commas, spaces or line breaks, or an expression that returns an array',
	}),
	FOR_NOBODY,
);

const tagsField = filled(
	idListField({
		displayName: 'Tag IDs',
		name: 'memberTagIds',
		kind: 'memberTag',
		placeholder: 'e.g. 7, 8',
		description:
			'IDs of up to 100 tags of the address book, separated by commas, spaces or line breaks, or an expression that returns an array',
	}),
	FOR_NOBODY,
);

/** Who an application message is for. */
export const appMessageToFields = [
	sendToField,
	...requiredWhen(sendToField, ['members'], toMembersField),
	...requiredWhen(sendToField, ['departments'], departmentsField),
	...requiredWhen(sendToField, ['tags'], tagsField),
];

/**
 * Who an item's message is for.
 *
 * @throws WeComInputError when that would be nobody, too many, or more than an AI agent may address
 */
export function readAppMessageTo(item: ItemInput, calledByAgent: boolean): AppMessageRecipients {
	const to = read(item, sendToField);
	if (calledByAgent && to !== 'members') {
		throw new WeComInputError(
			'An AI agent may send application messages to named members only',
			"Choose 'Members' in 'Send To', or send to departments, tags or everybody in a separate workflow.",
		);
	}
	const recipients = recipientsOf(item, to);
	checkRecipients(recipients);
	return recipients;
}

function recipientsOf(
	item: ItemInput,
	to: ReturnType<typeof sendToField.parse>,
): AppMessageRecipients {
	const nobody = { kind: 'named', members: [], departments: [], tags: [] } as const;
	switch (to) {
		case 'members':
			return { ...nobody, members: read(item, toMembersField) };
		case 'departments':
			return { ...nobody, departments: read(item, departmentsField) };
		case 'tags':
			return { ...nobody, tags: read(item, tagsField) };
		case 'everybody':
			return { kind: 'everybody' };
	}
}
