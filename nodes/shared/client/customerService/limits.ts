/** Messages the company may send per customer message (doc 94677). */
export const REPLIES_PER_CUSTOMER_MESSAGE = 5;
/** Milliseconds after a customer message during which the company may answer (doc 94677). */
export const REPLY_WINDOW_MS = 48 * 60 * 60 * 1_000;
/** UTF-8 bytes of one text message (doc 94677). */
export const MAX_TEXT_BYTES = 2_048;
/** UTF-8 bytes of each part of a link; WeCom cuts a longer title or description (doc 94677). */
export const LINK_BYTES = { title: 128, desc: 512, url: 2_048 } as const;
/** UTF-8 bytes of a mini program's title (doc 94677). */
export const MAX_MINIPROGRAM_TITLE_BYTES = 64;
/** Entries of a menu (doc 94677). */
export const MAX_MENU_ENTRIES = 10;
/** UTF-8 bytes of a menu's first and last line (doc 94677); those of its entries were only seen in SDKs. */
export const MENU_BYTES = {
	head: 1_024,
	tail: 1_024,
	clickId: 128,
	click: 128,
	view: 1_024,
	url: 2_048,
	miniprogram: 1_024,
	appid: 32,
	pagepath: 1_024,
	text: 256,
} as const;
/** Characters of a message ID of ours (doc 94677). */
export const MSGID_LENGTH = 32;
/** Rows per page of `sync_msg` (doc 94670). */
export const SYNC_PAGE = 1_000;
/** Accounts per page of `account/list` (doc 94706). */
export const ACCOUNT_PAGE = 100;
/** Characters of an account's name (doc 94662). */
export const MAX_ACCOUNT_NAME = 16;
/** Characters of the scene of a link (doc 94665). */
export const MAX_SCENE = 32;
/** UTF-8 bytes of the `scene_param` of a link, once it is URL-encoded (doc 94665). */
export const MAX_SCENE_PARAM_BYTES = 128;
/** Members per call of `servicer/add` and `servicer/del`, and departments of `add` and `del` (docs 94646, 94647). */
export const SERVICERS_PER_CALL = {
	members: 100,
	departmentsToAdd: 20,
	departmentsToRemove: 100,
} as const;
/** Customers per call of `customer/batchget` (doc 95159). */
export const CUSTOMERS_PER_CALL = 100;
/** Days that one call of the statistics covers, and how far back they reach (docs 95489, 95490). */
export const STATISTIC_DAYS = { perCall: 31, back: 180 } as const;
/** Milliseconds for which the code of a customer's first entry, and of an ended session, can be used (doc 95122). */
export const EVENT_CODE_LIFETIME_MS = 20_000;
