import { WeComInputError } from '../../../shared/client/core/errors';
import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { read, variant } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { nameField, optionalAvatarFields, readAvatar } from './fields';

const newNameField = variant(nameField, {
	description: 'What customers see. At most 16 characters. Leave it empty to keep the name.',
});

/** Another name or picture for an account. Doc 94664. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a customer service account',
	description: 'Change the name or the picture of a customer service account',
	fields: [serviceAccountField, newNameField, ...optionalAvatarFields, requestOptions],
	execute: perItem(async function* (item, context) {
		const open_kfid = read(item, serviceAccountField);
		const name = read(item, newNameField);
		const media_id = await readAvatar(item, context, { mayKeep: true });
		if (name === '' && media_id === undefined) {
			throw new WeComInputError('There is nothing to change', "Fill in 'Name' or 'Avatar'.");
		}
		const change = {
			...(name !== '' && { name }),
			...(media_id !== undefined && { media_id }),
		};
		await context.client.call(customerServiceEndpoints.updateServiceAccount, {
			open_kfid,
			...change,
		});
		yield { open_kfid, ...change };
	}),
};
