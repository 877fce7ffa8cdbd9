import type { INodePropertyOptions } from 'n8n-workflow';

/** An event that can be chosen. */
export interface EventKind extends INodePropertyOptions {
	/** `Event` and, where it has one, `ChangeType`, as WeCom spells them. Stored in workflows, so it must never change. */
	readonly value: string;
	/** What its items always have, in this order; null where WeCom leaves it out. */
	readonly fields: readonly string[];
	/** What it is about and Add Details can read. */
	readonly subject?: 'customer' | 'customerGroup' | 'tag';
}

/** Also what WeCom will send one day. */
export const ALL_EVENTS = '*';

export const GROUP_CHANGED = 'change_external_chat.update';

/** Fields that are lists: empty where WeCom leaves them out. */
export const LIST_FIELDS: ReadonlySet<string> = new Set([
	'auth_add_open_kfid',
	'auth_del_open_kfid',
	'mem_change_list',
	'selected_items',
]);

const CUSTOMER = ['userid', 'external_userid'];
const NEW_CUSTOMER = [...CUSTOMER, 'state', 'welcome_code', 'welcome_code_valid_until'];
const TAG = ['tag_type', 'tag_id', 'group_id', 'strategy_id'];
const CARD = ['userid', 'event_key', 'task_id', 'card_type', 'response_code', 'selected_items'];

/** By name. Docs 92130 (customers, groups, tags), 90240 (cards), 97712 and 94670 (customer service). */
export const eventKinds: readonly EventKind[] = [
	{
		name: 'Acquisition Link: Balance Low',
		value: 'customer_acquisition.balance_low',
		description: 'Few customers are left that links may add',
		fields: [],
	},
	{
		name: 'Acquisition Link: Balance Used Up',
		value: 'customer_acquisition.balance_exhausted',
		description: 'Links add no more customers',
		fields: [],
	},
	{
		name: 'Acquisition Link: Deleted',
		value: 'customer_acquisition.delete_link',
		fields: ['link_id'],
	},
	{
		name: 'Acquisition Link: Friend Requested',
		value: 'customer_acquisition.friend_request',
		description: 'A customer asked a member through a link to be added',
		fields: ['link_id', 'state'],
	},
	{
		name: 'Acquisition Link: Quota Expires Soon',
		value: 'customer_acquisition.quota_expire_soon',
		fields: [],
	},
	{
		name: 'Acquisition Link: Started Chatting',
		value: 'customer_acquisition.customer_start_chat',
		description: 'A customer who came by a link wrote to the member for the first time',
		fields: CUSTOMER,
		subject: 'customer',
	},
	{
		name: 'Acquisition Link: Unavailable',
		value: 'customer_acquisition.link_unavailable',
		fields: ['link_id'],
	},
	{
		name: 'Card: Button Clicked',
		value: 'template_card_event',
		description: 'A member clicked a button, or submitted choices, of a card that the app sent',
		fields: CARD,
	},
	{
		name: 'Card: Menu Item Clicked',
		value: 'template_card_menu_event',
		description: 'A member clicked in the menu of a card that the app sent',
		fields: ['userid', 'event_key', 'task_id', 'card_type', 'response_code'],
	},
	{
		name: 'Customer Group: Changed',
		value: GROUP_CHANGED,
		description: 'Members, owner, name or notice. Narrow it with the filter Group Changes.',
		fields: [
			'chat_id',
			'update_detail',
			'mem_change_cnt',
			'mem_change_list',
			'join_scene',
			'join_scene_name',
			'quit_scene',
			'quit_scene_name',
			'last_mem_ver',
			'cur_mem_ver',
		],
		subject: 'customerGroup',
	},
	{
		name: 'Customer Group: Created',
		value: 'change_external_chat.create',
		fields: ['chat_id'],
		subject: 'customerGroup',
	},
	{
		name: 'Customer Group: Dismissed',
		value: 'change_external_chat.dismiss',
		fields: ['chat_id'],
	},
	{
		name: 'Customer Service: Accounts Changed',
		value: 'kf_account_auth_change',
		description: 'The app may now manage other accounts',
		fields: ['auth_add_open_kfid', 'auth_del_open_kfid'],
	},
	{
		name: 'Customer Service: New Messages',
		value: 'kf_msg_or_event',
		description:
			'Only says that there are some: WeCom gives the messages to those who ask for them',
		fields: ['open_kfid', 'token'],
	},
	{
		name: 'Customer: Added',
		value: 'change_external_contact.add_external_contact',
		description:
			'A member has a new customer. The welcome code is missing if the admin console has a welcome message for the member, or if the chat has begun already.',
		fields: NEW_CUSTOMER,
		subject: 'customer',
	},
	{
		name: 'Customer: Added Without Verification',
		value: 'change_external_contact.add_half_external_contact',
		description: 'A customer added a member who confirms nobody; they cannot chat yet',
		fields: NEW_CUSTOMER,
		subject: 'customer',
	},
	{
		name: 'Customer: Chat Archiving Accepted',
		value: 'change_external_contact.msg_audit_approved',
		description: 'With a new welcome code',
		fields: [...CUSTOMER, 'welcome_code', 'welcome_code_valid_until'],
		subject: 'customer',
	},
	{
		name: 'Customer: Deleted by Member',
		value: 'change_external_contact.del_external_contact',
		description: 'Also when a transfer to another member is done',
		fields: [...CUSTOMER, 'source'],
		subject: 'customer',
	},
	{
		name: 'Customer: Deleted the Member',
		value: 'change_external_contact.del_follow_user',
		description: 'The customer is lost for this member',
		fields: CUSTOMER,
		subject: 'customer',
	},
	{
		name: 'Customer: Edited',
		value: 'change_external_contact.edit_external_contact',
		description: 'A member changed the remark or the tags',
		fields: [...CUSTOMER, 'state'],
		subject: 'customer',
	},
	{
		name: 'Customer: Transfer Failed',
		value: 'change_external_contact.transfer_fail',
		description: 'The customer refused, or the new member has too many',
		fields: [...CUSTOMER, 'fail_reason'],
		subject: 'customer',
	},
	{
		name: 'Tag: Changed',
		value: 'change_external_tag.update',
		description: 'A tag or a group of tags',
		fields: TAG,
		subject: 'tag',
	},
	{
		name: 'Tag: Created',
		value: 'change_external_tag.create',
		description: 'A tag or a group of tags',
		fields: TAG,
		subject: 'tag',
	},
	{
		name: 'Tag: Deleted',
		value: 'change_external_tag.delete',
		description: 'A tag or a group of tags',
		fields: TAG,
	},
	{
		name: 'Tag: Reordered',
		value: 'change_external_tag.shuffle',
		description: 'The tags of a group; of all groups where group_id is null',
		fields: ['group_id', 'strategy_id'],
		subject: 'tag',
	},
];

const byValue: ReadonlyMap<string, EventKind> = new Map(
	eventKinds.map((kind) => [kind.value, kind]),
);

/** Undefined for an event that is new at WeCom. */
export function eventKind(value: string): EventKind | undefined {
	return byValue.get(value);
}
