import type { WeComClient } from '../core/client';
import { listCustomers } from './customers';
import { distinctMembers, memberKey } from './members';

/** A customer, and a member who has or had them as a contact. */
interface OfMember {
	readonly userid: string;
	readonly external_userid: string;
}

/**
 * Looks up customer names in the fewest calls: 100 members and 100 customers at a time, no page after the last name
 * needed, and nothing that an earlier lookup already returned.
 */
export class CustomerNames {
	private readonly names = new Map<string, string>();

	private readonly asked = new Set<string>();

	constructor(private readonly client: WeComClient) {}

	/** What is known so far; null for a customer whom none of their members has as a contact any more. */
	of(external_userid: string): string | null {
		return this.names.get(external_userid) ?? null;
	}

	/** On failure, the names read so far are kept. */
	async read(customers: readonly OfMember[]): Promise<void> {
		const open = customers.filter(
			(customer) =>
				!this.names.has(customer.external_userid) && !this.asked.has(relationKey(customer)),
		);
		if (open.length === 0) return;
		for (const customer of open) this.asked.add(relationKey(customer));
		const wanted = new Set(open.map(({ external_userid }) => external_userid));
		const pages = listCustomers(this.client, distinctMembers(open.map(({ userid }) => userid)), {
			ordered: false,
			keep: (row) => wanted.has(row.external_contact.external_userid),
		});
		for await (const page of pages) {
			for (const { external_contact } of page) {
				const { external_userid, name } = external_contact;
				if (name !== undefined) this.names.set(external_userid, name);
				wanted.delete(external_userid);
			}
			if (wanted.size === 0) return;
		}
	}
}

function relationKey({ userid, external_userid }: OfMember): string {
	return `${memberKey(userid)} ${external_userid}`;
}
