/** `kf/account/list` (doc 94706). */
export interface AccountListRequest {
	offset: number;
	limit: number;
}

export interface Account {
	open_kfid: string;
	name?: string;
	avatar?: string;
	/** Whether the app may manage the sessions and messages of this account. */
	manage_privilege?: boolean;
}

export interface AccountListResponse {
	account_list?: Account[];
}

export interface AccountId {
	open_kfid: string;
}

/** `kf/account/add` (doc 94662). */
export interface AddAccountRequest {
	name: string;
	media_id: string;
}

/** `kf/account/update` (doc 94664): what is absent stays. */
export interface UpdateAccountRequest extends AccountId, Partial<AddAccountRequest> {}

/** `kf/add_contact_way` (doc 94665). */
export interface AddContactWayRequest extends AccountId {
	scene?: string;
}

/** `kf/servicer/add` (doc 94646) and `kf/servicer/del` (doc 94647). */
export interface ServicersRequest extends AccountId {
	userid_list?: string[];
	department_id_list?: number[];
}

/** What became of one member or department; `ignored` with errcode 0 means that nothing had to change. */
export interface ServicerResult {
	userid?: string;
	department_id?: number;
	errcode: number;
	errmsg?: string;
}

/** `kf/servicer/list` (doc 94645). */
export interface Servicer {
	userid?: string;
	department_id?: number;
	/** 0 receiving, 1 stopped. The event `servicer_status_change` has other numbers. */
	status?: number;
	/** With status 1: 0 stopped, 1 suspended. */
	stop_type?: number;
}

export interface SessionId extends AccountId {
	external_userid: string;
}

/** `kf/service_state/get` (doc 94669). */
export interface SessionState {
	/** 0 new, 1 assistant, 2 waiting in the pool, 3 with a servicer, 4 ended or not begun. */
	service_state: number;
	/** With state 3. */
	servicer_userid?: string;
}

/** `kf/service_state/trans` (doc 94669). */
export interface TransferSessionRequest extends SessionId {
	service_state: number;
	servicer_userid?: string;
}

export interface TransferSessionResponse {
	/** For `kf/send_msg_on_event`: one message about the change. */
	msg_code?: string;
}

/** `kf/customer/batchget` (doc 95159). */
export interface CustomersRequest {
	external_userid_list: string[];
	need_enter_session_context?: 0 | 1;
}

export interface ServiceCustomer {
	external_userid: string;
	nickname?: string;
	avatar?: string;
	gender?: number;
	unionid?: string;
	enter_session_context?: {
		scene?: string;
		scene_param?: string;
		wechat_channels?: { nickname?: string; shop_nickname?: string; scene?: number | string };
	};
}

export interface CustomersResponse {
	customer_list?: ServiceCustomer[];
	invalid_external_userid?: string[];
}

/** `kf/get_corp_statistic` (doc 95489) and `kf/get_servicer_statistic` (doc 95490). Unix seconds of whole days. */
export interface StatisticRequest extends Partial<AccountId> {
	servicer_userid?: string;
	start_time: number;
	end_time: number;
}

export interface StatisticDay {
	stat_time?: number;
	/** What an older sample calls the day. */
	stat_date?: number;
	statistic?: Record<string, number>;
}

export interface StatisticResponse {
	statistic_list?: StatisticDay[];
}

/** `kf/sync_msg` (doc 94670). */
export interface SyncRequest extends AccountId {
	/** Without one, WeCom begins with the oldest message of the last 3 days. */
	cursor?: string;
	/** Of the callback, valid for 10 minutes. Without one, a stricter frequency limit applies. */
	token?: string;
	limit: number;
	/** 0 AMR, 1 Silk. */
	voice_format?: 0 | 1;
}

/** One message or event (doc 94670). The content stands under the name of the `msgtype`. */
export interface ServiceMessage {
	msgid: string;
	/** Unix seconds. */
	send_time: number;
	/** 3 customer, 4 event, 5 servicer. */
	origin?: number;
	msgtype?: string;
	open_kfid?: string;
	external_userid?: string;
	servicer_userid?: string;
	/** An event carries its account and customer in here. */
	event?: ServiceEvent;
	readonly [field: string]: unknown;
}

export interface ServiceEvent {
	event_type?: string;
	open_kfid?: string;
	external_userid?: string;
	servicer_userid?: string;
	readonly [field: string]: unknown;
}

export interface SyncResponse {
	next_cursor?: string;
	/** 1: there is another page, even if this one is empty. */
	has_more?: number;
	msg_list?: ServiceMessage[];
}

/** An entry of a menu (doc 94677). */
export type MenuEntry =
	| { type: 'click'; click: { id?: string; content: string } }
	| { type: 'view'; view: { url: string; content: string } }
	| { type: 'miniprogram'; miniprogram: { appid: string; pagepath: string; content: string } }
	| { type: 'text'; text: { content: string; no_newline?: 0 | 1 } };

/** The nested object's key equals `msgtype` (docs 94677, 96427). */
export type ReplyContent =
	| { msgtype: 'text'; text: { content: string } }
	| { msgtype: 'image'; image: { media_id: string } }
	| { msgtype: 'voice'; voice: { media_id: string } }
	| { msgtype: 'video'; video: { media_id: string } }
	| { msgtype: 'file'; file: { media_id: string } }
	| {
			msgtype: 'link';
			link: { title: string; desc?: string; url: string; thumb_media_id: string };
	  }
	| {
			msgtype: 'miniprogram';
			miniprogram: { appid: string; title?: string; thumb_media_id: string; pagepath: string };
	  }
	| {
			msgtype: 'msgmenu';
			msgmenu: { head_content?: string; list?: MenuEntry[]; tail_content?: string };
	  }
	| {
			msgtype: 'location';
			location: { name?: string; address?: string; latitude: number; longitude: number };
	  }
	| { msgtype: 'ca_link'; ca_link: { link_url: string } };

/** What the code of an event allows: text, and in some scenes a menu (doc 95122). */
export type EventReply = Extract<ReplyContent, { msgtype: 'text' | 'msgmenu' }>;

/** `kf/send_msg` (doc 94677). */
export type SendMessageRequest = ReplyContent &
	AccountId & {
		/** External user ID. */
		touser: string;
		/** Unique per account: WeCom does not deliver a second message with the same one. */
		msgid: string;
	};

/** `kf/send_msg_on_event` (doc 95122). */
export type SendOnEventRequest = EventReply & {
	code: string;
	msgid: string;
};

export interface SendMessageResponse {
	msgid?: string;
}
