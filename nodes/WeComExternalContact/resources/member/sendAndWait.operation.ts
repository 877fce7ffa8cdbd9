import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import { AppMessageMemo } from '../../../shared/client/appMessages/appMessageMemo';
import {
	DUPLICATE_CHECK_SECONDS,
	TEXT_CARD_BYTES,
} from '../../../shared/client/appMessages/limits';
import { questionCard } from '../../../shared/client/appMessages/questionCard';
import { sendAppMessage } from '../../../shared/client/appMessages/sendAppMessage';
import { WeComInputError } from '../../../shared/client/core/errors';
import { agentIds, appField } from '../../../shared/fields/app';
import { optional, read, readOption, shownWhen, variant } from '../../../shared/fields/field';
import { choiceField, filled, numberField, textField } from '../../../shared/fields/kinds';
import { memberField } from '../../../shared/fields/member';
import { notice } from '../../../shared/fields/notice';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import type { ItemInput, Operation, OperationContext } from '../../../shared/operation/operation';
import type { Question, ResponseChoice, Review } from '../../../shared/operation/question';

const onceNotice = notice(
	'onceNotice',
	'Asks one question per run, with the values of the first item, and returns one item. To ask for each item, put the node into a loop.',
);

const askedField = variant(memberField, {
	description: 'The member who is asked. Whoever gets hold of the link in the message can respond.',
});

/*
 * n8n makes a review step for tools of AI agents out of every node with an operation `sendAndWait`. There it puts a
 * field of its own in place of every `message`, and hides every `operation`, `resource` and `responseType`. So these
 * four names are n8n's, and no field of another operation may have the second half of them. Other texts of this
 * package have names of their own, such as `text`.
 */
const messageField = filled(
	textField({
		displayName: 'Message',
		name: 'message',
		rows: 4,
		required: true,
		placeholder: 'e.g. Send the spring offer to 1,250 customers?',
		description:
			'The question. The page that the link opens shows all of it, and the card in WeCom the first 512 bytes.',
	}),
	{ so: 'so there is no question' },
);

const responseTypeField = choiceField({
	displayName: 'Response Type',
	name: 'responseType',
	options: [
		{ name: 'Approval', value: 'approval', description: 'The member presses a button' },
		{ name: 'Free Text', value: 'freeText', description: 'The member writes a response' },
	],
	default: 'approval',
});

const approvalTypeField = choiceField({
	displayName: 'Type of Approval',
	name: 'approvalType',
	options: [
		{ name: 'Approve and Disapprove', value: 'double' },
		{ name: 'Approve Only', value: 'single' },
	],
	default: 'double',
});

const approveLabelField = filled(
	textField({
		displayName: 'Approve Button Label',
		name: 'approveLabel',
		default: 'Approve',
	}),
);

const disapproveLabelField = filled(
	textField({
		displayName: 'Disapprove Button Label',
		name: 'disapproveLabel',
		default: 'Disapprove',
	}),
);

const titleOption = optional(
	filled(
		textField({
			displayName: 'Title',
			name: 'title',
			maxBytes: TEXT_CARD_BYTES.title,
			default: 'Your response is needed',
			description: 'Of the card in WeCom and of the page. Up to 128 bytes in UTF-8.',
		}),
	),
	'Your response is needed',
);

const waitLimitOption = optional(
	numberField({
		displayName: 'Wait Limit (Minutes)',
		name: 'waitLimit',
		min: 1,
		max: 365 * 24 * 60,
		unit: 'minutes',
		default: 24 * 60,
		description:
			'How long to wait. After that the workflow continues with timed_out true, and for an approval with approved false. n8n looks about once a minute.',
	}),
);

/** A question to one member, which the workflow waits for. Sent as a text card, doc 90236. */
export const sendAndWait: Operation = {
	name: 'Send and Wait for Response',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Ask a member and wait',
	description:
		'Ask a member, not a customer. The workflow waits until they approve, disapprove or write.',
	fields: [
		onceNotice,
		askedField,
		messageField,
		responseTypeField,
		shownWhen(responseTypeField, ['approval'], approvalTypeField),
		shownWhen(responseTypeField, ['approval'], approveLabelField),
		shownWhen(
			responseTypeField,
			['approval'],
			shownWhen(approvalTypeField, ['double'], disapproveLabelField),
		),
		appField,
		optionsField([requestTimeoutOption, titleOption, waitLimitOption]),
	],
	async *execute(context) {
		const { items, client, uploads, run, calledByAgent } = context;
		const [item] = items;
		if (!item) return;
		const ofItem = [item.index];
		try {
			const url = context.responseUrl();
			const readAsked = () => askedBy(item, context);
			// A later call of an agent is another question; a later attempt of a workflow is the same one.
			const { member, question } = calledByAgent ? readAsked() : run.state('question', readAsked);
			const limit = readOption(item, waitLimitOption);
			const { title, text } = question;
			const recipients = { kind: 'named', members: [member], departments: [], tags: [] } as const;
			const message = { recipients, content: questionCard(title, text, url) };
			const agentId = await agentIds(context)(item);
			const memo = run.state('app messages', () => new AppMessageMemo());
			const { sent } = await memo.send(
				message,
				{ item: item.index, attempt: run.attempt, isAgent: calledByAgent },
				{ mayRepeat: true, now: client.clock.now() },
				async (earlierAttemptAt) =>
					await sendAppMessage(
						client,
						message,
						agentId,
						async (source) => await uploads.mediaIdOf(source),
						{ duplicateCheckSeconds: DUPLICATE_CHECK_SECONDS, earlierAttemptAt },
					),
			);
			if (items.length > 1) {
				context.hint(
					`Asked one question for ${items.length} items, with the values of the first one. The output is one item. Put the node into a loop to ask for each.`,
					'warning',
				);
			}
			yield {
				question: {
					...question,
					msgid: sent.msgid,
					...(limit !== undefined && { until: client.clock.now() + limit * 60_000 }),
				},
				items: ofItem,
			};
		} catch (error) {
			yield { error, items: ofItem };
		}
	},
};

/** @throws WeComInputError when a field is wrong, or when a language model would choose who checks it */
function askedBy(
	item: ItemInput,
	{ review }: OperationContext,
): { readonly member: string; readonly question: Question } {
	if (item.isLeftToModel(askedField.property.name)) {
		throw new WeComInputError(
			'The language model must not choose who is asked',
			"Choose the member in 'Member', or use an expression that reads another node, such as {{ $('Trigger').item.json.userid }}.",
		);
	}
	const written = read(item, messageField);
	const question = {
		title: readOption(item, titleOption),
		text: review ? withParameters(written, review.parameters) : written,
		response: readResponseChoice(item),
		...(review && { review }),
	};
	return { member: read(item, askedField), question };
}

function readResponseChoice(item: ItemInput): ResponseChoice {
	if (read(item, responseTypeField) === 'freeText') return { kind: 'freeText' };
	const approve = read(item, approveLabelField);
	return read(item, approvalTypeField) === 'single'
		? { kind: 'approval', approve }
		: { kind: 'approval', approve, disapprove: read(item, disapproveLabelField) };
}

/** What the text that n8n suggests for a review step makes of the input of the tool. */
const UNREADABLE = '[object Object]';

function withParameters(text: string, parameters: Review['parameters']): string {
	return text.split(UNREADABLE).join(JSON.stringify(parameters, null, 1));
}
