/** An employee of the corp. */
export interface Member {
	readonly userid: string;
	name: string;
	/** Within 客户联系 → 权限配置 → 使用范围 (doc 92571). */
	customerContact: boolean;
	/** Has an interworking licence; `batch/get_by_user` skips a member who has none (doc 92994). */
	licensed: boolean;
	/** Every customer ever added, in that order; ended ones stay with `deleted` set. */
	readonly relations: Relation[];
}

/** An external contact of at least one member, or a former one. */
export interface Customer {
	readonly externalUserid: string;
	name: string;
	/** 1 WeChat user, 2 WeCom user (doc 92114). */
	type: 1 | 2;
	/** 0 unknown, 1 male, 2 female. */
	gender: 0 | 1 | 2;
	/** WeChat users only; shown while the corp is bound to an open platform account (doc 92114). */
	unionid?: string;
	/** WeCom users only. */
	corpName?: string;
	position?: string;
	readonly relations: Relation[];
}

/**
 * One member with one customer. Tags, remark and add time belong to the pair, not to the customer.
 * Times are Unix seconds.
 */
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
	/** What calls show as `createtime` instead, for records that are not as documented (A76). */
	shownCreateTime?: number | string | null;
	operUserid: string;
	/** The channel: what the contact way or the acquisition link carries (doc 92114). */
	state: string;
	/** Whom the customer met on Channels; shown for add way 10 (doc 92114). */
	wechatChannels?: { nickname: string; source: number };
	lastInteraction: number;
	deleted: boolean;
}
