import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { changeFields, changeRows } from './change';

/** Members and departments who serve an account. Doc 94646. */
export const add: Operation = {
	name: 'Add',
	value: 'add',
	action: 'Add servicers',
	description:
		'Let members or whole departments serve an account. Those who already serve it are unchanged.',
	fields: changeFields,
	execute: perItem((item, context) => changeRows(item, context, 'add')),
};
