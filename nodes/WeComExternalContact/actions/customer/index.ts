import type { Resource } from '../operation';
import { list } from './list.operation';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [list],
};
