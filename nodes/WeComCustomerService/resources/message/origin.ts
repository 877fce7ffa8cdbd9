import { ORIGIN } from '../../../shared/client/customerService/messages';
import { messageId } from '../../../shared/client/customerService/messageId';
import { optional, readOption } from '../../../shared/fields/field';
import { textField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

export const answerToOption = optional(
	textField({
		displayName: 'Reply to Message ID',
		name: 'answerTo',
		placeholder: 'e.g. the msgid of the trigger',
		description:
			'The msgid of the customer message that this answers, from the trigger by an expression. The same answer to the same message then reaches the customer once, whatever is retried or restarted. Default: the msgid of the input item, if the trigger made it, else this execution.',
	}),
	'',
);

/** What the trigger says of the message that an item stands for. A tool's item is what the model wrote. */
export function heardMessage(
	{ json }: ItemInput,
	{ calledByAgent }: OperationContext,
): { msgid?: string; sentAt?: number } {
	const { origin, msgid, send_time } = json;
	if (calledByAgent || origin !== ORIGIN.customer) return {};
	return {
		msgid: typeof msgid === 'string' ? msgid : undefined,
		sentAt: typeof send_time === 'number' ? send_time : undefined,
	};
}

/**
 * Gives each message of a reply its `msgid`. In the editor every run sends anew: there the same message is answered
 * again and again.
 *
 * @param to the customer, or the code of an event
 */
export function messageIdsOf(
	item: ItemInput,
	to: string,
	context: OperationContext,
): (content: unknown, position: number) => string {
	const { place, calledByAgent, isTestRun } = context;
	const heard = readOption(item, answerToOption) || heardMessage(item, context).msgid;
	const cause = isTestRun || !heard ? place.executionId : heard;
	const origin = { cause, workflow: place.workflowId, node: place.nodeId, item: item.index, to };
	return (content, piece) => {
		// An agent that says the same again repeats itself; what it says next is another message.
		const run = calledByAgent ? JSON.stringify(content) : String(place.runIndex);
		return messageId({ ...origin, run, piece });
	};
}
