import { deleteServiceAccount } from '../../../shared/client/customerService/accounts';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';

/** Deletes an account. Doc 94663. */
export const deleteAccount: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a customer service account',
	description: 'Delete a customer service account. Its links stop working, and you cannot undo it.',
	fields: [serviceAccountField, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client, calledByAgent } = context;
		const open_kfid = read(item, serviceAccountField);
		// Retry On Fail would not find what earlier items have deleted.
		const key = JSON.stringify(['delete account', item.index, open_kfid]);
		const remove = async () => await deleteServiceAccount(client, { open_kfid });
		await onceOf(context).run(key, remove, { cacheSuccess: !calledByAgent });
		yield { open_kfid, deleted: true };
	}),
};
