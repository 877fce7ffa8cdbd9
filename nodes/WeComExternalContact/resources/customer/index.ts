import type { Resource } from '../../../shared/operation/operation';
import { changeTags } from './changeTags.operation';
import { findByUnionId } from './findByUnionId.operation';
import { get } from './get.operation';
import { list } from './list.operation';
import { updateRemark } from './updateRemark.operation';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [changeTags, findByUnionId, get, list, updateRemark],
	defaultOperation: list,
};
