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
