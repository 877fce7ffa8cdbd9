import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { readTimeoutMs } from '../fields/options';
import type { ItemInput, OperationContext } from '../operation/operation';
import { onceOf } from '../operation/operation';
import { WeComClient } from '../client/core/client';
import { RunStates } from '../client/core/runState';
import { Uploads } from '../client/media/uploads';
import { sourceFile } from './binary';
import { clockOf } from './clock';
import { toNodeError } from './errors';
import { n8nTransport } from './transport';

/** What the runs of this process remember. */
const runs = new RunStates();

/** The run of the node, as operations see it. */
export function operationContext(context: IExecuteFunctions): OperationContext {
	const items = context.getInputData().map((_, index) => itemInput(context, index));
	const cancelSignal = context.getExecutionCancelSignal?.();
	const client = new WeComClient({
		transport: n8nTransport(context),
		clock: clockOf(cancelSignal),
		random: Math.random,
		cancelSignal,
		timeoutMs: readTimeoutMs(items),
	});
	const run = runs.of(scopeOf(context));
	return {
		items,
		client,
		run,
		uploads: new Uploads(client, onceOf({ run })),
		timezone: context.getTimezone(),
		calledByAgent: isCalledByAgent(context),
		isManualRetry: context.getMode() === 'retry',
		hint: (message, type) => context.addExecutionHints({ message, type, location: 'outputPane' }),
	};
}

/** Answers a list of the editor; a failure is shown to the user as n8n shows errors. */
export async function editorClient<T>(
	context: ILoadOptionsFunctions,
	ask: (client: WeComClient) => Promise<T>,
): Promise<T> {
	const client = new WeComClient({
		transport: n8nTransport(context),
		clock: clockOf(undefined),
		random: Math.random,
	});
	try {
		return await ask(client);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { itemIndex: undefined });
	}
}

function itemInput(context: IExecuteFunctions, index: number): ItemInput {
	let added: IDataObject | undefined;
	const options = () => (added ??= context.getNodeParameter('options', index, {}) as IDataObject);
	return {
		index,
		get json() {
			return context.getInputData()[index]?.json ?? {};
		},
		parameter: (name) => context.getNodeParameter(name, index, undefined),
		locator: (name) => context.getNodeParameter(name, index, '', { extractValue: true }),
		hasOption: (name) => name in options(),
		option: (name) => options()[name],
		binary: (field) => sourceFile(context, index, field),
	};
}

/**
 * One run of the node in one execution: what n8n's Retry On Fail runs again, and a loop does not. An agent's calls
 * are runs of their own, but one that says the same again is a repetition.
 */
function scopeOf(context: IExecuteFunctions): string {
	const runIndex = isCalledByAgent(context)
		? 'agent'
		: context.evaluateExpression('{{ $runIndex }}', 0);
	return JSON.stringify([context.getExecutionId(), context.getNode().id, runIndex]);
}

/** n8n answers `isToolExecution` truly on one of the two ways in which agents call a node. */
function isCalledByAgent(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	return (
		context.isToolExecution?.() === true ||
		node.type.endsWith('Tool') ||
		node.rewireOutputLogTo === 'ai_tool'
	);
}
