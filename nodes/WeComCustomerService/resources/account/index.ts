import type { Resource } from '../../../shared/operation/operation';
import { create } from './create.operation';
import { deleteAccount } from './delete.operation';
import { getLink } from './getLink.operation';
import { list } from './list.operation';
import { update } from './update.operation';

export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: [create, deleteAccount, getLink, list, update],
	defaultOperation: list,
};
