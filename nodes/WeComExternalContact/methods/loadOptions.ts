import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { editorClient } from '../adapters/context';
import { listMembers } from '../client/customers';
import { endpoints } from '../client/endpoints';

export async function getMembers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const members = await editorClient(this, listMembers);
	return members.map((userid) => ({ name: userid, value: userid }));
}

/** All tags with their group, in the order of WeCom's tag library. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { tag_group = [] } = await editorClient(
		this,
		async (client) => await client.call(endpoints.tags, {}),
	);
	return tag_group.flatMap((group) =>
		group.tag.map((tag) => ({ name: `${group.group_name}: ${tag.name}`, value: tag.id })),
	);
}
