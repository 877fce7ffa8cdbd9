import type { WeComClient } from '../core/client';
import { listCustomerIds, listCustomers, listMembers } from '../customers/customers';
import type { AddMsgTemplateRequest, TagFilter } from './types';

/** A task whose customers WeCom chooses when it is created: by tag, or all of the sender. */
type Choice = Pick<AddMsgTemplateRequest, 'sender' | 'tag_filter'>;

/** External user IDs of the customers whom WeCom would choose now. */
export async function chosenCustomers(
	client: WeComClient,
	{ sender, tag_filter }: Choice,
): Promise<ReadonlySet<string>> {
	if (!tag_filter && sender !== undefined) return new Set(await listCustomerIds(client, sender));
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, sender, tag_filter)) found.add(id);
	return found;
}

/**
 * How many customers carry the tags now; counting stops as soon as there are more than `most`. Somebody who gets a
 * tag before the task is created is not counted.
 *
 * @param sender the member whose customers count; undefined for those of all members
 */
export async function countTagged(
	client: WeComClient,
	{ sender, tag_filter }: Choice,
	most: number,
): Promise<number> {
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, sender, tag_filter)) {
		found.add(id);
		if (found.size > most) break;
	}
	return found.size;
}

/** Some more than once: those whom several members have tagged. */
async function* taggedCustomers(
	client: WeComClient,
	sender: string | undefined,
	tag_filter: TagFilter = { group_list: [] },
): AsyncGenerator<string, void> {
	const members = sender === undefined ? await listMembers(client) : [sender];
	for await (const page of listCustomers(client, members, { ordered: true })) {
		for (const { external_contact, follow_info } of page) {
			const own = new Set(follow_info.tag_id);
			const tagged = tag_filter.group_list.every(({ tag_list }) =>
				tag_list.some((tag) => own.has(tag)),
			);
			if (tagged) yield external_contact.external_userid;
		}
	}
}
