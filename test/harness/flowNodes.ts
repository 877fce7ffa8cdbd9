/* eslint-disable @n8n/community-nodes/no-deprecated-workflow-functions --
   stand-ins for nodes of n8n, which do as these do */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { clock } from '../../nodes/shared/adapters/clock';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const MAIN = NodeConnectionTypes.Main;

/** Parameters by name; any value is kept as it is, with its expressions resolved when the node asks for it. */
function nodeOf(
	name: string,
	version: number | number[],
	parameters: Record<string, INodeProperties['default']>,
	execute: Execute,
	more: Partial<INodeTypeDescription> = {},
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: [],
			version,
			description: name,
			defaults: { name },
			inputs: [MAIN],
			outputs: [MAIN],
			properties: Object.entries(parameters).map(([parameter, value]) => ({
				displayName: parameter,
				name: parameter,
				type: parameter === 'conditions' ? 'filter' : 'json',
				default: value,
			})),
			...more,
		},
		execute,
	};
}

async function passOn(this: IExecuteFunctions) {
	return [this.getInputData()];
}

const trigger = { group: ['trigger'], inputs: [] } satisfies Partial<INodeTypeDescription>;

const scheduleTrigger = nodeOf('scheduleTrigger', [1, 1.1, 1.2], { rule: {} }, passOn, trigger);

const formTrigger = nodeOf(
	'formTrigger',
	[2, 2.1, 2.2],
	{ formTitle: '', formDescription: '', formFields: {} },
	passOn,
	trigger,
);

/** The items that meet the conditions, and the others. */
function split(context: IExecuteFunctions): [INodeExecutionData[], INodeExecutionData[]] {
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, item] of context.getInputData().entries()) {
		const passes = context.getNodeParameter('conditions', index, false, { extractValue: true });
		outputs[passes ? 0 : 1].push({ ...item, pairedItem: { item: index } });
	}
	return outputs;
}

const filter = nodeOf('filter', [2, 2.1, 2.2], { conditions: {} }, async function () {
	return [split(this)[0]];
});

const ifNode = nodeOf(
	'if',
	[2, 2.1, 2.2],
	{ conditions: {} },
	async function () {
		return split(this);
	},
	{ outputs: [MAIN, MAIN] },
);

const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** The time passes on the clock of the node and the sandbox. n8n would store the execution and load it again. */
const wait = nodeOf('wait', [1, 1.1], { amount: 5, unit: 'seconds' }, async function () {
	const unit = this.getNodeParameter('unit', 0) as keyof typeof SECONDS;
	await clock.sleep(Number(this.getNodeParameter('amount', 0)) * SECONDS[unit] * 1_000);
	return [this.getInputData()];
});

/** Merge as it is when it is new: the items of both inputs, one after the other. */
const merge = nodeOf(
	'merge',
	[3, 3.1, 3.2],
	{},
	async function () {
		return [[0, 1].flatMap((input) => this.getInputData(input) ?? [])];
	},
	{ inputs: [MAIN, MAIN] },
);

interface Aggregation {
	aggregation: 'sum' | 'count';
	field: string;
}

/** One item per value of the field to split by. */
const summarize = nodeOf(
	'summarize',
	[1, 1.1],
	{ fieldsToSummarize: {}, fieldsToSplitBy: '' },
	async function () {
		const { values } = this.getNodeParameter('fieldsToSummarize', 0) as { values: Aggregation[] };
		const splitBy = this.getNodeParameter('fieldsToSplitBy', 0) as string;
		const groups = new Map<unknown, Array<{ json: IDataObject; item: number }>>();
		for (const [item, { json }] of this.getInputData().entries()) {
			const group = groups.get(json[splitBy]) ?? [];
			groups.set(json[splitBy], [...group, { json, item }]);
		}
		const summaries = [...groups].map(([value, rows]) => ({
			json: {
				[splitBy]: value,
				...Object.fromEntries(values.map((each) => summaryOf(each, rows))),
			} as IDataObject,
			pairedItem: rows.map(({ item }) => ({ item })),
		}));
		return [summaries];
	},
);

function summaryOf({ aggregation, field }: Aggregation, rows: Array<{ json: IDataObject }>) {
	const values = rows.map(({ json }) => json[field]).filter((value) => value !== undefined);
	const sum = values.reduce<number>((total, value) => total + Number(value ?? 0), 0);
	return [`${aggregation}_${field}`, aggregation === 'sum' ? sum : values.length];
}

/** Aggregate: all items as one list. */
const aggregate = nodeOf(
	'aggregate',
	1,
	{ aggregate: '', destinationFieldName: 'data' },
	async function () {
		const name = this.getNodeParameter('destinationFieldName', 0) as string;
		const items = this.getInputData();
		const pairedItem = items.map((_, item) => ({ item }));
		return [[{ json: { [name]: items.map(({ json }) => json) }, pairedItem }]];
	},
);

/** Base64 in a field becomes a file; the other fields are gone. */
const convertToFile = nodeOf(
	'convertToFile',
	[1, 1.1],
	{ operation: '', sourceProperty: 'data', options: {} },
	async function () {
		const files = this.getInputData().map(async ({ json }, item) => {
			const source = this.getNodeParameter('sourceProperty', item) as string;
			const { fileName, mimeType } = this.getNodeParameter('options', item) as Record<
				string,
				string
			>;
			const bytes = Buffer.from(String(json[source]), 'base64');
			const data = await this.helpers.prepareBinaryData(bytes, fileName, mimeType);
			return { json: {}, binary: { data }, pairedItem: { item } };
		});
		return [await Promise.all(files)];
	},
);

/** Sends as n8n's HTTP Request node does with a predefined credential type. */
const httpRequest = nodeOf(
	'httpRequest',
	[4, 4.1, 4.2],
	{ url: '', authentication: '', nodeCredentialType: '' },
	async function () {
		const uri = this.getNodeParameter('url', 0) as string;
		const credential = this.getNodeParameter('nodeCredentialType', 0) as string;
		const options = { method: 'GET', uri, json: true } as const;
		const json = (await this.helpers.requestWithAuthentication.call(
			this,
			credential,
			options,
		)) as IDataObject;
		return [[{ json, pairedItem: { item: 0 } }]];
	},
	// n8n's own takes whatever credential is chosen as Predefined Credential Type.
	{ credentials: [{ name: 'weComExternalContactApi' }] },
);

/** An output for each rule, and one for what no rule takes. */
const switchNode: INodeType = {
	...nodeOf('switch', [3, 3.1, 3.2], { options: {} }, async function () {
		const { values } = this.getNodeParameter('rules', 0) as { values: unknown[] };
		const outputs: INodeExecutionData[][] = [...values, undefined].map(() => []);
		for (const [item, each] of this.getInputData().entries()) {
			const taken = values.findIndex((_, rule) =>
				this.getNodeParameter(`rules.values[${rule}].conditions`, item, false, {
					extractValue: true,
				}),
			);
			outputs.at(taken)?.push({ ...each, pairedItem: { item } });
		}
		return outputs;
	}),
};
switchNode.description.outputs = [MAIN, MAIN, MAIN, MAIN];
switchNode.description.properties.push({
	displayName: 'Rules',
	name: 'rules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	options: [
		{
			name: 'values',
			displayName: 'Rule',
			values: [{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} }],
		},
	],
});

const splitOut = nodeOf('splitOut', 1, { fieldToSplitOut: '' }, async function () {
	const parts = this.getInputData().flatMap(({ json }, item) => {
		const field = this.getNodeParameter('fieldToSplitOut', item) as string;
		const values = [json[field]].flat() as Array<IDataObject[string]>;
		const toJson = (value: IDataObject[string]) =>
			value !== null && typeof value === 'object' ? (value as IDataObject) : { [field]: value };
		return values.map((value) => ({ json: toJson(value), pairedItem: { item } }));
	});
	return [parts];
});

const stopAndError = nodeOf('stopAndError', 1, { errorMessage: '' }, async function () {
	throw new NodeOperationError(this.getNode(), this.getNodeParameter('errorMessage', 0) as string);
});

/** Nodes of n8n that the workflows in `examples/` use: enough of each for these. */
export const flowNodes: INodeType[] = [
	aggregate,
	convertToFile,
	filter,
	formTrigger,
	httpRequest,
	ifNode,
	merge,
	scheduleTrigger,
	splitOut,
	stopAndError,
	summarize,
	switchNode,
	wait,
];
