import { WeComInputError } from '../../../shared/client/core/errors';
import { recipientsOf } from '../../../shared/client/massMessages/draft';
import { countTagged } from '../../../shared/client/massMessages/chosenCustomers';
import type { Field } from '../../../shared/fields/field';
import { labelOf, read } from '../../../shared/fields/field';
import { asNumber } from '../../../shared/fields/read';
import type { OperationContext } from '../../../shared/operation/operation';
import type { PlannedTask } from './pairing';

const DEFAULT_MAX = 100;

/** Set by whoever builds the agent, not by the model, and therefore no expression. */
export const maxRecipientsField: Field<number> = {
	property: {
		displayName: 'Max Recipients per Call',
		name: 'maxRecipients',
		type: 'number',
		typeOptions: { minValue: 1 },
		noDataExpression: true,
		default: DEFAULT_MAX,
		description:
			'How many customers or customer groups the agent can address at once. A call for more creates nothing. Customers with tags are counted before the task is created.',
		displayOptions: { show: { '@tool': [true] } },
	},
	parse: (value, label) => Math.floor(asNumber(value ?? DEFAULT_MAX, label, { min: 1 })),
};

/**
 * Keeps a model that misunderstood from addressing more people than the builder had in mind. Nobody knows whom tags
 * stand for, so their customers are counted first, which reads all customers of the member.
 *
 * @throws WeComInputError when an AI agent asks for more recipients than it is allowed
 */
export async function checkAgentLimit(
	tasks: readonly PlannedTask[],
	{ calledByAgent, items, client }: OperationContext,
): Promise<void> {
	const [item] = items;
	if (!calledByAgent || !item) return;
	const most = read(item, maxRecipientsField);
	let count = 0;
	for (const { draft } of tasks) {
		count +=
			draft.recipients.kind === 'tags'
				? await countTagged(client, draft, most)
				: recipientsOf(draft).length;
	}
	if (count <= most) return;
	const hasTags = tasks.some(({ draft }) => draft.recipients.kind === 'tags');
	const many = hasTags ? `more than ${most}` : String(count);
	throw new WeComInputError(
		`An AI agent may address ${most} recipients per call, and this call is for ${many}`,
		`No task was created. Address fewer, or ask the person who built this agent to raise ${labelOf(maxRecipientsField)}.`,
	);
}
