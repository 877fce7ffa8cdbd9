/** A group of corp tags. Times are Unix seconds. */
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

/** A strategy tag (doc 94882): a tag of a rule group. It has no place in the corp's library. */
export interface StrategyTag {
	readonly tagId: string;
	readonly groupName: string;
	readonly name: string;
}

/** A corp tag. */
export interface Tag {
	readonly tagId: string;
	readonly groupId: string;
	name: string;
	order: number;
	readonly createTime: number;
	readonly ownerAgentId?: number;
	deleted: boolean;
}
