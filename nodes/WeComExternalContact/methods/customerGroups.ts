import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { matches, portionOf, positionOf } from '../../shared/adapters/searchList';
import type { WeComClient } from '../../shared/client/core/client';
import type { Portion } from '../../shared/client/core/pagination';
import { readOn } from '../../shared/client/core/pagination';
import type { NamedCustomerGroup } from '../../shared/client/customerGroups/browseCustomerGroups';
import { browseCustomerGroups } from '../../shared/client/customerGroups/browseCustomerGroups';

/** Customer groups whose names a search goes through: each costs a call, and every keystroke starts a new search. */
const MAX_SEARCHED = 1_000;

interface Position {
	readonly cursor: string;
	/** Groups looked at so far. */
	readonly searched: number;
	/** The last of them, which WeCom may give again. */
	readonly last?: string;
}

/** Customer groups by name or owner. */
export async function searchCustomerGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = positionOf<Position>(paginationToken, { cursor: '', searched: 0 });
	const { entries, next } = await editorClient(
		this,
		async (client) =>
			await readOn(
				start,
				async (position) => await browseCounted(client, position),
				(group) => matches(customerGroupName(group), filter),
				{ enough: 10, portions: 5 },
			),
	);
	const results: INodeListSearchItems[] = entries.map((group) => ({
		name: customerGroupName(group),
		value: group.chat_id,
	}));
	if (filter && next && next.searched >= MAX_SEARCHED) {
		results.push({
			name: `Only the first ${next.searched} customer groups were searched. For any other, enter its chat ID.`,
			value: '',
		});
		return { results };
	}
	return portionOf(results, next);
}

async function browseCounted(
	client: WeComClient,
	{ cursor, searched, last }: Position,
): Promise<Portion<NamedCustomerGroup, Position>> {
	const { entries, next } = await browseCustomerGroups(client, cursor);
	const newOnes = entries.filter(({ chat_id }, place) => place > 0 || chat_id !== last);
	return {
		entries: newOnes,
		next:
			next === undefined
				? undefined
				: {
						cursor: next,
						searched: searched + newOnes.length,
						last: entries.at(-1)?.chat_id ?? last,
					},
	};
}

function customerGroupName({ chat_id, name, owner }: NamedCustomerGroup): string {
	const label = name.trim() === '' ? `Unnamed group ${chat_id}` : name;
	return owner === undefined ? label : `${label} (${owner})`;
}
