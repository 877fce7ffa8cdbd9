import type { IDataObject } from 'n8n-workflow';

import { chooseSender } from '../../../shared/client/customers/senderRule';
import { CustomersByUnionId } from '../../../shared/client/customers/unionIds';
import { lazily } from '../../../shared/client/core/utils';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { read } from '../../../shared/fields/field';
import { filled, idListField } from '../../../shared/fields/kinds';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { onceCustomerRow } from './row';
import { tagNames } from './tagNames';

const unionIdsField = filled(
	idListField({
		displayName: 'Union IDs',
		name: 'unionIds',
		kind: 'union',
		required: true,
		placeholder: 'e.g. oAAAA1, oAAAA2',
		description:
			'One or more union IDs: an array, or text separated by commas, spaces or line breaks. WeCom has no direct call for this: the node reads all customers that the app sees, once for all items. In the output, userid is the member who added the customer last. A customer has a union ID only if your corporation is bound to a WeChat Open Platform account.',
	}),
	{ so: 'so there is nobody to look for' },
);

/** Customers by their union IDs, among all whom the app sees. Docs 92571, 92994. */
export const findByUnionId: Operation = {
	name: 'Find by UnionID',
	value: 'findByUnionId',
	action: 'Find customers by union ID',
	description:
		'Find customers by union ID. One item per ID, with found: false where no customer has it.',
	fields: [unionIdsField, simplifyField, requestOptions],
	async *execute(context) {
		const { client, items, timezone } = context;
		const library = lazily(async () => await TagLibrary.read(client));
		const customers = new CustomersByUnionId(client, new Set(items.flatMap(unionIdsOf)));
		const lastAdded = chooseSender('lastAdded', []);
		yield* perItem(async function* (item) {
			const simple = read(item, simplifyField);
			for (const unionid of read(item, unionIdsField)) {
				const found = await customers.find(unionid);
				if (found.length === 0) yield notFound(unionid);
				for (const { contact, follows } of found) {
					const tagName = await tagNames(follows, library);
					const { userid = null } = lastAdded(follows);
					const row = onceCustomerRow(contact, userid, follows, { timezone, simple, tagName });
					yield { unionid, found: true, ...row };
				}
			}
		})(context);
		if (customers.noneHasUnionId) {
			context.hint(
				'None of your customers has a union ID. WeCom gives union IDs only if the corporation is bound to a WeChat Open Platform account.',
				'warning',
			);
		}
	},
};

/** None for an item that is refused when its turn comes. */
function unionIdsOf(item: ItemInput): string[] {
	try {
		return read(item, unionIdsField);
	} catch {
		return [];
	}
}

function notFound(unionid: string): IDataObject {
	return {
		unionid,
		found: false,
		external_userid: null,
		userid: null,
		member_count: 0,
		members: [],
	};
}
