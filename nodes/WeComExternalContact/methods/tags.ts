import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import { qualifiedName, readTagGroups, TagLibrary } from '../../shared/client/tags/tags';

/** All tags with their group, in the order of WeCom's tag library. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const library = await editorClient(this, async (client) => await TagLibrary.read(client));
	return [...library.all()].map((entry) => ({ name: qualifiedName(entry), value: entry.tag.id }));
}

/** Tags by group and name. WeCom gives the whole library at once, so only what is shown comes in pages. */
export async function searchTags(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return pageOf(await getTags.call(this), filter, paginationToken);
}

export async function searchTagGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const groups = await editorClient(this, readTagGroups);
	const items = groups.map(({ group_name, group_id }) => ({
		name: group_name || group_id,
		value: group_id,
	}));
	return pageOf(items, filter, paginationToken);
}
