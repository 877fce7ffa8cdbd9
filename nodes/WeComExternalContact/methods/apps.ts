import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import { readApps } from '../../shared/client/appMessages/agent';

/** The apps that the credential belongs to, by name; for a self-built app that is one. */
export async function searchApps(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const apps = await editorClient(this, readApps);
	const items = apps.map(({ name = '', agentid }) => ({
		name: `${name} (${agentid})`.trim(),
		value: String(agentid),
	}));
	return pageOf(items, filter, paginationToken);
}
