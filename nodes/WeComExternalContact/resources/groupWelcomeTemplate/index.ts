import type { Resource } from '../../../shared/operation/operation';
import { create } from './create.operation';
import { deleteTemplate } from './delete.operation';
import { get } from './get.operation';
import { update } from './update.operation';

export const groupWelcomeTemplate: Resource = {
	name: 'Group Welcome Template',
	value: 'groupWelcomeTemplate',
	operations: [create, deleteTemplate, get, update],
	defaultOperation: create,
};
