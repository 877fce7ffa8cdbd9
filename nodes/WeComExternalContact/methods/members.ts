import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import { listMembers } from '../../shared/client/customers/customers';

/** All members with customer contact. */
export async function getMembers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const members = await editorClient(this, listMembers);
	return members.map((userid) => ({ name: userid, value: userid }));
}

export async function searchMembers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return pageOf(await getMembers.call(this), filter, paginationToken);
}
