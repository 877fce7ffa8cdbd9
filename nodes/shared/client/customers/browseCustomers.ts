import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import type { Portion } from '../core/pagination';
import { mayPassWithFewer } from './customers';
import { readCustomerBatch } from './customerBatch';
import { NO_LICENSE, NOT_A_CONTACT } from './errorCodes';
import { MEMBERS_PER_CUSTOMER_BATCH } from './limits';
import { UNLICENSED } from './notices';
import type { CustomerOfMember } from './types';

/** Which members' customers to read next, and how far they have been read. */
export interface CustomerPosition {
	/** Index of the first of them among the members. */
	readonly first: number;
	/** Members per request. */
	readonly members: number;
	readonly cursor: string;
	/** The customer of the last row, which WeCom may repeat. */
	readonly last?: string;
}

export const FIRST_CUSTOMERS: CustomerPosition = {
	first: 0,
	members: MEMBERS_PER_CUSTOMER_BATCH,
	cursor: '',
};

/** One page of the members' customers (doc 92994). */
export async function browseCustomers(
	client: WeComClient,
	userids: readonly string[],
	position: CustomerPosition,
): Promise<Portion<CustomerOfMember, CustomerPosition>> {
	const { first, members, cursor } = position;
	const userid_list = userids.slice(first, first + members);
	const following =
		first + members < userids.length ? { ...FIRST_CUSTOMERS, first: first + members } : undefined;
	if (userid_list.length === 0) return { entries: [], next: undefined };
	try {
		const { rows, next_cursor } = await readCustomerBatch(client, userid_list, cursor);
		const idOf = (row?: CustomerOfMember) => row?.external_contact.external_userid;
		const last = idOf(rows.at(-1)) ?? position.last;
		return {
			entries: rows.filter((row, place) => place > 0 || idOf(row) !== position.last),
			next: next_cursor ? { ...position, cursor: next_cursor, last } : following,
		};
	} catch (error) {
		if (!(error instanceof WeComApiError)) throw asError(error);
		if (userid_list.length > 1 && mayPassWithFewer(error)) {
			const half = Math.ceil(userid_list.length / 2);
			return { entries: [], next: { ...position, members: half } };
		}
		if (error.errcode === NOT_A_CONTACT) return { entries: [], next: following };
		if (NO_LICENSE.has(error.errcode) && userid_list.length < userids.length) {
			for (const userid of userid_list) client.notices.add(UNLICENSED, userid);
			return { entries: [], next: following };
		}
		throw asError(error);
	}
}
