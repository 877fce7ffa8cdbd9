import type { ADD_WAYS, CUSTOMER_TYPES, GENDERS } from '../../../shared/client/customers/names';
import type { Field } from '../../../shared/fields/field';
import { optional, variant } from '../../../shared/fields/field';
import {
	choiceField,
	choicesField,
	filledFilter,
	idListField,
	nameListField,
	switchField,
	textField,
	timeField,
} from '../../../shared/fields/kinds';
import { readIds } from '../../../shared/fields/lists';
import { tagNamesField } from '../../../shared/fields/tag';

/** What the panel calls the numbers that output rows name in snake_case. */
const CUSTOMER_TYPE_LABELS: Readonly<Record<keyof typeof CUSTOMER_TYPES, string>> = {
	1: 'WeChat User',
	2: 'WeCom User',
};
const GENDER_LABELS: Readonly<Record<keyof typeof GENDERS, string>> = {
	0: 'Unknown',
	1: 'Male',
	2: 'Female',
};
const ADD_WAY_LABELS: Readonly<Record<keyof typeof ADD_WAYS, string>> = {
	0: 'Unknown',
	1: 'QR Code Scan',
	2: 'Phone Number Search',
	3: 'Name Card',
	4: 'Group Chat',
	5: 'Phone Contacts',
	6: 'WeChat Contacts',
	8: 'Added by a Third-Party App',
	9: 'Email Search',
	10: 'Channels',
	11: 'Calendar Participant',
	12: 'Meeting Participant',
	13: 'WeCom of a WeChat Friend',
	14: 'Smart Hardware Service',
	15: 'On-Site Service',
	16: 'Customer Acquisition Link',
	17: 'Custom Development',
	18: 'Reply to a Business Request (需求回复)',
	21: 'Third-Party Pre-Sales',
	22: 'Possible Business Partner',
	24: 'Friend Request Accepted on WeChat',
	201: 'Shared by a Colleague',
	202: 'Assigned by an Administrator',
};

export const addedAfterFilter = optional(
	timeField({
		displayName: 'Added After',
		name: 'addedAfter',
		description: 'Customers who became a contact of the member at this time or later',
	}),
);

export const addedBeforeFilter = optional(
	timeField({
		displayName: 'Added Before',
		name: 'addedBefore',
		description: 'Customers who became a contact of the member before this time',
	}),
);

export const typeFilter = optional(
	choiceField({
		displayName: 'Customer Type',
		name: 'type',
		options: optionsOf(CUSTOMER_TYPE_LABELS),
		default: 1,
	}),
);

export const addWayFilter = filledFilter(
	choicesField({
		displayName: 'How Added',
		name: 'addWay',
		options: optionsOf(ADD_WAY_LABELS),
		description: 'Any of these',
	}),
);

export const nameFilter = filledFilter(
	textField({
		displayName: 'Name Contains',
		name: 'name',
		description: "Part of the customer's name or of the member's remark. Not case-sensitive.",
	}),
);

export const tagMatchFilter = optional(
	choiceField({
		displayName: 'Tag Match',
		name: 'tagMatch',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'Any', value: 'any' },
		],
		default: 'any',
		description: 'Whether a customer needs one of the tags or all of them',
	}),
);

export const tagsFilter = filledFilter(tagNamesField);

export const withoutTagsFilter = filledFilter(
	variant(tagNamesField, {
		displayName: 'Leave Out Tag Names or IDs',
		name: 'withoutTags',
		hint: undefined,
		description:
			'Leaves out customers to whom any member, listed or not, gave one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	}),
);

export const untaggedFilter = optional(
	switchField({
		displayName: 'No Tag',
		name: 'untagged',
		default: true,
		description:
			'Whether to list only customers to whom no member, listed or not, gave a tag. Personal tags do not count.',
	}),
	false,
);

export const onlyAsMemberSeesItFilter = optional(
	switchField({
		displayName: 'Only as This Member Sees It',
		name: 'onlyAsMemberSeesIt',
		default: true,
		description:
			'Whether Leave Out Tag Names or IDs and No Tag look only at the tags that the listed member gave, and not at those of the other members of the customer',
	}),
	false,
);

export const channelFilter = filledFilter(
	nameListField({
		displayName: 'Channel',
		name: 'channel',
		placeholder: 'e.g. spring-expo',
		description:
			'Customers who came by this channel: the state of a contact way or acquisition link. Any of several, separated by commas. Case-sensitive.',
	}),
);

export const channelMatchFilter = optional(
	choiceField({
		displayName: 'Channel Match',
		name: 'channelMatch',
		options: [
			{ name: 'Equals', value: 'equals' },
			{ name: 'Starts With', value: 'startsWith' },
		],
		default: 'startsWith',
		description: 'Whether the channel must be the same or only start the same',
	}),
);

export const genderFilter = filledFilter(
	choicesField({
		displayName: 'Gender',
		name: 'gender',
		options: optionsOf(GENDER_LABELS),
		description: 'Any of these. Customers of unknown gender are neither male nor female.',
	}),
);

export const inGroupsFilter = filledFilter(
	groupsField({
		displayName: 'In Customer Group Names or IDs',
		name: 'inGroups',
		description:
			'Customers who are in at least one of these customer groups. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	}),
);

export const notInGroupsFilter = filledFilter(
	groupsField({
		displayName: 'Not in Customer Group Names or IDs',
		name: 'notInGroups',
		description:
			'Customers who are in none of these customer groups. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	}),
);

export const exceptCustomersFilter = filledFilter(
	idListField({
		displayName: 'Except These Customers',
		name: 'exceptCustomers',
		kind: 'customer',
		placeholder: 'e.g. wmAAAA1, wmAAAA2',
		description:
			'External user IDs of customers to leave out: an array, or text separated by commas, spaces or line breaks',
	}),
);

/** Customer groups of any owner. */
function groupsField(
	texts: Readonly<Record<'displayName' | 'name' | 'description', string>>,
): Field<string[]> {
	return {
		property: {
			...texts,
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getAllCustomerGroups' },
			default: [],
			hint: 'By expression: chat IDs',
		},
		parse: (value, label) => readIds(value, label, 'chat'),
	};
}

function optionsOf<Code extends number>(labels: Readonly<Record<Code, string>>) {
	return (
		Object.entries<string>(labels)
			.map(([code, name]) => ({ name, value: Number(code) as Code }))
			// Not localeCompare: making a collator takes longer than loading all nodes.
			.sort((a, b) => (a.name < b.name ? -1 : 1))
	);
}
