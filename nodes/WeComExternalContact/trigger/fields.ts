import type { Field } from '../../shared/fields/field';
import { readParameter, readWithin } from '../../shared/fields/field';
import {
	choiceField,
	choicesField,
	collectionField,
	filled,
	filledFilter,
	switchField,
	textField,
} from '../../shared/fields/kinds';
import { readIds, readNames } from '../../shared/fields/lists';
import { ALL_EVENTS, eventKinds } from './events';

/** The events: those of the list, and by an expression whatever WeCom calls an event. */
const eventsField: Field<string[]> = filled(
	{
		property: {
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			options: [
				{
					name: '* (All, Including Future Events)',
					value: ALL_EVENTS,
					description: 'Whatever WeCom sends to the URL, also what this list does not have',
				},
				...eventKinds.map(({ name, value, description }) => ({
					name,
					value,
					...(description !== undefined && { description }),
				})),
			],
			default: ['change_external_contact.add_external_contact'],
			required: true,
			description: 'Changes that this or another program makes through the API cause no event',
		},
		parse: readNames,
	},
	{ so: 'so nothing would start the workflow', remedy: 'Choose at least one event.' },
);

export const addDetailsField = switchField({
	displayName: 'Add Details',
	name: 'addDetails',
	description:
		'Whether to read the customer, customer group or tag of the event, as their Get or List does, into details. WeCom has its answer before that. If reading fails, details is null and details_error says why.',
});

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{
			name: 'As WeCom Sends It',
			value: 'raw',
			description: 'The message in raw, with the names and texts of WeCom',
		},
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'The names of the other operations, numbers as numbers, lists as lists',
		},
	],
	default: 'simplified',
});

const channelFilter = filledFilter(
	textField({
		displayName: 'Channel Is',
		name: 'channel',
		placeholder: 'e.g. spring-expo',
		description:
			'The state of the contact way or link by which the customer came, such as spring-expo. Concerns events that tell it: Added, Added Without Verification, Edited, Friend Requested.',
	}),
);

const channelPrefixFilter = filledFilter(
	textField({
		displayName: 'Channel Starts With',
		name: 'channelPrefix',
		placeholder: 'e.g. expo-',
		description:
			'The first characters of the state. Concerns events that tell it: Added, Added Without Verification, Edited, Friend Requested.',
	}),
);

const groupChangesFilter = filledFilter(
	choicesField({
		displayName: 'Group Changes',
		name: 'groupChanges',
		options: [
			{ name: 'Member Joined', value: 'add_member' },
			{ name: 'Member Left', value: 'del_member' },
			{ name: 'Name Changed', value: 'change_name' },
			{ name: 'Notice Changed', value: 'change_notice' },
			{ name: 'Owner Changed', value: 'change_owner' },
		],
		description: 'Concerns Customer Group: Changed only',
	}),
);

const membersFilter = filledFilter<string[]>({
	property: {
		displayName: 'Members',
		name: 'members',
		type: 'string',
		default: '',
		placeholder: 'e.g. lin, wei',
		description:
			'User IDs, separated by commas. Concerns events that name a member of your company: those of customers and cards.',
	},
	parse: (value, label) => readIds(value, label, 'member'),
});

const filtersField = collectionField({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	fields: [channelFilter, channelPrefixFilter, groupChangesFilter, membersFilter],
});

/** In the order of the panel. */
export const triggerFields = [eventsField, addDetailsField, outputField, filtersField];

/** What the builder asks for. Undefined filters were not added. */
export interface TriggerSettings {
	readonly events: readonly string[];
	readonly output: 'raw' | 'simplified';
	readonly channel?: string;
	readonly channelPrefix?: string;
	readonly groupChanges?: readonly string[];
	readonly members?: readonly string[];
}

/** @throws WeComInputError when a field has no usable value: an empty filter never means everything */
export function readSettings(parameter: (name: string) => unknown): TriggerSettings {
	const filters = readParameter(parameter, filtersField);
	return {
		events: readParameter(parameter, eventsField),
		output: readParameter(parameter, outputField),
		channel: readWithin(filters, channelFilter),
		channelPrefix: readWithin(filters, channelPrefixFilter),
		groupChanges: readWithin(filters, groupChangesFilter),
		members: readWithin(filters, membersFilter),
	};
}
