import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { findOperation } from '../actions/registry';
import { WeComInputError } from '../client/errors';
import { operationContext } from './context';
import { errorItem, toNodeError } from './errors';

/** Runs the chosen operation over all input items. */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const output: INodeExecutionData[] = [];
	const created: string[] = [];
	try {
		const operation = findOperation(
			context.getNodeParameter('resource', 0) as string,
			context.getNodeParameter('operation', 0) as string,
		);
		for await (const result of operation.execute(operationContext(context))) {
			const pairedItem = pairedTo(result.items);
			if ('json' in result) {
				if (operation.creates && result.json.msgid) created.push(String(result.json.msgid));
				output.push({ json: result.json, pairedItem });
				continue;
			}
			const nodeError = toNodeError(node, result.error, {
				itemIndex: result.items[0],
				about: result.about,
				done: context.continueOnFail() ? undefined : done(created),
			});
			if (!context.continueOnFail()) throw nodeError;
			output.push({ json: errorItem(result.error, nodeError), pairedItem });
		}
	} catch (error) {
		const nodeError = toNodeError(node, error, { itemIndex: undefined, done: done(created) });
		// n8n would give the input items on as if all were well.
		if (!context.continueOnFail() || !(error instanceof WeComInputError)) throw nodeError;
		const all = context.getInputData().map((_, index) => index);
		output.push({ json: errorItem(error, nodeError), pairedItem: pairedTo(all) });
	}
	return [output];
}

function pairedTo(items: readonly number[]): IPairedItemData | IPairedItemData[] {
	const paired = items.map((item) => ({ item }));
	return paired.length === 1 && paired[0] ? paired[0] : paired;
}

/** A failure that stops the run must not take along what exists. */
function done(created: readonly string[]): string | undefined {
	return created.length === 0
		? undefined
		: `Already created, and not to be created again: ${created.join(', ')}`;
}
