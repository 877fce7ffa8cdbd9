import type { IDataObject } from 'n8n-workflow';

import { getServiceCustomers } from '../../../shared/client/customerService/serviceCustomers';
import type { ServiceCustomer } from '../../../shared/client/customerService/types';
import { listed } from '../../../shared/client/core/utils';
import { GENDERS } from '../../../shared/client/customers/names';
import { optional, read, readOption } from '../../../shared/fields/field';
import { filled, idListField, switchField } from '../../../shared/fields/kinds';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { nameOf } from '../../../shared/operation/format';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

const customersField = filled(
	idListField({
		kind: 'customer',
		displayName: 'Customers',
		name: 'customers',
		required: true,
		placeholder: 'e.g. wmAAAA1, wmAAAA2',
		description:
			'External user IDs that the trigger gave, separated by commas, spaces or line breaks, or an expression that returns an array',
	}),
);

const entryOption = optional(
	switchField({
		displayName: 'Include Last Entry',
		name: 'includeEntry',
		default: true,
		description:
			'Whether to add how the customer last came into the chat, within 48 hours: scene, scene parameter, Channels account',
	}),
	false,
);

/** Customers who wrote to customer service. Doc 95159. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get customers of customer service',
	description:
		'Get name, picture and gender of customers who wrote to customer service. One item for each.',
	fields: [customersField, optionsField([entryOption, requestTimeoutOption])],
	execute: perItem(async function* (item, { client, hint }) {
		const ids = read(item, customersField);
		const withEntry = readOption(item, entryOption);
		const { known, unknown } = await getServiceCustomers(client, ids, { withEntry });
		if (unknown.length > 0) hint(`WeCom does not know: ${listed(unknown)}.`, 'warning');
		const byId = new Map(known.map((each) => [each.external_userid, each]));
		for (const id of ids) yield customerRow(id, byId.get(id), withEntry);
	}),
};

function customerRow(
	external_userid: string,
	customer: ServiceCustomer | undefined,
	withEntry: boolean,
): IDataObject {
	const { nickname, avatar, gender, unionid, enter_session_context } = customer ?? {};
	return {
		external_userid,
		found: customer !== undefined,
		nickname: nickname ?? null,
		avatar: avatar ?? null,
		gender: gender ?? null,
		gender_name: nameOf(GENDERS, gender),
		unionid: unionid ?? null,
		...(withEntry && { enter_session_context: enter_session_context ?? null }),
	};
}
