/** A group chat with customers. Times are Unix seconds. */
export interface CustomerGroup {
	readonly chatId: string;
	name: string;
	/** userid; may be of somebody who has left the corp. */
	owner: string;
	notice: string;
	readonly createTime: number;
	/** 0 normal, 1 owner left, 2 being inherited, 3 inherited (doc 92120). */
	status: 0 | 1 | 2 | 3;
	readonly members: GroupMember[];
	/** User IDs. */
	readonly admins: string[];
}

/** A member or a customer in a customer group. */
export interface GroupMember {
	/** A member's userid or a customer's external_userid. */
	readonly id: string;
	/** 1 member, 2 external. */
	readonly type: 1 | 2;
	readonly joinTime: number;
	/** 1 direct invitation, 2 invitation link, 3 QR code (doc 92122). */
	readonly joinScene: 1 | 2 | 3;
	/** userid of the member who invited; spelled so by WeCom. */
	readonly invitor?: string;
	readonly groupNickname: string;
	readonly name: string;
	/** The channel of the group's QR code or link. */
	readonly state?: string;
	/** Of a WeChat user whom no member has added; a customer's is that of the customer. */
	readonly unionid?: string;
}
