import { passOn } from '../../client/errors';
import { remindMembers, UnknownReminderError } from '../../client/taskActions';
import { optionsField, requestTimeoutOption } from '../fields/sendOptions';
import { readTask, taskField } from '../fields/task';
import type { Operation } from '../operation';
import { perItem } from '../operation';

/** Notifies the members once more who have not sent a task yet. Doc 97610. */
export const remind: Operation = {
	name: 'Remind Members',
	value: 'remind',
	action: 'Remind members to send a mass message',
	description:
		'Notify the members of a task once more who have not sent it yet. At most 3 times in 24 hours per task. Customers notice nothing.',
	fields: [taskField, optionsField([requestTimeoutOption])],
	execute: perItem(async function* (item, { client, once }) {
		const msgid = readTask(item);
		// Items may be the customers of one task: a reminder each would use up the three of the day.
		const unknown = await once.do(`remind ${msgid}`, async () => await unlessUnknown());
		if (unknown) throw passOn(unknown);
		yield { msgid, reminded: true };

		/** An unknown outcome is kept as well: Retry On Fail must not remind again. */
		async function unlessUnknown(): Promise<UnknownReminderError | undefined> {
			try {
				await remindMembers(client, msgid);
				return undefined;
			} catch (error) {
				if (error instanceof UnknownReminderError) return error;
				throw passOn(error);
			}
		}
	}),
};
