import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { documentUrl } from '../client/core/errorCodes';
import { TokenError, WeComApiError, WeComError, WeComInputError } from '../client/core/errors';

export interface ErrorContext {
	/** The first input item it happened to. */
	readonly itemIndex: number | undefined;
	/** Which of the things that the item asked for has failed. */
	readonly about?: string;
	/** What was done before and stays done. */
	readonly done?: string;
}

/**
 * A failure as n8n shows it. `message` tells what happened; `description` has a line each for what to do, what it is
 * about, what WeCom says, what was done before, and the document to read.
 *
 * Remote text goes into the description only: n8n replaces a message in which it finds the name of a system error.
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
	// n8n's own words are the best for what is not ours, such as an expression that failed.
	const own = problem instanceof Error ? problem : new Error('The operation failed');
	const nodeError =
		own instanceof NodeApiError || own instanceof NodeOperationError
			? own
			: new NodeOperationError(node, own.message, { description: descriptionOf(own), itemIndex });
	nodeError.context.itemIndex ??= itemIndex;
	return addLines(nodeError, lines(about, done));
}

/**
 * The output item of a failure under Continue On Fail.
 *
 * Everything but the message stands in `details`, because n8n moves an item to the error output only if it has no
 * other fields than these.
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
	// The rest is meant for WeCom's own look-up tool.
	const [text = ''] = problem.errmsg.split(', hint:');
	const code = `errcode ${problem.errcode}${hasDocument(problem) ? `, doc ${problem.doc}` : ''}`;
	return text.trim() === '' ? `WeCom: ${code}` : `WeCom: ${text} (${code})`;
}

function documentOf(problem: WeComError): string | undefined {
	if (!(problem instanceof WeComApiError) || !hasDocument(problem)) return undefined;
	return `WeCom's document: ${documentUrl(problem.doc)}`;
}

/** Doc 0: what was refused is no endpoint's own answer. */
function hasDocument({ doc }: WeComApiError): boolean {
	return doc !== 0;
}

function descriptionOf(error: Error): string | undefined {
	const { description } = error as { description?: unknown };
	return typeof description === 'string' ? description : undefined;
}

/** An address ends a line as it is: a period would become part of it. */
const COMPLETE = /[.!?]$|https:\/\/\S+$/;

function lines(...parts: Array<string | undefined>): string {
	return parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => (COMPLETE.test(part as string) ? part : `${part}.`))
		.join('\n');
}

/** Adds to an error of n8n's, whose description may be HTML already. */
function addLines<E extends NodeApiError | NodeOperationError>(error: E, more: string): E {
	const own = lines(descriptionOf(error));
	if (more === '') return error;
	const html = [own, toHtml(more)].filter((part) => part !== '').join('<br>');
	error.description = [own, more].filter((part) => part !== '').join('\n');
	error.context.descriptionTemplate = html;
	return error;
}

/**
 * The text for n8n's error view, which renders `context.descriptionTemplate`, if there is one, instead of the
 * description, and both as HTML. Error workflows, logs and AI agents read the plain description.
 */
function toHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(DOCUMENT_URL, '<a href="$&" target="_blank">$&</a>')
		.replace(/\n/g, '<br>');
}

/** Only these become links: other addresses are of somebody else, such as in a text of WeCom's. */
const DOCUMENT_URL = /https:\/\/developer\.work\.weixin\.qq\.com\/document\/path\/\d+/g;
