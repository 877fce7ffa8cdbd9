import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { readTimeoutMs } from '../fields/options';
import type { OperationContext } from '../operation/operation';
import { onceOf } from '../operation/operation';
import { WeComClient } from '../client/core/client';
import { RunStates } from '../client/core/runState';
import { Uploads } from '../client/media/uploads';
import { clock, clockOf } from './clock';
import { toNodeError } from './errors';
import { isCalledByAgent } from './agent';
import { itemInputs } from './itemInput';
import { n8nTransport } from './transport';
import { responseUrl, reviewOf } from './waiting';

/** What the runs in this process remember. */
const runs = new RunStates(() => clock.now());

/** What the node's run sees, and what it has to tell. */
export interface Surroundings extends OperationContext {
	/** All items were handled without a failure, so n8n has no reason to repeat the run. */
	succeeded(): void;
}

/** The node's run, as operations see it. */
export function operationContext(context: IExecuteFunctions): Surroundings {
	const items = itemInputs(context);
	const cancelSignal = context.getExecutionCancelSignal?.();
	const client = new WeComClient({
		transport: n8nTransport(context),
		account: accountOf(context),
		clock: clockOf(cancelSignal),
		random: Math.random,
		cancelSignal,
		timeoutMs: readTimeoutMs(items),
	});
	const run = runs.of(scopeOf(context));
	const calledByAgent = isCalledByAgent(context);
	return {
		items,
		client,
		run,
		uploads: new Uploads(client, onceOf({ run })),
		timezone: context.getTimezone(),
		calledByAgent,
		review: reviewOf(context),
		isManualRetry: context.getMode() === 'retry',
		isTestRun: context.getMode() === 'manual',
		place: {
			executionId: context.getExecutionId(),
			workflowId: context.getWorkflow().id ?? '',
			nodeId: context.getNode().id,
			runIndex: Number(context.evaluateExpression('{{ $runIndex }}', 0)),
		},
		responseUrl: () => responseUrl(context),
		hint: hintsOf(context),
		succeeded() {
			// An agent may come back with the same request for as long as its execution lasts.
			if (!calledByAgent) runs.succeeded(run);
		},
	};
}

/** Shows each hint once per run: n8n stores every hint, and a thousand items may produce the same one. */
function hintsOf(context: IExecuteFunctions): OperationContext['hint'] {
	const said = new Set<string>();
	return (message, type) => {
		const key = `${type} ${message}`;
		if (said.has(key)) return;
		said.add(key);
		context.addExecutionHints({ message, type, location: 'outputPane' });
	};
}

/** Serves a list in the editor. Failures are shown the way n8n shows errors. */
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

/**
 * Identifies one run of the node in one execution: Retry On Fail repeats it, a loop starts a new one. Each agent call
 * is a run of its own, but an agent that asks for the same thing again is repeating itself.
 */
function scopeOf(context: IExecuteFunctions): string {
	const runIndex = isCalledByAgent(context)
		? 'agent'
		: context.evaluateExpression('{{ $runIndex }}', 0);
	return JSON.stringify([context.getExecutionId(), context.getNode().id, runIndex]);
}

/** The credential that the node uses. */
function accountOf(context: IExecuteFunctions): string {
	return Object.values(context.getNode().credentials ?? {})
		.map(({ id }) => id)
		.join();
}
