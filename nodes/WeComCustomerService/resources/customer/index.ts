import type { Resource } from '../../../shared/operation/operation';
import { get } from './get.operation';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [get],
	defaultOperation: get,
};
