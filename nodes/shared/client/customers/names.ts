/** How a member came to have a customer: `add_way` (doc 92114). */
export const ADD_WAYS = {
	0: 'unknown',
	1: 'qr_code_scan',
	2: 'phone_number_search',
	3: 'name_card',
	4: 'group_chat',
	5: 'phone_contacts',
	6: 'wechat_contacts',
	8: 'third_party_app',
	9: 'email_search',
	10: 'channels',
	11: 'calendar_participant',
	12: 'meeting_participant',
	13: 'wecom_of_wechat_friend',
	14: 'smart_hardware_service',
	15: 'on_site_service',
	16: 'customer_acquisition_link',
	17: 'custom_development',
	18: 'demand_reply',
	21: 'third_party_pre_sales',
	22: 'possible_business_partner',
	24: 'friend_request_accepted_on_wechat',
	201: 'shared_by_colleague',
	202: 'assigned_by_administrator',
} as const;

/** `external_contact.type` (doc 92114). */
export const CUSTOMER_TYPES = { 1: 'wechat_user', 2: 'wecom_user' } as const;

/** `external_contact.gender` (doc 92114). */
export const GENDERS = { 0: 'unknown', 1: 'male', 2: 'female' } as const;

/** `external_profile.external_attr[].type` (doc 92114). */
export const PROFILE_ATTRIBUTE_TYPES = { 0: 'text', 1: 'web', 2: 'miniprogram' } as const;

/** `follow_user[].tags[].type` (doc 92114). */
export const CUSTOMER_TAG_TYPES = { 1: 'corp', 2: 'personal', 3: 'strategy' } as const;

/** Where in Channels a customer came from: `wechat_channels.source` (doc 92114). */
export const CHANNELS_SOURCES = { 0: 'unknown', 1: 'profile', 2: 'live', 3: 'lead_form' } as const;
