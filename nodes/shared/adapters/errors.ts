import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { documentUrl } from '../client/core/errorCodes';
import { TokenError, WeComApiError, WeComError, WeComInputError } from '../client/core/errors';

export interface ErrorContext {
	/** The first input item affected. */
	readonly itemIndex: number | undefined;
	/** Which of the things the item asked for failed. */
	readonly about?: string;
	/** What was already done and stays done. */
	readonly done?: string;
}

/**
 * A failure as n8n shows it. `message` says what happened. `description` has one line each for what to do, what it
 * concerns, what WeCom says, what was already done, and which document to read.
 *
 * Remote text goes into the description only: n8n replaces a message that contains the name of a system error.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	{ itemIndex, about, done }: ErrorContext,
): NodeApiError | NodeOperationError {
	const problem = error instanceof TokenError ? error.problem : error;
	if (problem instanceof WeComError) {
		const { message, remedy } = problem;
		const description = lines(remedy, about, wecomSays(problem), done, documentOf(problem));
		const nodeError =
			problem instanceof WeComInputError
				? new NodeOperationError(node, message, { description, itemIndex })
				: new NodeApiError(
						node,
						{ errcode: errcodeOf(problem) ?? null },
						{ message, description, itemIndex },
					);
		nodeError.context.descriptionTemplate = toHtml(description);
		return nodeError;
	}
	// For failures that aren't ours, such as a failed expression, n8n's own words are best.
	const own = problem instanceof Error ? problem : new Error('The operation failed');
	const nodeError =
		own instanceof NodeApiError || own instanceof NodeOperationError
			? own
			: new NodeOperationError(node, own.message, { description: descriptionOf(own), itemIndex });
	nodeError.context.itemIndex ??= itemIndex;
	return addLines(nodeError, lines(about, done));
}

/**
 * The output item for a failure under Continue On Fail.
 *
 * Everything except the message goes into `details`: n8n only moves an item to the error output if it has no fields
 * other than these.
 */
export function errorItem(
	error: unknown,
	nodeError: NodeApiError | NodeOperationError,
): IDataObject {
	const problem = error instanceof TokenError ? error.problem : error;
	return {
		error: nodeError.message,
		details: {
			errcode: errcodeOf(problem) ?? null,
			retryable: problem instanceof WeComError && problem.retryable,
			hint: nodeError.description ?? '',
		},
	};
}

function errcodeOf(problem: unknown): number | undefined {
	const { errcode } = problem as { errcode?: number };
	return errcode;
}

function wecomSays(problem: WeComError): string | undefined {
	if (!(problem instanceof WeComApiError)) return undefined;
	// The rest is for WeCom's own lookup tool.
	const [text = ''] = problem.errmsg.split(', hint:');
	const code = `errcode ${problem.errcode}${hasDocument(problem) ? `, doc ${problem.doc}` : ''}`;
	return text.trim() === '' ? `WeCom: ${code}` : `WeCom: ${text} (${code})`;
}

function documentOf(problem: WeComError): string | undefined {
	if (!(problem instanceof WeComApiError) || !hasDocument(problem)) return undefined;
	return `WeCom's document: ${documentUrl(problem.doc)}`;
}

/** Doc 0 means the refusal isn't specific to any endpoint. */
function hasDocument({ doc }: WeComApiError): boolean {
	return doc !== 0;
}

function descriptionOf(error: Error): string | undefined {
	const { description } = error as { description?: unknown };
	return typeof description === 'string' ? description : undefined;
}

/** A line that ends with a URL gets no period: it would become part of the URL. */
const COMPLETE = /[.!?]$|https:\/\/\S+$/;

function lines(...parts: Array<string | undefined>): string {
	return parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => (COMPLETE.test(part as string) ? part : `${part}.`))
		.join('\n');
}

/** Adds lines to one of n8n's own errors, whose description may already be HTML. */
function addLines<E extends NodeApiError | NodeOperationError>(error: E, more: string): E {
	const own = lines(descriptionOf(error));
	if (more === '') return error;
	const html = [own, toHtml(more)].filter((part) => part !== '').join('<br>');
	error.description = [own, more].filter((part) => part !== '').join('\n');
	error.context.descriptionTemplate = html;
	return error;
}

/**
 * The text for n8n's error view, which renders `context.descriptionTemplate` instead of the description when it exists,
 * and renders both as HTML. Error workflows, logs and AI agents read the plain description.
 */
function toHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(DOCUMENT_URL, '<a href="$&" target="_blank">$&</a>')
		.replace(/\n/g, '<br>');
}

/** Only these become links. Any other URL comes from a third party, for example in a WeCom text. */
const DOCUMENT_URL = /https:\/\/developer\.work\.weixin\.qq\.com\/document\/path\/\d+/g;
