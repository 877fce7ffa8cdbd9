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
