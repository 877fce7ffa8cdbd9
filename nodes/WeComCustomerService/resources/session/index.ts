import type { Resource } from '../../../shared/operation/operation';
import { assign } from './assign.operation';
import { end } from './end.operation';
import { getState } from './getState.operation';
import { returnToAssistant } from './returnToAssistant.operation';

export const session: Resource = {
	name: 'Session',
	value: 'session',
	operations: [assign, end, getState, returnToAssistant],
	defaultOperation: getState,
};
