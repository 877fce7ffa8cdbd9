import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { findOperation } from '../operation/findOperation';
import type { Operation, Resource, Result } from '../operation/operation';
import { operationContext } from './context';
import { errorItem, toNodeError } from './errors';
import { waitFor } from './waiting';

/** Runs the chosen operation for all input items. */
export async function run(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	const created: string[] = [];
	for await (const result of resultsOf(context, resources)) {
		const pairedItem = pairedTo(result.items);
		if ('rows' in result) {
			for (const json of result.rows) output.push({ json, pairedItem });
			continue;
		}
		if ('json' in result) {
			if (result.created !== undefined) created.push(result.created);
			output.push({ json: result.json, pairedItem });
			continue;
		}
		if ('question' in result) return await waitFor(context, result.question);
		const { error, about, itemIndex, retryCreatesRest } = result;
		const goOn = context.continueOnFail();
		const nodeError = toNodeError(context.getNode(), error, {
			itemIndex,
			about,
			done: goOn ? undefined : done(created, retryCreatesRest),
		});
		if (!goOn) throw nodeError;
		output.push({ json: errorItem(error, nodeError), pairedItem });
	}
	return [output];
}

type RunResult = Result & {
	/** The first input item that failed; undefined when the whole run failed. */
	readonly itemIndex?: number;
	/** Copied from the operation. */
	readonly retryCreatesRest?: boolean;
};

/**
 * Yields the operation's results and turns a thrown failure into a result for all items. If it threw under Continue On
 * Fail, n8n would pass the input items on as if nothing had happened, and the record of what was created would be lost.
 */
async function* resultsOf(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): AsyncGenerator<RunResult, void> {
	let operation: Operation | undefined;
	try {
		operation = findOperation(
			resources,
			context.getNodeParameter('resource', 0) as string,
			context.getNodeParameter('operation', 0) as string,
		);
		const given = operationContext(context);
		const { retryCreatesRest } = operation;
		let hasFailed = false;
		try {
			for await (const result of operation.execute(given)) {
				hasFailed ||= 'error' in result;
				yield 'error' in result
					? { ...result, itemIndex: result.items[0], retryCreatesRest }
					: result;
			}
			if (!hasFailed) given.succeeded();
		} finally {
			for (const notice of given.client.notices.texts()) given.hint(notice, 'warning');
		}
	} catch (error) {
		yield {
			error,
			items: context.getInputData().map((_, index) => index),
			retryCreatesRest: operation?.retryCreatesRest,
		};
	}
}

function pairedTo(items: readonly number[]): IPairedItemData | IPairedItemData[] {
	const paired = items.map((item) => ({ item }));
	return paired.length === 1 && paired[0] ? paired[0] : paired;
}

/** A failure that stops the run must still report what was created. */
function done(created: readonly string[], retryCreatesRest = false): string | undefined {
	if (created.length === 0) return undefined;
	const ids = `Already created; do not create again: ${created.join(', ')}`;
	return retryCreatesRest
		? `${ids}. n8n's Retry button looks them up, within 24 hours, and creates only the rest`
		: ids;
}
