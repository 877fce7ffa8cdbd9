import type { Resource } from '../../../shared/operation/operation';
import { add } from './add.operation';
import { list } from './list.operation';
import { remove } from './remove.operation';

export const servicer: Resource = {
	name: 'Servicer',
	value: 'servicer',
	operations: [add, list, remove],
	defaultOperation: list,
};
