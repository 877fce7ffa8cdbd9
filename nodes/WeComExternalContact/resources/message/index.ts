import type { Resource } from '../../../shared/operation/operation';
import { broadcast } from './broadcast.operation';
import { cancel } from './cancel.operation';
import { getTaskStatus } from './getTaskStatus.operation';
import { list } from './list.operation';
import { remind } from './remind.operation';
import { send } from './send.operation';

export const message: Resource = {
	name: 'Message',
	value: 'message',
	operations: [broadcast, cancel, getTaskStatus, list, remind, send],
	defaultOperation: broadcast,
};
