import { getCustomerGroup } from '../../../shared/client/customerGroups/customerGroups';
import { customerGroupField, readCustomerGroup } from '../../../shared/fields/customerGroup';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField, wantsSimple } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { groupRow } from './row';

/** One customer group with the names of its members. Doc 92122. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a customer group',
	description: 'Read one customer group: its name, owner, notice and members with their names',
	fields: [customerGroupField, simplifyField, requestOptions],
	execute: perItem(async function* (item, { client, timezone }) {
		const chat = await getCustomerGroup(client, readCustomerGroup(item));
		yield groupRow(chat, { timezone, simple: wantsSimple(item) });
	}),
};
