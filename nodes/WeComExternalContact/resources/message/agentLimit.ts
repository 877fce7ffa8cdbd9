import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { recipientsOf } from '../../../shared/client/massMessages/plan';
import { countTagged } from '../../../shared/client/massMessages/chosenCustomers';
import type { OperationContext } from '../../../shared/operation/operation';
import type { PlannedTask } from './pairing';

const DEFAULT_MAX = 100;

/** Set by whoever builds the agent, not by the model: therefore no expression. */
export const maxRecipientsField: INodeProperties = {
	displayName: 'Max Recipients per Call',
	name: 'maxRecipients',
	type: 'number',
	typeOptions: { minValue: 1 },
	noDataExpression: true,
	default: DEFAULT_MAX,
	description:
		'How many customers or customer groups the agent may address at once. A call for more creates nothing. Customers with tags are counted before the task is created.',
	displayOptions: { show: { '@tool': [true] } },
};

/**
 * Keeps a model that misunderstood from addressing more people than the builder had in mind. Of tags it is not
 * known whom they mean, so their customers are counted first, which reads all customers of the member.
 *
 * @throws WeComInputError when an AI agent asks for more recipients than it may
 */
export async function checkAgentLimit(
	tasks: readonly PlannedTask[],
	{ calledByAgent, items, client }: OperationContext,
): Promise<void> {
	if (!calledByAgent) return;
	const most = readMost(items[0]?.parameter('maxRecipients'));
	let count = 0;
	for (const { body } of tasks) {
		const { sender, tag_filter } = body;
		count += tag_filter
			? await countTagged(client, { sender, tag_filter }, most)
			: recipientsOf(body).length;
	}
	if (count <= most) return;
	const many = tasks.some(({ body }) => body.tag_filter) ? `more than ${most}` : String(count);
	throw new WeComInputError(
		`An AI agent may address ${most} recipients per call, and this call is for ${many}`,
		'No task was created. Address fewer, or ask the person who built this agent to raise Max Recipients per Call.',
	);
}

function readMost(value: unknown): number {
	const most = Math.floor(Number(value ?? DEFAULT_MAX));
	if (most >= 1) return most;
	throw new WeComInputError(
		'Max Recipients per Call is not a number from 1 on',
		'Fill it in on the tool node.',
	);
}
