import { remindMembers } from '../../../shared/client/massMessages/remind';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { taskField, taskFields } from '../../../shared/fields/task';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';

/** Reminds the members who have not sent a task yet. Doc 97610. */
export const remind: Operation = {
	name: 'Remind Members',
	value: 'remind',
	action: 'Remind members of a task',
	description:
		'Remind members who have not sent a task, at most 3 times in 24 hours. Customers notice nothing.',
	fields: [...taskFields, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client, calledByAgent, hint } = context;
		const msgid = read(item, taskField);
		// Items may be the customers of one task: one reminder for each would use up the three of the day.
		const reminded = await onceOf(context).run(
			`remind ${msgid}`,
			async () => await remindMembers(client, msgid),
			{ cacheSuccess: !calledByAgent },
		);
		if (!reminded) {
			hint(`Task ${msgid} is completed: all members have sent it, so nobody was reminded.`, 'info');
		}
		yield { msgid, reminded };
	}),
};
