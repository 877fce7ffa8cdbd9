import { createServiceAccount } from '../../../shared/client/customerService/accounts';
import { read, variant } from '../../../shared/fields/field';
import { filled } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { avatarFields, nameField, readAvatar } from './fields';

const requiredName = filled(variant(nameField, { required: true }));

/** A new account. Doc 94662. */
export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a customer service account',
	description: 'Create a customer service account with a name and a picture',
	fields: [requiredName, ...avatarFields, requestOptions],
	execute: perItem(async function* (item, context) {
		const { client, calledByAgent } = context;
		const name = read(item, requiredName);
		const media_id = (await readAvatar(item, context, { mayKeep: false })) ?? '';
		// On Retry On Fail, earlier items would get a second account.
		const key = JSON.stringify(['create account', item.index, name, media_id]);
		const open_kfid = await onceOf(context).run(
			key,
			async () => await createServiceAccount(client, { name, media_id }),
			{ cacheSuccess: !calledByAgent },
		);
		yield { open_kfid, name };
	}),
};
