import { listMembers } from '../../../shared/client/customers/customers';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { requestOptions } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

/** The members who may have customers. Doc 92571. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List members',
	description:
		'List the user IDs of members with customer contact whom the app can see. WeCom gives no names.',
	fields: [...listFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const limit = readLimit(item);
		const members = await listMembers(client);
		yield* take(
			members.map((userid) => ({ userid })),
			limit,
		);
	}),
};
