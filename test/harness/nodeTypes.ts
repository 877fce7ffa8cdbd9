import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { deepCopy, jsonParse, NodeConnectionTypes, NodeHelpers, UserError } from 'n8n-workflow';

import { flowNodes } from './flowNodes';

export type AnyNodeType = INodeType | IVersionedNodeType;

export const TRIGGER_TYPE = 'n8n-nodes-base.manualTrigger';
export const NO_OP_TYPE = 'n8n-nodes-base.noOp';
export const AGENT_TYPE = 'harnessAgent';

/** How an AI agent calls the node that is its tool. */
export interface ToolCall {
	/** What the model filled in: the values of `$fromAI('…')`, also found in the input item. */
	arguments?: IDataObject;
	/**
	 * `engine` (default): agents of version 3 ask the engine to run the tool like any other node.
	 * There `isToolExecution()` is false; only the node's type (`…Tool`), its `ai_tool` output and
	 * `getNode().rewireOutputLogTo` tell. `supplyData`: older agents and the MCP trigger call the
	 * tool themselves, through a `SupplyDataContext`, where `isToolExecution()` is true.
	 */
	through?: 'engine' | 'supplyData';
}

/**
 * The node types that n8n has loaded (n8n's node-types.ts). A type is found by its name with or
 * without the package in front: `weCom`, `n8n-nodes-wecom.weCom` and `CUSTOM.weCom` are one node.
 * `<name>Tool` is the same node made into an AI tool.
 */
export class NodeTypes implements INodeTypes {
	private readonly byName = new Map<string, AnyNodeType>();

	private readonly tools = new Map<string, INodeType>();

	constructor(types: AnyNodeType[]) {
		for (const type of [...builtInTypes, ...types]) this.byName.set(type.description.name, type);
	}

	getByName(name: string): AnyNodeType {
		const type = this.byName.get(withoutPackage(name));
		if (!type) {
			const known = [...this.byName.keys()].join(', ');
			throw new UserError(`Unrecognized node type "${name}" (the harness knows: ${known})`);
		}
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		const isTool = name.endsWith('Tool') && !this.byName.has(withoutPackage(name));
		if (!isTool) return NodeHelpers.getVersionedNodeType(this.getByName(name), version);

		const key = `${name}?version=${version ?? 'default'}`;
		const tool =
			this.tools.get(key) ?? asAiTool(this.getByNameAndVersion(name.slice(0, -4), version));
		this.tools.set(key, tool);
		return tool;
	}

	getKnownTypes(): IDataObject {
		return {};
	}

	/** All versions of all types, as n8n's credential tester goes through them. */
	*all(): Generator<INodeType> {
		for (const type of this.byName.values()) {
			if ('nodeVersions' in type) yield* Object.values(type.nodeVersions);
			else yield type;
		}
	}
}

function withoutPackage(name: string): string {
	return name.slice(name.lastIndexOf('.') + 1);
}

/** What n8n's tool-generation/ai-tools.ts does to a node that is `usableAsTool`. */
function asAiTool(type: INodeType): INodeType {
	const { usableAsTool, ...description } = type.description;
	if (!usableAsTool) {
		throw new UserError(`Node "${description.name}" cannot be used as a tool`);
	}
	const properties: INodeProperties[] = deepCopy(description.properties);
	if (!properties.some(({ name }) => name === 'toolDescription')) {
		const hasAction = properties.some(({ name }) => name === 'resource' || name === 'operation');
		if (hasAction) {
			properties.unshift({
				displayName: 'Tool Description',
				name: 'descriptionType',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Set Automatically', value: 'auto' },
					{ name: 'Set Manually', value: 'manual' },
				],
				default: 'auto',
			});
		}
		properties.splice(hasAction ? 1 : 0, 0, {
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			required: true,
			...(hasAction && { displayOptions: { show: { descriptionType: ['manual'] } } }),
		});
	}
	return Object.create(type, {
		description: {
			value: {
				...description,
				name: `${description.name}Tool`,
				displayName: `${description.displayName} Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				properties,
			},
		},
	}) as INodeType;
}

function describe(
	name: string,
	displayName: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName,
		name,
		group: [],
		version: 1,
		description: displayName,
		defaults: { name: displayName },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...more,
	};
}

/** Starts a workflow with the items that the test gave. */
const manualTrigger: INodeType = {
	description: describe('manualTrigger', 'Trigger', { group: ['trigger'], inputs: [] }),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

const noOp: INodeType = {
	description: describe('noOp', 'No Operation'),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

/** Edit Fields in its manual mode: enough of it for the workflows in `examples/`. */
const set: INodeType = {
	description: describe('set', 'Edit Fields', {
		version: [3, 3.1, 3.2, 3.3, 3.4],
		properties: [
			{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} },
			{ displayName: 'Keep', name: 'includeOtherFields', type: 'boolean', default: false },
		],
	}),
	async execute(this: IExecuteFunctions) {
		const edited = this.getInputData().map((item, index): INodeExecutionData => {
			const { assignments = [] } = this.getNodeParameter('assignments', index) as {
				assignments?: Array<{ name: string; value: IDataObject[string]; type?: string }>;
			};
			const kept = this.getNodeParameter('includeOtherFields', index) ? item.json : {};
			const fields = assignments.map(({ name, value, type }) => [
				name,
				type === 'object' && typeof value === 'string' ? jsonParse(value) : value,
			]);
			return { json: { ...kept, ...Object.fromEntries(fields) }, pairedItem: { item: index } };
		});
		return [edited];
	},
};

/** Notes on the canvas, which exported workflows contain; never executed. */
const stickyNote: INodeType = {
	description: describe('stickyNote', 'Sticky Note', { inputs: [], outputs: [] }),
};

/** An AI agent whose model calls its one tool once. */
const agent: INodeType = {
	description: describe(AGENT_TYPE, 'Agent', {
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		properties: [{ displayName: 'Call', name: 'call', type: 'json', default: '{}' }],
	}),
	async execute(this: IExecuteFunctions, response?: EngineResponse) {
		const call = jsonParse<ToolCall>(this.getNodeParameter('call', 0) as string);
		const args = call.arguments ?? {};
		if (call.through === 'supplyData') {
			const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
			const [tool] = tools as Array<{ invoke(args: IDataObject): Promise<string> }>;
			return [[{ json: { answer: await tool?.invoke(args) } }]];
		}
		if (response?.actionResponses.length) return [this.getInputData()];
		const [tool] = this.getParentNodes(this.getNode().name, {
			connectionType: NodeConnectionTypes.AiTool,
		});
		const request: EngineRequest = {
			actions: [
				{
					actionType: 'ExecutionNodeAction',
					nodeName: tool?.name ?? '',
					input: args,
					type: NodeConnectionTypes.AiTool,
					id: 'call',
					metadata: { itemIndex: 0 },
				},
			],
			metadata: {},
		};
		return request;
	},
};

const builtInTypes: INodeType[] = [manualTrigger, noOp, set, stickyNote, agent, ...flowNodes];
