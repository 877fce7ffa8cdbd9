import type { Resource } from '../../../shared/operation/operation';
import { list } from './list.operation';

export const member: Resource = {
	name: 'Member',
	value: 'member',
	operations: [list],
	defaultOperation: list,
};
