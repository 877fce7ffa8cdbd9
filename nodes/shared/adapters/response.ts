import { DateTime } from 'luxon';
import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isEqual } from '../client/callbacks/signature';
import { clock } from './clock';
import {
	DECISION,
	MAX_RESPONSE_CHARACTERS,
	noticePage,
	PAGE_HEADERS,
	questionPage,
	TEXT,
} from './responsePage';
import type { AskedQuestion } from './waiting';

/**
 * The page of a question. n8n serves it only while an execution waits at a node of this type, and checks the signature
 * of its address before the node sees a request. GET shows the question and POST responds: programs that open links,
 * such as scanners and previews, approve nothing.
 *
 * A constant, because n8n's linter takes a node with a literal list of webhooks for a trigger that registers them at
 * some service.
 */
export const responseWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map(
	(httpMethod) => ({
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	}),
);

/**
 * Responses that n8n is just taking over, with the time of their arrival. n8n 1 continues the workflow once for each
 * of two taps at the same moment, and n8n 2 answers the second one with an error.
 */
const taken = new Map<string, number>();
/** Longer than n8n needs to store that the execution runs again. If it fails, one can respond again after that. */
const TAKEN_MS = 10_000;

function take(key: string): boolean {
	const now = clock.now();
	for (const [each, at] of taken) if (now - at >= TAKEN_MS) taken.delete(each);
	if (taken.has(key)) return false;
	taken.set(key, now);
	return true;
}

/** Serves the page of the question at which the execution waits. */
export async function receiveResponse(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const workflowName = context.getWorkflow().name ?? '';
	const notice = (title: string, text: string) => noticePage(title, text, workflowName);
	const asked = questionOf(context);
	const { request } = context.getQueryData() as IDataObject;
	if (!asked || typeof request !== 'string' || !isEqual(request, asked.id)) {
		const text =
			'这个问题已经处理或已被替换。 This question has been answered already, or another one has taken its place.';
		return answer(context, 410, notice('已失效 No longer open', text));
	}
	if (context.getRequestObject().method !== 'POST') {
		return answer(context, 200, questionPage(asked, workflowName));
	}
	const response = readResponse(context.getBodyData(), asked);
	if (typeof response === 'string')
		return answer(context, 400, notice('请重试 Try again', response));
	const execution = String(context.evaluateExpression('{{ $execution.id }}', 0));
	if (!take(JSON.stringify([execution, asked.id]))) {
		const text = '以第一次回复为准。 The first response counts.';
		return answer(context, 200, notice('已处理 Already answered', text));
	}
	setHeaders(context);
	const respondedAt = DateTime.fromMillis(clock.now(), { zone: context.getTimezone() }).toISO();
	const data: IDataObject = {
		...response,
		timed_out: false,
		responded_at: respondedAt,
		msgid: asked.msgid ?? null,
	};
	return {
		webhookResponse: notice('已提交 Recorded', '可以关闭此页面。 You can close this page.'),
		workflowData: [[{ json: { data }, pairedItem: { item: 0 } }]],
	};
}

/** n8n keeps the question with the execution, see `waitFor`. */
function questionOf(context: IWebhookFunctions): AskedQuestion | undefined {
	const question = context.evaluateExpression('{{ $json.data?.question }}', 0);
	const isQuestion = typeof question === 'object' && question !== null && 'id' in question;
	return isQuestion ? (question as unknown as AskedQuestion) : undefined;
}

function setHeaders(context: IWebhookFunctions): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
}

function answer(context: IWebhookFunctions, status: number, html: string): IWebhookResponseData {
	setHeaders(context);
	context.getResponseObject().status(status).send(html);
	return { noWebhookResponse: true };
}

/** What the page posted, or what is wrong with it. */
function readResponse(
	body: IDataObject | undefined,
	{ response, review }: AskedQuestion,
): IDataObject | string {
	const given = body?.[TEXT] ?? '';
	const text = typeof given === 'string' ? given.trim() : undefined;
	if (text === undefined || text.length > 2 * MAX_RESPONSE_CHARACTERS) {
		return `最多 ${MAX_RESPONSE_CHARACTERS} 个字。 At most ${MAX_RESPONSE_CHARACTERS} characters.`;
	}
	if (response.kind === 'freeText') {
		return text === '' ? '回复是空的。 The response was empty.' : { text };
	}
	const comment = text === '' ? null : text;
	const decision = body?.[DECISION];
	if (decision === 'approve') return { approved: true, comment };
	if (decision === 'disapprove' && response.disapprove !== undefined) {
		// The AI Agent tells the model what is in `chatInput`.
		return { approved: false, comment, ...(review && comment && { chatInput: comment }) };
	}
	return '请按页面上的按钮。 Please use a button of the page.';
}
