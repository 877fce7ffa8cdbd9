import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { matches, portionOf, positionOf } from '../../shared/adapters/searchList';
import { readOn } from '../../shared/client/core/pagination';
import { browseCustomers, FIRST_CUSTOMERS } from '../../shared/client/customers/browseCustomers';
import type { CustomerOfMember } from '../../shared/client/customers/types';
import { chosenMember, visibleMembers } from './members';

/** Customers by name or remark: of the member chosen in the same node, or of all where it chooses none. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = positionOf(paginationToken, FIRST_CUSTOMERS);
	const { entries, next, notices } = await editorClient(this, async (client) => {
		const member = chosenMember(this, 'customer');
		const members = member === undefined ? await visibleMembers(client) : [member];
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
	// Why somebody may not find a customer, after all customers of the members it is about: later pages do not say it.
	const membersDone = next === undefined || next.first !== start.first;
	const reasons = membersDone ? notices.map((name) => ({ name, value: '' })) : [];
	return portionOf([...results, ...reasons], next);
}

function customerName({ external_contact, follow_info }: CustomerOfMember): string {
	const name = external_contact.name ?? external_contact.external_userid;
	const { remark } = follow_info;
	return remark && remark !== name ? `${name} (${remark})` : name;
}
