/** One app of `agent/list` (doc 90227). */
export interface App {
	agentid: number;
	name?: string;
	square_logo_url?: string;
}

/** `agent/list` (doc 90227): the apps that the access token belongs to. */
export interface AppListResponse {
	agentlist?: App[];
}

export interface TextCard {
	title: string;
	description: string;
	url: string;
	btntxt?: string;
}

export interface Article {
	title: string;
	description?: string;
	url: string;
	picurl?: string;
}

/** What `message/send` calls the kinds of messages that this package sends. */
export type AppMessageType = 'text' | 'markdown' | 'textcard' | 'news' | 'image' | 'file' | 'video';

/** `message/send` (doc 90236). IDs are joined with `|`. */
export interface AppMessageRequest {
	touser?: string;
	toparty?: string;
	totag?: string;
	agentid: number;
	msgtype: AppMessageType;
	text?: { content: string };
	markdown?: { content: string };
	textcard?: TextCard;
	news?: { articles: Article[] };
	image?: { media_id: string };
	file?: { media_id: string };
	video?: { media_id: string; title?: string; description?: string };
	/** 1: WeCom drops a message whose request equals an earlier one of the interval. */
	enable_duplicate_check?: 0 | 1;
	/** Seconds. */
	duplicate_check_interval?: number;
}

/** The lists are joined with `|`, user IDs in lower case. What WeCom answers to a repeat that it drops is undocumented. */
export interface AppMessageResponse {
	msgid?: string;
	invaliduser?: string;
	invalidparty?: string;
	invalidtag?: string;
	/** Members without a license for the basic interfaces. */
	unlicenseduser?: string;
}

/** `message/recall` (doc 94867). */
export interface RecallRequest {
	msgid: string;
}
