import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { matches, portionOf, positionOf } from '../../shared/adapters/searchList';
import { WeComInputError } from '../../shared/client/core/errors';
import { readOn } from '../../shared/client/core/pagination';
import { browseCustomers, FIRST_CUSTOMERS } from '../../shared/client/customers/browseCustomers';
import { listMembers } from '../../shared/client/customers/customers';
import type { CustomerOfMember } from '../../shared/client/customers/types';

/** Customers by name or remark: of the member chosen in the same node, or of all where it chooses none. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = positionOf(paginationToken, FIRST_CUSTOMERS);
	const { entries, next, notices } = await editorClient(this, async (client) => {
		const member = chosenMember(this);
		const members = member === undefined ? await listMembers(client) : [member];
		const found = await readOn(
			start,
			async (position) => await browseCustomers(client, members, position),
			(row) => matches(customerName(row), filter),
			{ enough: 20, portions: 5 },
		);
		return { ...found, notices: client.notices.texts() };
	});
	const names = new Map(
		entries.map((row) => [row.external_contact.external_userid, customerName(row)]),
	);
	const results = [...names].map(([value, name]) => ({ name, value }));
	// Why somebody may not find a customer, at the end of the list.
	const reasons = next === undefined ? notices.map((name) => ({ name, value: '' })) : [];
	return portionOf([...results, ...reasons], next);
}

/** Undefined where the operation has no such field. */
function chosenMember(context: ILoadOptionsFunctions): string | undefined {
	const value = context.getCurrentNodeParameter('member') as
		| { value?: unknown }
		| string
		| undefined;
	if (value === undefined) return undefined;
	const member = String((typeof value === 'object' ? value.value : value) ?? '').trim();
	if (member === '') {
		throw new WeComInputError(
			'Choose the member first, then the customer',
			"The list shows the customers of that member. You can also enter the customer's ID.",
		);
	}
	if (member.startsWith('=')) {
		throw new WeComInputError(
			"'Member' is an expression that has no value yet",
			"Run the previous nodes, or choose a fixed member for now. You can also enter the customer's ID.",
		);
	}
	return member;
}

function customerName({ external_contact, follow_info }: CustomerOfMember): string {
	const name = external_contact.name ?? external_contact.external_userid;
	const { remark } = follow_info;
	return remark && remark !== name ? `${name} (${remark})` : name;
}
