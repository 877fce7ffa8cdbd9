import type { IDataObject, INodeProperties, NodeExecutionHint } from 'n8n-workflow';

import type { WeComClient } from '../client/core/client';
import { Once } from '../client/core/once';
import type { RunState } from '../client/core/runState';
import type { SourceFile } from '../client/media/fileRules';
import type { Uploads } from '../client/media/uploads';
import type { Field } from '../fields/field';
import type { Question, Review } from './question';

/** A value that a field was given, and what it means. */
export interface ParsedValue {
	readonly value: unknown;
	readonly meaning: unknown;
}

/** One input item, as an operation sees it. */
export interface ItemInput {
	readonly index: number;
	readonly json: IDataObject;
	/**
	 * The value of a field, with expressions resolved for this item. One without an expression is the same value for all
	 * items, so nobody may change it.
	 */
	parameter(name: string): unknown;
	/** The selection in a resource locator, with expressions resolved for this item; see `readId`. */
	locator(name: string): unknown;
	/** The field as the builder filled it in: an expression begins with `=`. Undefined where the default stayed. */
	filledIn(name: string): string | undefined;
	/** What the run has parsed of each field last. Values without an expression come again with every item. */
	readonly parsed: WeakMap<object, ParsedValue>;
	/** Whether a field of the "Options" collection was added. */
	hasOption(name: string): boolean;
	/** Whether the option, or its absence, is the same for every item of the run, because it has no expression. */
	isConstantOption(name: string): boolean;
	/** The option's value, with expressions resolved for this item; undefined or empty if they resolved to nothing. */
	option(name: string): unknown;
	/** Whether the language model of an AI agent decides, or helps to decide, what is in a field. */
	isLeftToModel(name: string): boolean;
	/** The file in the binary field of this name, or the one that an expression returned. */
	binary(field: unknown): SourceFile;
	/** The names of the binary fields of the item; undefined where n8n keeps files among the other fields. */
	binaryFields(): string[] | undefined;
}

/** What an operation gets from its run. */
export interface OperationContext {
	readonly items: readonly ItemInput[];
	readonly client: WeComClient;
	/** What this run of the node remembers across n8n's Retry On Fail. */
	readonly run: RunState;
	/** Checks files and uploads each once. */
	readonly uploads: Uploads;
	/** Time zone of the workflow, such as `Asia/Shanghai`. */
	readonly timezone: string;
	/** An AI agent called the node and chose some of its fields. */
	readonly calledByAgent: boolean;
	/** The call of another tool that waits for approval, where n8n runs the node as the review step of that tool. */
	readonly review?: Review;
	/** Someone pressed Retry on a failed execution: this is a new one with the same input. */
	readonly isManualRetry: boolean;
	/** Somebody runs the workflow in the editor. */
	readonly isTestRun: boolean;
	/** Where in n8n this run is. */
	readonly place: {
		readonly executionId: string;
		readonly workflowId: string;
		readonly nodeId: string;
		readonly runIndex: number;
	};
	/**
	 * Signed address of the page on which somebody responds to the question that this run asks. The same for every
	 * attempt of a run, and another one for every other run.
	 *
	 * @throws WeComInputError where n8n cannot pause the workflow
	 */
	responseUrl(): string;
	/** Shows a sentence on the output panel. */
	hint(message: string, type: NonNullable<NodeExecutionHint['type']>): void;
}

/** Output items, one failure, or a question, and the input items they come from. */
export type Result =
	| {
			readonly rows: readonly IDataObject[];
			readonly items: readonly number[];
	  }
	| {
			readonly json: IDataObject;
			readonly items: readonly number[];
			/** ID of something newly created at WeCom. A later failure must not lose it. */
			readonly created?: string;
	  }
	| {
			readonly error: unknown;
			readonly items: readonly number[];
			/** Which of the things the items asked for failed. */
			readonly about?: string;
	  }
	| {
			/** The workflow waits for the response to it. It must be the last result. */
			readonly question: Question;
			readonly items: readonly number[];
	  };

/** One operation of the node: what the user sees and what it does. */
export interface Operation {
	/** Display name. */
	readonly name: string;
	/** Stored in workflows, so it must never change. */
	readonly value: string;
	readonly action: string;
	readonly description: string;
	/** n8n's Retry of a failed execution looks up what that execution created and creates only the rest. */
	readonly retryCreatesRest?: true;
	/** Shown when the operation is selected; `nodeProperties` adds the display options. */
	readonly fields: ReadonlyArray<INodeProperties | Field<unknown>>;
	/**
	 * A failure yielded as a result lets the other items continue if the user wants that. A thrown one fails the whole
	 * run.
	 */
	execute(context: OperationContext): AsyncIterable<Result>;
}

/** The operations of one resource. */
export interface Resource {
	readonly name: string;
	readonly value: string;
	readonly operations: readonly Operation[];
	/** What a new node starts with. Stored workflows omit it, so it must never change. */
	readonly defaultOperation: Operation;
}

/** Work of this run that Retry On Fail must not redo. */
export function onceOf({ run }: Pick<OperationContext, 'run'>): Once {
	return run.state('once', () => new Once());
}

/**
 * An operation that handles each input item separately; a failure belongs to its item. It yields output items one by
 * one, or all of a page together: for thousands of them, that takes half of the time.
 */
export function perItem(
	work: (
		item: ItemInput,
		context: OperationContext,
	) => AsyncIterable<IDataObject | readonly IDataObject[]>,
): Operation['execute'] {
	return async function* (context) {
		for (const item of context.items) {
			const items = [item.index];
			try {
				for await (const made of work(item, context)) {
					yield { rows: Array.isArray(made) ? made : [made as IDataObject], items };
				}
			} catch (error) {
				yield { error, items };
			}
		}
	};
}
