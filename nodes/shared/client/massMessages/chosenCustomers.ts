import type { WeComClient } from '../core/client';
import { listCustomerIds, listCustomers, listMembers } from '../customers/customers';
import type { TagExclusion } from '../customers/exclusion';
import type { MessageDraft } from './draft';

/** The recipients of a draft, and its sender. */
type Choice = Pick<MessageDraft, 'sender' | 'recipients'>;

/**
 * External user IDs of the customers WeCom would choose now for a draft that names no one.
 *
 * @param exclusion takes over the tags that are read to find them
 */
export async function chosenCustomers(
	client: WeComClient,
	choice: Choice,
	exclusion?: TagExclusion,
): Promise<ReadonlySet<string>> {
	const { sender, recipients } = choice;
	if (recipients.kind !== 'tags' && sender !== undefined) {
		return new Set(await listCustomerIds(client, sender));
	}
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, choice, exclusion)) found.add(id);
	return found;
}

/**
 * Counts customers whom WeCom would choose now, and stops once there are more than `most`. Anyone tagged between now
 * and the creation of the task isn't counted.
 */
export async function countChosen(
	client: WeComClient,
	choice: Choice,
	most: number,
): Promise<number> {
	// One call gives all IDs of a member.
	if (choice.recipients.kind !== 'tags') return (await chosenCustomers(client, choice)).size;
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, choice)) {
		found.add(id);
		if (found.size > most) break;
	}
	return found.size;
}

/**
 * Tagged customers of the sender, or of all members. A customer whom several members have tagged appears more than
 * once.
 */
async function* taggedCustomers(
	client: WeComClient,
	{ sender, recipients }: Choice,
	exclusion?: TagExclusion,
): AsyncGenerator<string, void> {
	const conditions = recipients.kind === 'tags' ? recipients.conditions : [];
	const members = sender === undefined ? await listMembers(client) : [sender];
	for await (const page of listCustomers(client, members, { ordered: true })) {
		for (const row of page) {
			const { external_contact, follow_info } = row;
			exclusion?.learn(row);
			const own = new Set(follow_info.tag_id);
			const tagged = conditions.every((tags) => tags.some((tag) => own.has(tag)));
			if (tagged) yield external_contact.external_userid;
		}
	}
	exclusion?.learnedAll(members, { everyMember: sender === undefined });
}
