import type { Resource } from '../../../shared/operation/operation';
import { get } from './get.operation';
import { list } from './list.operation';

export const customerGroup: Resource = {
	name: 'Customer Group',
	value: 'customerGroup',
	operations: [get, list],
	defaultOperation: list,
};
