import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';

/**
 * All fields of a node: the resource, the operations of each resource, the fields of each operation.
 *
 * @param defaultResource what a new node starts with. Stored workflows omit it, so it must never change.
 */
export function nodeProperties(
	resources: readonly Resource[],
	defaultResource: Resource,
): INodeProperties[] {
	return [
		{ ...resourceProperty(resources), default: defaultResource.value },
		...resources.flatMap((resource) => [
			{ ...operationProperty(resource), default: resource.defaultOperation.value },
			...resource.operations.flatMap((operation) =>
				operation.fields.map((field) =>
					shownFor(resource, operation, 'property' in field ? field.property : field),
				),
			),
		]),
	];
}

/**
 * A field as one operation shows it. Resource and operation must be its first conditions: n8n checks conditions in
 * order and treats one on a field that holds an expression, and all after it, as met. Otherwise such an expression
 * would make required fields of other operations required here if they depend on a field of the same name.
 */
function shownFor(
	resource: Resource,
	operation: Operation,
	field: INodeProperties,
): INodeProperties {
	const { show, ...hide } = field.displayOptions ?? {};
	const which = { resource: [resource.value], operation: [operation.value] };
	return { ...field, displayOptions: { show: { ...which, ...show }, ...hide } };
}

function resourceProperty(resources: readonly Resource[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: '',
	};
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
