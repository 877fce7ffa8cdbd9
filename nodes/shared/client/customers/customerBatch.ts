import type { WeComClient } from '../core/client';
import type { PagedResponse } from '../core/pagination';
import { unixSeconds, withNumbers } from '../core/utils';
import { customerEndpoints } from './endpoints';
import { CUSTOMER_PAGE } from './limits';
import { NAMELESS, UNLICENSED } from './notices';
import type { CustomerOfMember, ExternalContact, FollowCore, FollowCoreResponse } from './types';

export interface CustomerBatchPage extends PagedResponse {
	readonly rows: CustomerOfMember[];
}

/** One page of the members' customers (doc 92994). Anyone WeCom leaves out is recorded in the client's notices. */
export async function readCustomerBatch(
	client: WeComClient,
	userids: readonly string[],
	cursor: string,
): Promise<CustomerBatchPage> {
	const { external_contact_list, fail_info, next_cursor } = await client.call(
		customerEndpoints.customersByMember,
		{ userid_list: [...userids], cursor, limit: CUSTOMER_PAGE },
	);
	for (const userid of fail_info?.unlicensed_userid_list ?? []) {
		client.notices.add(UNLICENSED, userid);
	}
	const rows: CustomerOfMember[] = [];
	for (const { external_contact, follow_info } of external_contact_list ?? []) {
		if (hasId(external_contact)) {
			rows.push({
				external_contact: withContactNumbers(external_contact),
				follow_info: withTime(follow_info ?? {}),
			});
		} else {
			client.notices.add(NAMELESS, follow_info?.userid ?? '');
		}
	}
	return { rows, next_cursor };
}

function hasId(contact: Partial<ExternalContact> | undefined): contact is ExternalContact {
	return Boolean(contact?.external_userid);
}

export function withContactNumbers<Contact extends Partial<ExternalContact>>(
	contact: Contact,
): Contact {
	return withNumbers(contact, 'type', 'gender');
}

/** A relation whose time is a number or missing. */
export function withTime<Wire extends FollowCoreResponse>(
	follow: Wire,
): Omit<Wire, 'createtime'> & FollowCore {
	const row = withNumbers(follow, 'add_way');
	const createtime = unixSeconds(row.createtime);
	// Lists are long, and nearly every row is right as it is.
	return (row.createtime === createtime ? row : { ...row, createtime }) as Wire & FollowCore;
}
