import type { Resource } from '../operation';
import { broadcast } from './broadcast.operation';
import { getTaskStatus } from './getTaskStatus.operation';
import { send } from './send.operation';

export const message: Resource = {
	name: 'Message',
	value: 'message',
	operations: [broadcast, getTaskStatus, send],
};
