import type { Resource } from '../../../shared/operation/operation';
import { create } from './create.operation';
import { deleteTag } from './delete.operation';
import { list } from './list.operation';
import { update } from './update.operation';

export const tag: Resource = {
	name: 'Tag',
	value: 'tag',
	operations: [create, deleteTag, list, update],
	defaultOperation: list,
};
