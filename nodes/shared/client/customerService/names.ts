/** The `service_state`s into which a session can be moved (doc 94669). */
export const SESSION_STATE = { assistant: 1, pool: 2, servicer: 3, ended: 4 } as const;

/** `service_state` of a session (doc 94669). */
export const SESSION_STATES = {
	0: 'new',
	1: 'assistant',
	2: 'waiting_for_servicer',
	3: 'with_servicer',
	4: 'ended',
} as const;

/** `status` of a servicer in the list (doc 94645); the event of a change has other numbers. */
export const SERVICER_STATUS = { 0: 'receiving', 1: 'stopped' } as const;

/** `status` in the event `servicer_status_change` (doc 94670). */
export const CHANGED_SERVICER_STATUS = { 1: 'receiving', 2: 'stopped' } as const;

/** `stop_type` of a servicer who is not receiving (docs 94645, 94670). */
export const STOP_TYPES = { 0: 'stopped', 1: 'suspended' } as const;

/** `origin` of a message (doc 94670). */
export const ORIGINS = { 3: 'customer', 4: 'event', 5: 'servicer' } as const;

/** `change_type` of a session (doc 94670). */
export const SESSION_CHANGES = {
	1: 'taken_from_pool',
	2: 'transferred',
	3: 'ended',
	4: 'reopened',
} as const;

/** `fail_type` of the event `msg_send_fail` (doc 94670); 7, 9 and 13 were only seen in SDKs. */
export const FAIL_TYPES = {
	0: 'unknown',
	1: 'account_deleted',
	2: 'app_closed',
	4: 'window_over',
	5: 'session_closed',
	6: 'limit_reached',
	7: 'no_channels_account_bound',
	8: 'corporation_not_verified',
	9: 'channels_and_corporation_not_verified',
	10: 'rejected_by_customer',
	11: 'no_member_logged_in',
	12: 'message_type_forbidden',
	13: 'content_security',
} as const;
