import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { editorClient } from '../adapters/context';
import { listMembers } from '../client/customers';

/** Entries of a list at a time; the editor asks for more when somebody scrolls. */
const PAGE = 100;

export async function searchMembers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const members = await editorClient(this, listMembers);
	const items = members
		.filter((userid) => matches(userid, filter))
		.map((userid) => ({ name: userid, value: userid }));
	return page(items, paginationToken);
}

function matches(text: string, filter = ''): boolean {
	return text.toLowerCase().includes(filter.trim().toLowerCase());
}

function page(items: INodeListSearchItems[], paginationToken?: string): INodeListSearchResult {
	const start = Number(paginationToken ?? 0);
	const end = start + PAGE;
	return {
		results: items.slice(start, end),
		paginationToken: end < items.length ? String(end) : undefined,
	};
}
