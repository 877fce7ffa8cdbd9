import { getCustomerGroup } from '../../../shared/client/customerGroups/customerGroups';
import { customerGroupField } from '../../../shared/fields/customerGroup';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { customerGroupRow } from './row';

/** One customer group with the names of its members. Doc 92122. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer group',
	description: 'Get one customer group: its name, owner, notice and members with their names',
	fields: [customerGroupField, simplifyField, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const group = await getCustomerGroup(client, read(item, customerGroupField));
		yield customerGroupRow(group, { timezone, simple: read(item, simplifyField) });
	}),
};
