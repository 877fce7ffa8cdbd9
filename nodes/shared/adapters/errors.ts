import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { TokenError, WeComApiError, WeComError, WeComInputError } from '../client/core/errors';

export interface ErrorContext {
	/** The first input item it happened to. */
	readonly itemIndex: number | undefined;
	/** Which of several things the item asked for has failed. */
	readonly about?: string;
	/** What had already been done and stays done. */
	readonly done?: string;
}

/**
 * A failure as n8n shows it: `message` tells what happened, `description` what to do.
 *
 * Remote text goes into the description only: n8n replaces a message in which it finds the name of a system
 * error.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	{ itemIndex, about, done }: ErrorContext,
): NodeApiError | NodeOperationError {
	const problem = error instanceof TokenError ? error.problem : error;
	if (problem instanceof WeComError) {
		const description = sentences(problem.remedy, about, wecomSays(problem), done);
		const { message } = problem;
		return problem instanceof WeComInputError
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ errcode: errcodeOf(problem) ?? null },
					{ message, description, itemIndex },
				);
	}
	if (problem instanceof NodeApiError || problem instanceof NodeOperationError) {
		problem.context.itemIndex ??= itemIndex;
		problem.description = sentences(descriptionOf(problem), about, done);
		return problem;
	}
	// Such as an expression that failed: n8n's own words are the best.
	const own = problem instanceof Error ? problem : new Error('The operation failed');
	const description = sentences(descriptionOf(own), about, done);
	return new NodeOperationError(node, own.message, { description, itemIndex });
}

/**
 * The output item of a failure under Continue On Fail.
 *
 * Everything but the text stands in `details`, because n8n moves an item to the error output only if it has no
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
	// What follows is for WeCom's own look-up tool.
	const [text = ''] = problem.errmsg.split(', hint:');
	// Doc 0: what was refused is no endpoint's own answer.
	const code = `errcode ${problem.errcode}${problem.doc === 0 ? '' : `, doc ${problem.doc}`}`;
	return text.trim() === '' ? `WeCom: ${code}` : `WeCom: ${text} (${code})`;
}

function descriptionOf(error: Error): string | undefined {
	const { description } = error as { description?: unknown };
	return typeof description === 'string' ? description : undefined;
}

function sentences(...parts: Array<string | undefined>): string {
	return parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => (/[.!?]$/.test(part as string) ? part : `${part}.`))
		.join(' ');
}
