import type { Operation, Resource } from './operation';

/** @throws Error when a workflow names an operation that this version doesn't have */
export function findOperation(
	resources: readonly Resource[],
	resourceValue: string,
	operationValue: string,
): Operation {
	const operation = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (!operation) {
		throw new Error(`This version has no operation "${resourceValue}: ${operationValue}"`);
	}
	return operation;
}
