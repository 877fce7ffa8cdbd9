/** Whether a group's owner is still there: `status` (doc 92120). */
export const CUSTOMER_GROUP_STATUS = {
	0: 'normal',
	1: 'owner_left',
	2: 'being_inherited',
	3: 'inherited',
} as const;

/** `member_list[].type` (doc 92122). */
export const GROUP_MEMBER_TYPES = { 1: 'member', 2: 'customer' } as const;

/** How someone joined a group: `member_list[].join_scene` (doc 92122). */
export const JOIN_SCENES = { 1: 'invitation', 2: 'invitation_link', 3: 'qr_code' } as const;
