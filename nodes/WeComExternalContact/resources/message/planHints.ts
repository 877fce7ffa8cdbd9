import { recipientsOf } from '../../../shared/client/massMessages/draft';
import { counted } from '../../../shared/operation/format';
import type { OperationContext } from '../../../shared/operation/operation';
import type { Confirmations } from './confirmations';
import type { PlannedTask } from './pairing';

/** Who has to confirm how many of the tasks. */
export function tellConfirmations(confirmations: Confirmations, { hint }: OperationContext): void {
	const why = confirmations.areSeveral
		? ' Members confirm every task by itself. Items with the same message share one.'
		: '';
	hint(`${confirmations.sentence()}${why}`, 'info');
}

/** Customers of several tasks get the message several times. */
export function warnOfRepeated(tasks: readonly PlannedTask[], { hint }: OperationContext): void {
	const repeated = namedInSeveral(tasks);
	if (repeated > 0) {
		hint(
			`${counted(repeated, 'recipient')} in more than one task, for example of two members, may get more than one message.`,
			'warning',
		);
	}
	const unnamed = tasks.filter(({ draft }) => !('ids' in draft.recipients)).length;
	if (unnamed > 1) {
		hint(
			`WeCom chooses the customers of ${counted(unnamed, 'task')}. Those who belong to several of them, for example as customers of two members, may get more than one message.`,
			'warning',
		);
	}
}

/** How many recipients more than one of the tasks names. */
function namedInSeveral(tasks: readonly PlannedTask[]): number {
	const seen = new Set<string>();
	const repeated = new Set<string>();
	for (const { draft } of tasks) {
		for (const id of recipientsOf(draft)) {
			const { size } = seen;
			if (seen.add(id).size === size) repeated.add(id);
		}
	}
	return repeated.size;
}
