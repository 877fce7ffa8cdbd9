/** What groups and tags of the corp's library have in common. Times are Unix seconds. */
interface LibraryEntry {
	name: string;
	order: number;
	readonly createTime: number;
	/** Agent ID of the app that made it; undefined: the admin console. */
	readonly ownerAgentId?: number;
	deleted: boolean;
}

/** A group of corp tags. */
export interface TagGroup extends LibraryEntry {
	readonly groupId: string;
	readonly tags: Tag[];
}

/** A strategy tag (doc 94882): a tag of a rule group. It has no place in the corp's library. */
export interface StrategyTag {
	readonly tagId: string;
	readonly groupName: string;
	readonly name: string;
}

/** A corp tag. */
export interface Tag extends LibraryEntry {
	readonly tagId: string;
	readonly groupId: string;
}
