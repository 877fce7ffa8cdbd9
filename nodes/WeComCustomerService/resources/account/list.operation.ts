import { listServiceAccounts } from '../../../shared/client/customerService/accounts';
import { requestOptions } from '../../../shared/fields/options';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

/** The accounts of customer service that the app can see. Doc 94706. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customer service accounts',
	description: 'List the customer service accounts that the app can see',
	fields: [...listFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const accounts = take(listServiceAccounts(client), readLimit(item));
		for await (const { open_kfid, name, avatar, manage_privilege } of accounts) {
			yield {
				open_kfid,
				name: name ?? null,
				avatar: avatar ?? null,
				manage_privilege: manage_privilege ?? null,
			};
		}
	}),
};
