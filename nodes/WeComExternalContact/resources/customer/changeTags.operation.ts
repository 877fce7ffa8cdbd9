import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { WeComClient } from '../../../shared/client/core/client';
import { WeComInputError } from '../../../shared/client/core/errors';
import { lazily } from '../../../shared/client/core/utils';
import { mapConcurrentlyInOrder } from '../../../shared/client/core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import { memberKey } from '../../../shared/client/customers/members';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { customerEndpoints } from '../../../shared/client/customers/endpoints';
import { customerField, readCustomer } from '../../../shared/fields/customer';
import { memberField, readMember } from '../../../shared/fields/member';
import { readNames } from '../../../shared/fields/lists';
import { requestOptions } from '../../../shared/fields/options';
import { tagNamesField } from '../../../shared/fields/tag';
import { nothingIn } from '../../../shared/fields/read';
import type { ItemInput, Operation, Result } from '../../../shared/operation/operation';

const fields: INodeProperties[] = [
	{ ...memberField, description: 'The member whose customer it is: tags belong to the pair' },
	customerField,
	{ ...tagNamesField, displayName: 'Add Tag Names or IDs', name: 'addTags' },
	{ ...tagNamesField, displayName: 'Remove Tag Names or IDs', name: 'removeTags' },
	requestOptions,
];

/** Adds and removes corp tags of customers. Docs 92118, 92117. */
export const changeTags: Operation = {
	name: 'Change Tags',
	value: 'changeTags',
	action: 'Change the tags of a customer',
	description:
		'Add tags to a customer of a member and remove others. The tags must exist. Items for the same member and customer become one change; where they contradict each other the last one counts.',
	fields,
	async *execute({ items, client }) {
		// Everything is read and checked before the first change.
		const library = lazily(async () => await TagLibrary.read(client));
		const changes = new Map<string, Change>();
		for (const item of items) {
			try {
				await addTo(changes, item, library);
			} catch (error) {
				yield { error, items: [item.index] };
			}
		}
		yield* mapConcurrentlyInOrder(
			[...changes.values()],
			MAX_CONCURRENT_REQUESTS,
			async (change) => {
				const known = await library();
				return await apply(change, client, (tagId) => known.nameOf(tagId) ?? null);
			},
		);
	},
};

/** What becomes of the tags of one customer of one member. */
interface Change {
	readonly userid: string;
	readonly external_userid: string;
	/** By tag ID. */
	readonly tags: Map<string, 'add' | 'remove'>;
	readonly items: number[];
}

async function addTo(
	changes: Map<string, Change>,
	item: ItemInput,
	library: () => Promise<TagLibrary>,
): Promise<void> {
	const userid = readMember(item);
	const external_userid = readCustomer(item);
	const names = {
		add: readNames(item.parameter('addTags'), 'Add Tags'),
		remove: readNames(item.parameter('removeTags'), 'Remove Tags'),
	};
	if (names.add.length === 0 && names.remove.length === 0) {
		throw nothingIn('No tag is to be added or removed', 'Choose tags to add or to remove.');
	}
	const known = await library();
	const add = names.add.map((name) => known.idOf(name));
	const remove = names.remove.map((name) => known.idOf(name));
	const both = add.find((id) => remove.includes(id));
	if (both !== undefined) {
		throw new WeComInputError(
			`The tag "${known.nameOf(both) ?? both}" is to be added and removed`,
			'Name it in one of the two fields only.',
		);
	}

	const key = JSON.stringify([memberKey(userid), external_userid]);
	const change: Change = changes.get(key) ?? {
		userid,
		external_userid,
		tags: new Map(),
		items: [],
	};
	for (const id of add) change.tags.set(id, 'add');
	for (const id of remove) change.tags.set(id, 'remove');
	change.items.push(item.index);
	changes.set(key, change);
}

async function apply(
	{ userid, external_userid, tags, items }: Change,
	client: WeComClient,
	nameOf: (tagId: string) => string | null,
): Promise<Result> {
	const idsTo = (what: 'add' | 'remove') =>
		[...tags].filter(([, wanted]) => wanted === what).map(([id]) => id);
	const add_tag = idsTo('add');
	const remove_tag = idsTo('remove');
	try {
		await client.call(customerEndpoints.markTag, { userid, external_userid, add_tag, remove_tag });
	} catch (error) {
		return { error, items, about: `Customer ${external_userid} of member ${userid}` };
	}
	const json: IDataObject = {
		userid,
		external_userid,
		add_tag,
		add_tag_name: add_tag.map(nameOf),
		remove_tag,
		remove_tag_name: remove_tag.map(nameOf),
	};
	return { json, items };
}
