import type { WeComClient } from '../core/client';
import { listCustomerIds, listCustomers, listMembers } from '../customers/customers';
import type { MessageDraft } from './draft';

/** Whom a draft is for, and who sends it. */
type Choice = Pick<MessageDraft, 'sender' | 'recipients'>;

/** External user IDs of the customers whom WeCom would choose now for a draft that names nobody. */
export async function chosenCustomers(
	client: WeComClient,
	choice: Choice,
): Promise<ReadonlySet<string>> {
	const { sender, recipients } = choice;
	if (recipients.kind !== 'tags' && sender !== undefined) {
		return new Set(await listCustomerIds(client, sender));
	}
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, choice)) found.add(id);
	return found;
}

/**
 * How many customers carry the tags now; counting stops as soon as there are more than `most`. Somebody who gets a
 * tag before the task is created is not counted.
 */
export async function countTagged(
	client: WeComClient,
	choice: Choice,
	most: number,
): Promise<number> {
	const found = new Set<string>();
	for await (const id of taggedCustomers(client, choice)) {
		found.add(id);
		if (found.size > most) break;
	}
	return found.size;
}

/** Of the sender, or of all members; some more than once: those whom several members have tagged. */
async function* taggedCustomers(
	client: WeComClient,
	{ sender, recipients }: Choice,
): AsyncGenerator<string, void> {
	const conditions = recipients.kind === 'tags' ? recipients.conditions : [];
	const members = sender === undefined ? await listMembers(client) : [sender];
	for await (const page of listCustomers(client, members, { ordered: true })) {
		for (const { external_contact, follow_info } of page) {
			const own = new Set(follow_info.tag_id);
			const tagged = conditions.every((tags) => tags.some((tag) => own.has(tag)));
			if (tagged) yield external_contact.external_userid;
		}
	}
}
