import type { Resource } from '../../../shared/operation/operation';
import { send } from './send.operation';

export const welcomeMessage: Resource = {
	name: 'Welcome Message',
	value: 'welcomeMessage',
	operations: [send],
	defaultOperation: send,
};
