import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { matches, portionOf, positionOf } from '../../shared/adapters/searchList';
import type { WeComClient } from '../../shared/client/core/client';
import type { Portion } from '../../shared/client/core/pagination';
import { readOn } from '../../shared/client/core/pagination';
import type { NamedCustomerGroup } from '../../shared/client/customerGroups/browseCustomerGroups';
import {
	browseCustomerGroups,
	customerGroupsOf,
} from '../../shared/client/customerGroups/browseCustomerGroups';
import { WeComInputError } from '../../shared/client/core/errors';
import { chosenMember } from './members';

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

/** Customer groups that a list without a search shows: each costs a call. */
const MAX_SHOWN = 200;

/** The customer groups that the member chosen in the same node owns. */
export async function getCustomerGroups(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await editorClient(this, async (client) => {
		const owner = chosenMember(this, 'customer group') ?? '';
		const { groups, complete } = await customerGroupsOf(client, owner, MAX_SHOWN);
		if (groups.length === 0) {
			throw new WeComInputError(
				`Member ${owner} owns no customer group that the app sees`,
				'Choose the owner of the groups as the member. Customer Group > List shows who that is.',
			);
		}
		return optionsFor(
			groups.map((group) => ({ ...group, owner: undefined })),
			complete,
		);
	});
}

/** The customer groups of all owners whom the app sees. */
export async function getAllCustomerGroups(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return await editorClient(this, async (client) => {
		const { groups, complete } = await customerGroupsOf(client, undefined, MAX_SHOWN);
		return optionsFor(groups, complete);
	});
}

function optionsFor(
	groups: readonly NamedCustomerGroup[],
	complete: boolean,
): INodePropertyOptions[] {
	const options = groups.map((group) => ({
		name: customerGroupName(group),
		value: group.chat_id,
	}));
	const rest = `Only the first ${MAX_SHOWN} customer groups are shown. For any other, use its chat ID.`;
	return complete ? options : [...options, { name: rest, value: '' }];
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
