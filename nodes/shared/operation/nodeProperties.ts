import type { INodeProperties } from 'n8n-workflow';

import { customer } from '../../WeComExternalContact/resources/customer';
import { customerGroup } from '../../WeComExternalContact/resources/customerGroup';
import { media } from '../../WeComExternalContact/resources/media';
import { member } from '../../WeComExternalContact/resources/member';
import { message } from '../../WeComExternalContact/resources/message';
import type { Operation, Resource } from './operation';
import { tag } from '../../WeComExternalContact/resources/tag';

/** The resources in the order in which they are shown, which is that of their names. */
export const resources: readonly Resource[] = [
	customer,
	customerGroup,
	media,
	member,
	message,
	tag,
];

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
			{ ...operationProperty(resource), default: resource.defaultOperation.value },
			...resource.operations.flatMap((operation) =>
				operation.fields.map((field) => shownFor(resource, operation, field)),
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
