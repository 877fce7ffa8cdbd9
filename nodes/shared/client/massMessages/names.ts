/** A member's progress on a task: `task_list[].status` (doc 93338). */
export const MEMBER_STATUS = { 0: 'not_sent', 1: 'confirmed', 2: 'sent' } as const;

/** What became of the message to a customer or customer group: `send_list[].status` (doc 93338). */
export const SEND_STATUS = {
	0: 'pending',
	1: 'sent',
	2: 'failed_not_friend',
	3: 'failed_limit',
} as const;

/** Who created a mass message: `create_type` (doc 93338). */
export const CREATE_TYPES = { 0: 'company', 1: 'member' } as const;
