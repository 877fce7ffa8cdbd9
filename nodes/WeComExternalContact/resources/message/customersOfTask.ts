import type { TaskStatus } from '../../../shared/client/massMessages/status';
import { optional } from '../../../shared/fields/field';
import { choiceField, choicesField, filled } from '../../../shared/fields/kinds';
import { RECEIVE_LIMITS } from './createOptions';

/** What became of a customer's message, by the numbers of doc 93338. */
const STATUS_OF = { pending: 0, sent: 1, notContact: 2, atLimit: 3 } as const;

type CustomerChoice = keyof typeof STATUS_OF | 'all';

const chosenStatuses = filled(
	choicesField({
		displayName: 'Customers',
		name: 'customerStatus',
		options: [
			{ name: 'All', value: 'all' },
			{
				name: 'At Their Limit',
				value: 'atLimit',
				description: 'Not sent: the customer had received too many mass messages',
			},
			{
				name: 'No Longer a Contact',
				value: 'notContact',
				description: 'Not sent: the customer is no contact of the member any more',
			},
			{ name: 'Pending', value: 'pending', description: 'The member has not sent it yet' },
			{ name: 'Sent', value: 'sent' },
		],
		description:
			'Which customers to return, for example for a Broadcast to those who did not get the message',
	}),
	{ remedy: "Choose which customers to return, or 'All'." },
);

/** All unless the builder says otherwise. */
export const customersField: typeof chosenStatuses = {
	...chosenStatuses,
	property: { ...chosenStatuses.property, default: ['all'] },
};

export const receiveLimitOption = optional(
	choiceField({
		displayName: 'Receive Limit',
		name: 'receiveLimit',
		options: RECEIVE_LIMITS,
		default: 'perMonth',
		description:
			'The limit that your corporation set, to tell in retry_after when customers at their limit can receive again. WeCom does not tell it, so without this option retry_after is empty (null).',
	}),
);

/** The status with the rows of the chosen customers only. */
export function onlyCustomers(status: TaskStatus, chosen: readonly CustomerChoice[]): TaskStatus {
	if (chosen.includes('all')) return status;
	const wanted = new Set<number>(
		chosen.flatMap((name) => (name === 'all' ? [] : [STATUS_OF[name]])),
	);
	const members = status.members.map((member) => ({
		...member,
		results: member.results.filter((row) => wanted.has(row.status)),
	}));
	return { ...status, members };
}

export function countRows({ members }: TaskStatus): number {
	return members.reduce((sum, { results }) => sum + results.length, 0);
}
