import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Field } from '../fields/field';
import { readParameter } from '../fields/field';
import type { OperationContext } from '../operation/operation';
import { operationContext } from './context';
import { toNodeError } from './errors';

/** The work of a trigger after its answer, if the switch asks for it. Otherwise the items pass as they came. */
export async function executeTrigger(
	context: IExecuteFunctions,
	wanted: Field<boolean>,
	work: (context: OperationContext) => AsyncIterable<IDataObject>,
): Promise<INodeExecutionData[][]> {
	if (!isOn(context, wanted)) return [context.getInputData()];
	const given = operationContext(context);
	const output: INodeExecutionData[] = [];
	for await (const json of work(given)) output.push({ json });
	for (const notice of given.client.notices.texts()) given.hint(notice, 'warning');
	return [output];
}

function isOn(context: IExecuteFunctions, field: Field<boolean>): boolean {
	try {
		return readParameter((name) => context.getNodeParameter(name, 0), field);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { itemIndex: 0 });
	}
}
