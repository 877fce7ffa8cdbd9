import type { IDataObject } from 'n8n-workflow';

import { toEvent } from '../../shared/client/callbacks/event';
import type { XmlElement } from '../../shared/client/callbacks/xml';
import type { WeComClient } from '../../shared/client/core/client';
import { reasonOf, WeComInputError } from '../../shared/client/core/errors';
import { getCustomerGroup } from '../../shared/client/customerGroups/customerGroups';
import { getCustomer } from '../../shared/client/customers/customers';
import { TagLibrary } from '../../shared/client/tags/tags';
import type { OperationContext } from '../../shared/operation/operation';
import { singleCustomerRow } from '../resources/customer/row';
import { customerGroupRow } from '../resources/customerGroup/row';
import { tagGroupRow, tagRow } from '../resources/tag/row';
import { eventKind } from './events';

/** The event's items with what they are about. A failed read costs no event: it comes without. */
export async function* withDetails({
	items,
	client,
	timezone,
}: OperationContext): AsyncGenerator<IDataObject, void> {
	for (const { json } of items) {
		try {
			yield { ...json, details: await detailsOf(client, json, timezone), details_error: null };
		} catch (error) {
			yield { ...json, details: null, details_error: reasonOf(error) };
		}
	}
}

/** Null for events that are about nothing that can be read. */
async function detailsOf(
	client: WeComClient,
	json: IDataObject,
	timezone: string,
): Promise<IDataObject | null> {
	const style = { timezone, simple: true };
	// The raw output has the IDs under WeCom's names.
	const fields = json.raw ? toEvent({ nodes: json.raw as XmlElement }).fields : json;
	const id = (name: string) => String(fields[name] ?? '');
	switch (eventKind(String(json.event_type))?.subject) {
		case 'customer':
			return singleCustomerRow(await getCustomer(client, id('external_userid')), style);
		case 'customerGroup':
			return customerGroupRow(await getCustomerGroup(client, id('chat_id')), style);
		case 'tag':
			return await tagDetails(client, id('tag_id'), id('group_id'), timezone);
		default:
			return null;
	}
}

async function tagDetails(
	client: WeComClient,
	tagId: string,
	groupId: string,
	timezone: string,
): Promise<IDataObject | null> {
	// All groups were reordered: they are about no single one.
	if (tagId === '' && groupId === '') return null;
	const library = await TagLibrary.read(client);
	const tag = library.get(tagId);
	if (tag) return tagRow(tag, timezone);
	const group = library.groups.find(({ group_id }) => group_id === groupId);
	if (group) return tagGroupRow(group, timezone);
	throw new WeComInputError(
		`The corporation's tags have no ${tagId === '' ? 'group' : 'tag'} ${tagId || groupId}`,
		'It was deleted in the meantime, or it is a strategy tag.',
	);
}
