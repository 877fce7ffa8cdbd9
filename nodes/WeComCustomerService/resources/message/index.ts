import type { Resource } from '../../../shared/operation/operation';
import { send } from './send.operation';
import { sendOnEvent } from './sendOnEvent.operation';

export const message: Resource = {
	name: 'Message',
	value: 'message',
	operations: [send, sendOnEvent],
	defaultOperation: send,
};
