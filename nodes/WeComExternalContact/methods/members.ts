import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import type { WeComClient } from '../../shared/client/core/client';
import { CUSTOMER_CONTACT_SCOPE, VISIBLE_RANGE } from '../../shared/client/core/consoleMenus';
import { WeComInputError } from '../../shared/client/core/errors';
import { listMembers } from '../../shared/client/customers/customers';

/**
 * All members with customer contact.
 *
 * @throws WeComInputError when there is none: an empty list would not say why. The editor shows the message alone.
 */
export async function visibleMembers(client: WeComClient): Promise<string[]> {
	const members = await listMembers(client);
	if (members.length > 0) return members;
	throw new WeComInputError(
		`The app sees no member with customer contact. In the WeCom admin console, check the app's ${VISIBLE_RANGE} and ${CUSTOMER_CONTACT_SCOPE}.`,
		'A member is listed once they are in both. If they are, check that this credential belongs to that app.',
	);
}

/** Members to choose from. */
export async function getMembers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const members = await editorClient(this, visibleMembers);
	return members.map((userid) => ({ name: userid, value: userid }));
}

export async function searchMembers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return pageOf(await getMembers.call(this), filter, paginationToken);
}

/**
 * The member chosen in the same node; undefined where the operation has no such field.
 *
 * @param thing what the list shows of the member, such as `customer`
 * @throws WeComInputError when none is chosen yet
 */
export function chosenMember(context: ILoadOptionsFunctions, thing: string): string | undefined {
	const value = context.getCurrentNodeParameter('member') as
		| { value?: unknown }
		| string
		| undefined;
	if (value === undefined) return undefined;
	const member = String((typeof value === 'object' ? value.value : value) ?? '').trim();
	if (member === '') {
		throw new WeComInputError(
			`Choose the member first, then the ${thing}`,
			`The list shows the ${thing}s of that member. You can also enter the ${thing}'s ID.`,
		);
	}
	if (member.startsWith('=')) {
		throw new WeComInputError(
			"'Member' is an expression that has no value yet",
			`Run the previous nodes, or choose a fixed member for now. You can also enter the ${thing}'s ID.`,
		);
	}
	return member;
}
