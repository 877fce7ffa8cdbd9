import type { WeComClient } from '../core/client';
import { listCustomers, listMembers } from './customers';
import type { CustomerOfMember, ExternalContact, FollowInfo } from './types';

/** A customer, and the relations of all their members. */
export interface CustomerWithRelations {
	readonly contact: ExternalContact;
	readonly follows: [FollowInfo, ...FollowInfo[]];
}

/**
 * Finds customers by their union ID. WeCom has no call for that which the corporation's own apps may use (doc 93274 is
 * for providers), so this reads all customers the app sees, once however many are looked for. WeCom gives a union ID
 * only of WeChat users, and only if the corporation is bound to an account of the WeChat Open Platform (doc 92114).
 */
export class CustomersByUnionId {
	private reading?: Promise<void>;
	/** By union ID, then by external user ID. */
	private readonly found = new Map<string, Map<string, CustomerWithRelations>>();
	private readCustomers = 0;
	private unionIds = 0;

	/** @param wanted every union ID that the run may ask for */
	constructor(
		private readonly client: WeComClient,
		private readonly wanted: ReadonlySet<string>,
	) {}

	/** Customers were read, and none of them had a union ID: the corporation is probably not bound. */
	get noneHasUnionId(): boolean {
		return this.readCustomers > 0 && this.unionIds === 0;
	}

	/** The customers with this union ID: one, as far as WeCom says. */
	async find(unionid: string): Promise<CustomerWithRelations[]> {
		await (this.reading ??= this.read());
		return [...(this.found.get(unionid)?.values() ?? [])];
	}

	private async read(): Promise<void> {
		const keep = ({ external_contact: { unionid } }: CustomerOfMember) => {
			this.readCustomers++;
			if (unionid) this.unionIds++;
			return unionid !== undefined && this.wanted.has(unionid);
		};
		const members = await listMembers(this.client);
		for await (const page of listCustomers(this.client, members, { ordered: false, keep })) {
			page.forEach((row) => this.add(row));
		}
	}

	private add({ external_contact: contact, follow_info }: CustomerOfMember): void {
		const { unionid = '', external_userid } = contact;
		const customers = this.found.get(unionid) ?? new Map<string, CustomerWithRelations>();
		this.found.set(unionid, customers);
		const known = customers.get(external_userid);
		if (known) known.follows.push(follow_info);
		else customers.set(external_userid, { contact, follows: [follow_info] });
	}
}
