export interface CorpTag {
	id: string;
	name: string;
	create_time?: number | string;
	order?: number;
	deleted?: boolean;
}

export interface CorpTagGroup {
	group_id: string;
	group_name: string;
	create_time?: number | string;
	order?: number;
	deleted?: boolean;
	tag: CorpTag[];
}

/** A group on the wire: WeCom may omit an empty name, and the tags if there are none. */
export type CorpTagGroupResponse = Omit<CorpTagGroup, 'group_name' | 'tag'> & {
	group_name?: string;
	/** A tag without an ID can be neither added to a customer nor removed. */
	tag?: Array<Partial<CorpTag>>;
};

/** `get_corp_tag_list` (doc 92117). */
export interface CorpTagListRequest {
	tag_id?: string[];
	group_id?: string[];
}

export interface CorpTagListResponse {
	tag_group?: CorpTagGroupResponse[];
}

/** `add_corp_tag` (doc 92117). */
export interface AddCorpTagRequest {
	group_id?: string;
	group_name?: string;
	order?: number;
	tag: Array<{ name: string; order?: number }>;
}

export interface AddCorpTagResponse {
	tag_group: CorpTagGroupResponse;
}

/** `edit_corp_tag` (doc 92117). */
export interface EditCorpTagRequest {
	id: string;
	name?: string;
	order?: number;
}

/** `del_corp_tag` (doc 92117). */
export interface DelCorpTagRequest {
	tag_id?: string[];
	group_id?: string[];
}
