import type {
	ExecutionError,
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	IRun,
	IRunData,
	IRunExecutionData,
	ITaskData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { jsonParse, jsonStringify, NodeConnectionTypes } from 'n8n-workflow';

export interface Execution<Result> {
	executionId: string;
	/** What the Stop button does. */
	cancel(): void;
	result: Promise<Result>;
}

export class WorkflowResult {
	readonly status: ExecutionStatus;

	/** The error that ended the execution. */
	readonly error?: ExecutionError;

	constructor(
		readonly executionId: string,
		private readonly run: IRun,
		/** The workflow's static data, when the execution changed it. */
		readonly staticData?: IDataObject,
	) {
		this.status = run.status;
		this.error = run.data.resultData.error;
	}

	/** Everything that n8n would write into its database, as plain JSON. */
	get stored(): IRunExecutionData {
		return jsonParse(jsonStringify(this.run.data, { replaceCircularRefs: true }));
	}

	get runData(): IRunData {
		return this.stored.resultData.runData;
	}

	/** The items of one output, of all runs of the node, as the engine left them. */
	output(nodeName: string, index = 0): INodeExecutionData[] {
		return this.tasks(nodeName).flatMap(({ data }) => {
			const outputs = data?.[NodeConnectionTypes.Main] ?? data?.[NodeConnectionTypes.AiTool];
			return outputs?.[index] ?? [];
		});
	}

	hintsOf(nodeName: string): NodeExecutionHint[] {
		return this.tasks(nodeName).flatMap(({ hints }) => hints ?? []);
	}

	protected tasks(nodeName: string): ITaskData[] {
		return this.run.data.resultData.runData[nodeName] ?? [];
	}
}

/** A `WorkflowResult` seen from the node under test. */
export class EngineResult extends WorkflowResult {
	readonly items: INodeExecutionData[];

	/** The second output, with `onError: 'continueErrorOutput'`. */
	readonly errorItems: INodeExecutionData[];

	readonly hints: NodeExecutionHint[];

	/** The error of the node, also when its settings let the workflow go on. */
	override readonly error?: ExecutionError;

	constructor(nodeName: string, executionId: string, run: IRun, staticData?: IDataObject) {
		super(executionId, run, staticData);
		this.items = this.output(nodeName);
		this.errorItems = this.output(nodeName, 1);
		this.hints = this.hintsOf(nodeName);
		this.error = run.data.resultData.error ?? this.tasks(nodeName).at(-1)?.error;
	}
}
