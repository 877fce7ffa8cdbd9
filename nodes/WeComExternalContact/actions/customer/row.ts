import type { IDataObject } from 'n8n-workflow';

import type { CustomerOfMember } from '../../client/types';
import { toIso } from '../time';

/** How a customer came to a member (W 6.3). */
export const ADD_WAYS: Readonly<Record<number, string>> = {
	0: 'Unknown',
	1: 'QR Code Scan',
	2: 'Phone Number Search',
	3: 'Name Card',
	4: 'Group Chat',
	5: 'Phone Contacts',
	6: 'WeChat Contacts',
	8: 'Added by a Third-Party App',
	9: 'Email Search',
	10: 'Channels',
	11: 'Calendar Participant',
	12: 'Meeting Participant',
	13: 'WeCom of a WeChat Friend',
	14: 'Smart Hardware Service',
	15: 'On-Site Service',
	16: 'Customer Acquisition Link',
	17: 'Custom Development',
	18: 'Reply to a Demand',
	21: 'Third-Party Pre-Sales',
	22: 'Possible Business Partner',
	24: 'Friend Request Accepted on WeChat',
	201: 'Shared by a Colleague',
	202: 'Assigned by an Administrator',
};

export const CUSTOMER_TYPES: Readonly<Record<number, string>> = {
	1: 'WeChat User',
	2: 'WeCom User',
};

/** One customer of one member as a flat item; WeCom's fields keep their names, ours stand beside them. */
export function customerRow(
	{ external_contact, follow_info }: CustomerOfMember,
	timezone: string,
): IDataObject {
	return {
		...external_contact,
		type_name: nameOf(CUSTOMER_TYPES, external_contact.type),
		...follow_info,
		tag_id: follow_info.tag_id ?? [],
		created_at: toIso(follow_info.createtime, timezone),
		add_way_name: nameOf(ADD_WAYS, follow_info.add_way),
	} as IDataObject;
}

function nameOf(names: Readonly<Record<number, string>>, value: number | undefined): string | null {
	return value === undefined ? null : (names[value] ?? `Unknown (${value})`);
}
