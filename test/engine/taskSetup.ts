import type { Scenario } from '../harness/scenario';
import { byId, customersOf } from '../harness/scenario';

/** Creates a task for all customers of a member, as the node does, and gives its msgid. */
export async function createTask(scenario: Scenario, sender = 'lin', text = 'Hi'): Promise<string> {
	const { items, error } = await scenario.run({
		resource: 'message',
		operation: 'broadcast',
		sendTo: 'customers',
		externalUserIds: customersOf(scenario.sandbox, sender).join(),
		sentBy: 'member',
		member: byId(sender),
		text,
	});
	if (error) throw error;
	return items[0]?.json.msgid as string;
}
