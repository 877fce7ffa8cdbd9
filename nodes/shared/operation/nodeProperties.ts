import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from './operation';

/**
 * All fields of a node: the resource, the operations of each, the fields of each operation.
 *
 * @param defaultResource what a new node starts with. Stored workflows leave it out: never changes.
 */
export function nodeProperties(
	resources: readonly Resource[],
	defaultResource: Resource,
): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: defaultResource.value,
		},
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
 * A field as it is shown for one operation. Resource and operation come first among the conditions: n8n looks at
 * them in order and takes one whose field holds an expression for fulfilled, with all that follow. So an
 * expression would make the fields of other operations required that hang on a field of the same name.
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
