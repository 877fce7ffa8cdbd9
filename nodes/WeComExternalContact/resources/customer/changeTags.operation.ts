import type { IDataObject } from 'n8n-workflow';

import type { WeComClient } from '../../../shared/client/core/client';
import { WeComInputError } from '../../../shared/client/core/errors';
import { lazily } from '../../../shared/client/core/utils';
import { mapConcurrentlyInOrder } from '../../../shared/client/core/concurrency';
import { MAX_CONCURRENT_REQUESTS } from '../../../shared/client/core/settings';
import { changeRelation } from '../../../shared/client/customers/customers';
import { memberKey } from '../../../shared/client/customers/members';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { customerEndpoints } from '../../../shared/client/customers/endpoints';
import { customerField } from '../../../shared/fields/customer';
import { labelOf, read, variant } from '../../../shared/fields/field';
import { memberField } from '../../../shared/fields/member';
import { operationNotice } from '../../../shared/fields/notice';
import { requestOptions } from '../../../shared/fields/options';
import { nothingIn } from '../../../shared/fields/read';
import { tagNamesField } from '../../../shared/fields/tag';
import type { ItemInput, Operation, Result } from '../../../shared/operation/operation';

const memberOfCustomer = variant(memberField, {
	description: 'The member who has the customer as a contact. Tags belong to this pair.',
});
const addTagsField = variant(tagNamesField, {
	displayName: 'Add Tag Names or IDs',
	name: 'addTags',
});
const removeTagsField = variant(tagNamesField, {
	displayName: 'Remove Tag Names or IDs',
	name: 'removeTags',
	// The field above says it.
	hint: undefined,
});

/** Adds and removes corp tags of customers. Docs 92118, 92117. */
export const changeTags: Operation = {
	name: 'Change Tags',
	value: 'changeTags',
	action: 'Change the tags of a customer',
	description:
		'Add or remove existing tags of a customer. Items for one customer and member are one change.',
	fields: [
		operationNotice(
			'Items for the same member and customer become one change. Where they contradict each other, the last one counts.',
		),
		memberOfCustomer,
		customerField,
		addTagsField,
		removeTagsField,
		requestOptions,
	],
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

/** What happens to the tags of one customer of one member. */
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
	const userid = read(item, memberOfCustomer);
	const external_userid = read(item, customerField);
	const toAdd = read(item, addTagsField);
	const toRemove = read(item, removeTagsField);
	if (toAdd.length === 0 && toRemove.length === 0) {
		throw nothingIn('There is no tag to add or remove', 'Choose tags to add or to remove.');
	}
	const known = await library();
	const add = toAdd.map((name) => known.idOf(name));
	const remove = toRemove.map((name) => known.idOf(name));
	const both = add.find((id) => remove.includes(id));
	if (both !== undefined) {
		throw new WeComInputError(
			`The tag "${known.nameOf(both) ?? both}" is to be both added and removed`,
			`Keep it in ${labelOf(addTagsField)} or in ${labelOf(removeTagsField)}.`,
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
		const request = { userid, external_userid, add_tag, remove_tag };
		await changeRelation(client, customerEndpoints.markTag, request);
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
