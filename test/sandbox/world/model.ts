/** What the sandbox's world is made of. Times are Unix seconds. Wire shapes live in `endpoints/`. */

export interface App {
	readonly agentId: number;
	name: string;
	secret: string;
	/** The 客户联系 system app may touch every tag; a self-built app only those it created (doc 92117). */
	kind: 'selfBuilt' | 'system';
	enabled: boolean;
	/** Listed under 客户联系 → 可调用接口的应用; otherwise 48002 (doc 90313). */
	callable: boolean;
	/** Empty: no trusted-IP gate, as for apps from before 2022-06-20 (60020, doc 90313). */
	trustedIps: string[];
	visibleMembers: 'all' | string[];
}

export interface Member {
	readonly userid: string;
	name: string;
	/** Within 客户联系 → 权限配置 → 使用范围 (doc 92571). */
	customerContact: boolean;
	/** Every customer ever added, in that order; ended ones stay with `deleted` set. */
	readonly relations: Relation[];
}

export interface Customer {
	readonly externalUserid: string;
	name: string;
	/** 1 WeChat user, 2 WeCom user (doc 92114). */
	type: 1 | 2;
	/** 0 unknown, 1 male, 2 female. */
	gender: 0 | 1 | 2;
	unionid?: string;
	/** WeCom users only. */
	corpName?: string;
	position?: string;
	readonly relations: Relation[];
}

/** One member with one customer. Tags, remark and add time belong to the pair, not to the customer. */
export interface Relation {
	readonly member: Member;
	readonly customer: Customer;
	remark: string;
	description: string;
	remarkCompany: string;
	remarkMobiles: string[];
	remarkPicMediaId: string;
	tagIds: string[];
	/** Names of the member's own tags; they have no ID on the wire (doc 92114). */
	personalTags: string[];
	addWay: number;
	createTime: number;
	operUserid: string;
	state: string;
	lastInteraction: number;
	deleted: boolean;
}

export interface TagGroup {
	readonly groupId: string;
	name: string;
	order: number;
	readonly createTime: number;
	/** Agent ID of the app that made it; undefined: the admin console. */
	readonly ownerAgentId?: number;
	deleted: boolean;
	readonly tags: Tag[];
}

export interface Tag {
	readonly tagId: string;
	readonly groupId: string;
	name: string;
	order: number;
	readonly createTime: number;
	readonly ownerAgentId?: number;
	deleted: boolean;
}

export interface CustomerGroup {
	readonly chatId: string;
	name: string;
	owner: string;
	notice: string;
	readonly createTime: number;
	/** 0 normal, 1 owner left, 2 being inherited, 3 inherited (doc 92120). */
	status: 0 | 1 | 2 | 3;
	readonly members: GroupMember[];
	readonly admins: string[];
}

export interface GroupMember {
	/** A member's userid or a customer's external_userid. */
	readonly id: string;
	/** 1 member, 2 external. */
	readonly type: 1 | 2;
	readonly joinTime: number;
	/** 1 direct invitation, 2 invitation link, 3 QR code (doc 92122). */
	readonly joinScene: 1 | 2 | 3;
	readonly invitor?: string;
	readonly groupNickname: string;
	readonly name: string;
	readonly state?: string;
}

/** An attachment as it came in, checked: `{ msgtype, [msgtype]: { … } }` (doc 92135). */
export interface Attachment {
	readonly msgtype: 'image' | 'link' | 'miniprogram' | 'video' | 'file';
	readonly content: Readonly<Record<string, string>>;
}

export interface Task {
	/** Order of creation in its corp. */
	readonly seq: number;
	readonly msgid: string;
	/** App that created it; undefined: written by a member or the admin console. */
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
	/** Group task without chat_id_list: the owner picks the groups when he confirms (doc 92135). */
	readonly ownerChooses: boolean;
	/** By userid: what each member has to send. */
	readonly parts: ReadonlyMap<string, TaskPart>;
	cancelled: boolean;
	readonly reminders: number[];
}

export interface TaskPart {
	readonly userid: string;
	/** When the member confirmed first; undefined while he has not. */
	sentAt?: number;
	readonly recipients: RecipientResult[];
}

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

export type MediaType = 'image' | 'voice' | 'video' | 'file';

export interface Media {
	readonly mediaId: string;
	readonly type: MediaType;
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Buffer;
	readonly createdAt: number;
}
