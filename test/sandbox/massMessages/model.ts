/** An attachment as it came in, checked: `{ msgtype, [msgtype]: { … } }` (doc 92135). */
export interface Attachment {
	readonly msgtype: 'image' | 'link' | 'miniprogram' | 'video' | 'file';
	readonly content: Readonly<Record<string, string>>;
}

/** A mass message task. Times are Unix seconds. */
export interface Task {
	/** Order of creation in its corp. */
	readonly seq: number;
	readonly msgid: string;
	/** App that created it; undefined: written by a member or in the admin console. */
	readonly agentId?: number;
	/** 0 enterprise, 1 personal (doc 93338). */
	readonly createType: 0 | 1;
	/** Absent for tasks created by API (doc 93338). */
	readonly creator?: string;
	readonly chatType: 'single' | 'group';
	readonly createTime: number;
	readonly text?: string;
	readonly attachments: readonly Attachment[];
	readonly allowSelect: boolean;
	/** A task for customer groups without chat_id_list: the owner picks them on confirming (doc 92135). */
	readonly ownerChooses: boolean;
	/** By userid: what each member has to send. */
	readonly parts: ReadonlyMap<string, TaskPart>;
	/** What calls show instead of the usual, for records that are not as documented. */
	readonly wire?: Wire;
	cancelled: boolean;
	/** When members were reminded. */
	readonly reminders: number[];
}

/** What calls show of a task that is not as documented (A75). */
export interface Wire {
	/** Fields of the listed record; an undefined one is left out. */
	readonly listed?: Readonly<Record<string, unknown>>;
	/** Rows of `get_groupmsg_task`. */
	readonly members?: readonly object[];
	/** By userid: rows of `get_groupmsg_send_result`. */
	readonly results?: Readonly<Record<string, readonly object[]>>;
}

/** What one member has to send. */
export interface TaskPart {
	readonly userid: string;
	/** When the member first confirmed; undefined until then. */
	sentAt?: number;
	readonly recipients: RecipientResult[];
}

/** One recipient of a part, and what became of it. */
export interface RecipientResult {
	/** external_userid or chat_id. */
	readonly id: string;
	/** 0 not sent, 1 sent, 2 not a friend, 3 receive limit reached (doc 93338). */
	status: 0 | 1 | 2 | 3;
	sentAt?: number;
}

/** A mass message that reached a customer or a customer group. */
export interface Delivery {
	readonly time: number;
	readonly msgid: string;
	readonly userid: string;
	readonly createType: 0 | 1;
	readonly text?: string;
	readonly attachments: readonly Attachment[];
}

/** 群发助手 → 设置群发规则 (doc 92135). */
export type ReceiveLimit = 'month_days' | '7_per_week' | '1_per_day';
