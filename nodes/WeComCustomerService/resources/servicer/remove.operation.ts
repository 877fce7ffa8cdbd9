import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { changeFields, changeRows } from './change';

/** Takes members and departments from an account. Doc 94647. */
export const remove: Operation = {
	name: 'Remove',
	value: 'remove',
	action: 'Remove servicers',
	description: 'Take members or departments from an account. Returns one item for each.',
	fields: changeFields,
	execute: perItem((item, context) => changeRows(item, context, 'remove')),
};
