/** WeCom's numbers, each with its unit and the document it stands in. Times of our own are in milliseconds. */

/** External user IDs of one single-chat task (doc 92135). */
export const MAX_CUSTOMERS_PER_TASK = 10_000;
/** Chat IDs of one group task (doc 92135). */
export const MAX_GROUPS_PER_TASK = 2_000;
/** Tag IDs inside one group of `tag_filter` (doc 92135). */
export const MAX_TAGS_PER_GROUP = 100;
/** UTF-8 bytes of a mass message's text (doc 92135). */
export const MAX_TEXT_BYTES = 4_000;
/** Attachments of one mass message (doc 92135). */
export const MAX_ATTACHMENTS = 9;

/** UTF-8 bytes of a link attachment's parts (doc 92135). */
export const LINK_BYTES = { title: 128, url: 2_048, picurl: 2_048, desc: 512 } as const;
/** UTF-8 bytes of a mini program attachment's title (doc 92135). */
export const MAX_MINIPROGRAM_TITLE_BYTES = 64;

/** Bytes every uploaded file must exceed (doc 90253). */
export const MIN_MEDIA_BYTES = 6;
/** Bytes a file may have at most, by type of temporary media (doc 90253). */
export const MAX_MEDIA_BYTES = {
	image: 10 * 1024 * 1024,
	video: 10 * 1024 * 1024,
	file: 20 * 1024 * 1024,
} as const;
/** Bytes of a picture for `uploadimg` (doc 90256). */
export const MAX_PICTURE_URL_BYTES = 2 * 1024 * 1024;
/** Milliseconds a temporary media ID stays valid: 3 days (doc 90253). */
export const MEDIA_LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000;

/** Reminders of one task within 24 hours (doc 97610). */
export const MAX_REMINDERS_PER_DAY = 3;

/** Rows of a page of `get_groupmsg_list_v2`; a larger number falls back to 50 (doc 93338). */
export const TASK_LIST_PAGE = 100;
/** Rows of a page of `get_groupmsg_task` and `get_groupmsg_send_result`; a larger number falls back to 500 (doc 93338). */
export const TASK_RESULT_PAGE = 1_000;
/**
 * Seconds between `start_time` and `end_time` of `get_groupmsg_list_v2`. The document says "one month";
 * 28 days is a month in every month (doc 93338).
 */
export const TASK_LIST_SPAN_SECONDS = 28 * 24 * 60 * 60;

/** Members of one `batch/get_by_user` call (doc 92994). */
export const MEMBERS_PER_CUSTOMER_BATCH = 100;
/** Rows of a page of `batch/get_by_user` (doc 92994). */
export const CUSTOMER_PAGE = 100;
/** Rows of a page of `groupchat/list` (doc 92120). */
export const GROUP_PAGE = 1_000;
/** Owners of one `groupchat/list` call (doc 92120). */
export const OWNERS_PER_GROUP_LIST = 100;

/** Characters of a customer's remark and of its description (doc 92115). */
export const REMARK_CHARACTERS = { remark: 20, remark_company: 20, description: 150 } as const;
/** Characters of the name of a tag or tag group (doc 92117). */
export const TAG_NAME_CHARACTERS = 30;
/** Largest `order` of a tag or tag group; larger ones come first (doc 92117). */
export const MAX_TAG_ORDER = 2 ** 32 - 1;

/** Requests of one execution at the same time. The threshold of 45033 is not documented; 4 stays far below reports. */
export const MAX_CONCURRENT_REQUESTS = 4;

/** Milliseconds to wait for an answer. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Milliseconds to wait for the answer to an upload. */
export const UPLOAD_TIMEOUT_MS = 120_000;
/** Milliseconds a minute limit (45009) blocks (doc 90312). */
export const RATE_LIMIT_WINDOW_MS = 60_000;
