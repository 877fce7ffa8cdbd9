import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { listCustomers } from './customers';
import { customerEndpoints } from './endpoints';
import { MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { distinctMembers, memberKey } from './members';

/** A customer, and a member who has or had them as a contact. */
interface OfMember {
	readonly userid: string;
	readonly external_userid: string;
}

/**
 * Names of customers, in few calls: pages of all customers of the members, as long as these are fewer than the names
 * that are missing, then one call for each that still is. That is at most twice as many as the better of both ways,
 * and nobody knows before which one it is. Nothing is asked that an earlier look has told.
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
		for (const customer of open) this.asked.add(relationKey(customer));
		const wanted = new Set(open.map(({ external_userid }) => external_userid));
		const members = distinctMembers(open.map(({ userid }) => userid));
		if (wanted.size > Math.ceil(members.length / MEMBERS_PER_CUSTOMER_BATCH)) {
			const allRead = await this.readPages(members, wanted);
			if (allRead) return;
		}
		await mapConcurrently([...wanted], MAX_CONCURRENT_REQUESTS, async (external_userid) => {
			await this.readOne(external_userid);
		});
	}

	/** @returns whether there is nothing more to read, so that asking for those who are still wanted is no use */
	private async readPages(members: readonly string[], wanted: Set<string>): Promise<boolean> {
		let pages = 0;
		for await (const page of listCustomers(this.client, members, { ordered: true })) {
			for (const { external_contact } of page) {
				const { external_userid, name } = external_contact;
				if (!wanted.delete(external_userid)) continue;
				if (name !== undefined) this.names.set(external_userid, name);
			}
			if (wanted.size === 0) return true;
			if (++pages >= wanted.size) return false;
		}
		return true;
	}

	private async readOne(external_userid: string): Promise<void> {
		try {
			const { external_contact } = await this.client.call(customerEndpoints.customer, {
				external_userid,
			});
			const { name } = external_contact;
			if (name !== undefined) this.names.set(external_userid, name);
		} catch (error) {
			// Nobody has the customer any more.
			if (!(error instanceof WeComApiError && error.kind === 'input')) throw asError(error);
		}
	}
}

function relationKey({ userid, external_userid }: OfMember): string {
	return `${memberKey(userid)} ${external_userid}`;
}
