import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import { changeServicers } from '../../../shared/client/customerService/servicers';
import type { ServicerResult } from '../../../shared/client/customerService/types';
import { read } from '../../../shared/fields/field';
import { idListField } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

const membersField = idListField({
	kind: 'member',
	displayName: 'Members',
	name: 'members',
	placeholder: 'e.g. lin, wei',
	description:
		'User IDs, separated by commas, spaces or line breaks, or an expression that returns an array',
});

const departmentsField = idListField({
	kind: 'department',
	displayName: 'Departments',
	name: 'departments',
	placeholder: 'e.g. 2, 7',
	description: 'Department IDs, given in the same way. All their members serve the account.',
});

export const changeFields = [serviceAccountField, membersField, departmentsField, requestOptions];

/** One row per member and department; those that WeCom refuses say why. */
export async function* changeRows(
	item: ItemInput,
	{ client, hint }: OperationContext,
	change: 'add' | 'remove',
): AsyncGenerator<IDataObject, void> {
	const open_kfid = read(item, serviceAccountField);
	const members = read(item, membersField);
	const departments = read(item, departmentsField).map(Number);
	if (members.length + departments.length === 0) {
		throw new WeComInputError(
			"'Members' and 'Departments' are empty",
			'Fill in one of them. If you used an expression, it resolved to nothing for this item.',
		);
	}
	const results = changeServicers(client, change, { open_kfid, members, departments });
	for await (const result of results) {
		if (result.errcode !== 0) hint('WeCom refused some: see errcode and errmsg.', 'warning');
		yield { open_kfid, ...resultRow(result) };
	}
}

function resultRow({ userid, department_id, errcode, errmsg = '' }: ServicerResult): IDataObject {
	// Both have errcode 0; only the text tells that there was nothing to do.
	const done = errmsg === 'ignored' ? 'unchanged' : 'done';
	return {
		userid: userid ?? null,
		department_id: department_id ?? null,
		result: errcode === 0 ? done : 'refused',
		errcode,
		errmsg,
	};
}
