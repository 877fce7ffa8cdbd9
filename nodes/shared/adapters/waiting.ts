import { createHash } from 'node:crypto';

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeConnectionTypes, WAIT_INDEFINITELY } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import type { Question, Review } from '../operation/question';

/** A question as it waits in n8n's execution data. */
export interface AskedQuestion extends Question {
	/** Which of the questions of this node it is; in the link as `request`. */
	readonly id: string;
}

/**
 * Fields in which a workflow, or n8n's AI Agent, looks for the response. Whatever the input has there is dropped: an
 * answer to an earlier question, or one that a language model puts into its call, must not pass for the response to
 * this one.
 */
const RESPONSE_FIELDS = ['approved', 'data'];
/** In a review step the AI Agent takes this for the comment of the reviewer. Elsewhere it is what a chat user wrote. */
const REVIEW_FIELDS = [...RESPONSE_FIELDS, 'chatInput'];

/**
 * Signed address of the page for the question of this run.
 *
 * @throws WeComInputError where n8n cannot pause the workflow
 */
export function responseUrl(context: IExecuteFunctions): string {
	// AI Agent 2.2 and whatever else calls a tool in its own process would wait for ever; their context has no response.
	if (typeof context.sendResponse !== 'function' || !firstInput(context)) {
		throw new WeComInputError(
			'The workflow cannot wait for a response here',
			'An AI agent can wait only if it is an AI Agent node of version 3 or later. Replace the node by a new one.',
		);
	}
	requireSignature(context);
	const url = context.getSignedResumeUrl({ request: questionId(context) });
	const { hostname, origin } = new URL(url);
	if (isThisMachine(hostname)) {
		context.addExecutionHints({
			message: `The link in the message begins with ${origin}, which phones cannot open. Set n8n's WEBHOOK_URL to its public address.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	return url;
}

function isThisMachine(hostname: string): boolean {
	return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i.test(hostname);
}

/** n8n 1 checks the signature of a link only if the execution says so. n8n 2 always does and has no such function. */
function requireSignature(context: IExecuteFunctions): void {
	const onVersion1 = context as IExecuteFunctions & { setSignatureValidationRequired?: () => void };
	onVersion1.setSignatureValidationRequired?.();
}

/**
 * n8n's own link names the execution and the node only. In a loop, or for two calls of a tool, that of an old message
 * would answer a new question.
 */
function questionId(context: IExecuteFunctions): string {
	const about = {
		node: context.getNode().name,
		from: context.evaluateExpression(
			'{{ [$prevNode.name, $prevNode.outputIndex, $prevNode.runIndex] }}',
			0,
		),
		item: without(RESPONSE_FIELDS, firstInput(context)?.json ?? {}),
	};
	return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32);
}

function without(fields: readonly string[], json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([name]) => !fields.includes(name)));
}

function firstInput(context: IExecuteFunctions): INodeExecutionData | undefined {
	return context.getExecuteData().data.main?.[0]?.[0];
}

/**
 * Makes n8n store the execution and wait.
 *
 * When the time is over, n8n passes the input of the node on as its output. So the input becomes what that output
 * should be, and holds the question: the page shows what was asked, whatever an expression would give by then. That
 * n8n keeps a change of the input is undocumented (observed 2026); an end-to-end test watches it. Without the question
 * the page takes no response.
 *
 * @returns what n8n shows while it waits
 */
export async function waitFor(
	context: IExecuteFunctions,
	question: Question,
): Promise<INodeExecutionData[][]> {
	const { until } = question;
	const asked: AskedQuestion = { ...question, id: questionId(context) };
	await context.putExecutionToWait(until === undefined ? WAIT_INDEFINITELY : new Date(until));
	const { main } = context.getExecuteData().data;
	const item = firstInput(context);
	if (!main || !item) return [[]];
	const kept = without(question.review ? REVIEW_FIELDS : RESPONSE_FIELDS, item.json);
	main[0] = [{ ...item, json: { ...kept, data: timedOut(asked) } }];
	return [main[0]];
}

function timedOut(asked: AskedQuestion): IDataObject {
	const { response, review, msgid } = asked;
	return {
		...(response.kind === 'approval' ? { approved: false, comment: null } : { text: null }),
		timed_out: true,
		responded_at: null,
		msgid: msgid ?? null,
		// What the AI Agent tells the model.
		...(review && { chatInput: 'Nobody responded in time, so it was not approved.' }),
		question: JSON.parse(JSON.stringify(asked)) as IDataObject,
	};
}

/**
 * The tool call that waits for approval. n8n makes the review step of a node by itself: of every node that has
 * webhooks and an operation `sendAndWait`.
 */
export function reviewOf(context: IExecuteFunctions): Review | undefined {
	const { name, type } = context.getNode();
	if (!type.endsWith('HitlTool')) return undefined;
	const { toolParameters = {} } = firstInput(context)?.json ?? {};
	const isObject = typeof toolParameters === 'object' && toolParameters !== null;
	const parameters = isObject ? (toolParameters as IDataObject) : { input: toolParameters };
	const tool = toolName(context, name);
	return { ...(tool !== undefined && { tool }), parameters };
}

function toolName(context: IExecuteFunctions, reviewNode: string): string | undefined {
	const tools = context.getParentNodes(reviewNode, {
		connectionType: NodeConnectionTypes.AiTool,
		depth: 1,
	});
	const [only] = tools;
	if (only && tools.length === 1) return only.name;
	const named = context.evaluateExpression('{{ $tool?.name }}', 0);
	return typeof named === 'string' && named !== '' ? named : undefined;
}
