import type { Resource } from '../../../shared/operation/operation';
import { list } from './list.operation';
import { recallAppMessage } from './recallAppMessage.operation';
import { sendAndWait } from './sendAndWait.operation';
import { sendAppMessage } from './sendAppMessage.operation';

export const member: Resource = {
	name: 'Member',
	value: 'member',
	operations: [list, recallAppMessage, sendAppMessage, sendAndWait],
	defaultOperation: list,
};
