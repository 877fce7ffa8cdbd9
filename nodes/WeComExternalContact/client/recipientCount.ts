import type { WeComClient } from './client';
import { listCustomers, listMembers } from './customers';
import type { TagFilter } from './types';

/**
 * How many customers carry the tags now; counting stops as soon as there are more than `most`. WeCom chooses them
 * itself when it creates the task, so somebody who gets a tag meanwhile is not counted.
 *
 * @param sender the member whose customers count; undefined for those of all members
 */
export async function countTagged(
	client: WeComClient,
	{ sender, tag_filter }: { sender?: string; tag_filter: TagFilter },
	most: number,
): Promise<number> {
	const members = sender === undefined ? await listMembers(client) : [sender];
	const found = new Set<string>();
	for await (const page of listCustomers(client, members, { ordered: true })) {
		for (const { external_contact, follow_info } of page) {
			const own = new Set(follow_info.tag_id);
			const tagged = tag_filter.group_list.every(({ tag_list }) =>
				tag_list.some((tag) => own.has(tag)),
			);
			if (tagged) found.add(external_contact.external_userid);
			if (found.size > most) return found.size;
		}
	}
	return found.size;
}
