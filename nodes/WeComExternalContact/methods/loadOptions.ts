import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { listMembers } from '../../shared/client/customers/customers';
import { qualifiedName, TagLibrary } from '../../shared/client/tags/tags';

export async function getMembers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const members = await editorClient(this, listMembers);
	return members.map((userid) => ({ name: userid, value: userid }));
}

/** All tags with their group, in the order of WeCom's tag library. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const library = await editorClient(this, async (client) => await TagLibrary.read(client));
	return [...library.all()].map((entry) => ({ name: qualifiedName(entry), value: entry.tag.id }));
}
