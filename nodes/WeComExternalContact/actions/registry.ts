import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';

import { customer } from './customer';
import { media } from './media';
import { message } from './message';
import type { Operation, Resource } from './operation';

/** The resources in the order in which they are shown. */
export const resources: readonly Resource[] = [message, customer, media];

/** @throws Error when a workflow names an operation that does not exist in this version */
export function findOperation(resourceValue: string, operationValue: string): Operation {
	const operation = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (!operation) {
		throw new Error(`This version has no operation "${resourceValue}: ${operationValue}"`);
	}
	return operation;
}

/** All fields of the node: the resource, the operations of each, the fields of each operation. */
export function nodeProperties(): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: 'message',
		},
		...resources.flatMap((resource) => [
			{ ...operationProperty(resource), default: resource.operations[0]?.value },
			...resource.operations.flatMap((operation) =>
				updateDisplayOptions(
					{ show: { resource: [resource.value], operation: [operation.value] } },
					[...operation.fields],
				),
			),
		]),
	];
}

function operationProperty({ value, operations }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map((operation) => ({
			name: operation.name,
			value: operation.value,
			action: operation.action,
			description: operation.description,
		})),
		default: '',
	};
}
