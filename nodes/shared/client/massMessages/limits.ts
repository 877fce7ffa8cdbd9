/** External user IDs per single-chat task (doc 92135). */
export const MAX_CUSTOMERS_PER_TASK = 10_000;
/** Chat IDs per group task (doc 92135). */
export const MAX_GROUPS_PER_TASK = 2_000;
/** Tag IDs per group of `tag_filter` (doc 92135). */
export const MAX_TAGS_PER_GROUP = 100;
/** UTF-8 bytes of a mass message's text (doc 92135). */
export const MAX_TEXT_BYTES = 4_000;
/** Attachments per mass message (doc 92135). */
export const MAX_ATTACHMENTS = 9;
/** UTF-8 bytes of each part of a link attachment (doc 92135). */
export const LINK_BYTES = { title: 128, url: 2_048, picurl: 2_048, desc: 512 } as const;
/** UTF-8 bytes of a mini program attachment's title (doc 92135). */
export const MAX_MINIPROGRAM_TITLE_BYTES = 64;
/** Reminders per task within 24 hours (doc 97610). */
export const MAX_REMINDERS_PER_DAY = 3;
/** Rows per page of `get_groupmsg_list_v2`; a larger number falls back to 50 (doc 93338). */
export const TASK_LIST_PAGE = 100;
/**
 * Rows per page of `get_groupmsg_task` and `get_groupmsg_send_result`; a larger number falls back to 500 (doc 93338).
 */
export const TASK_RESULT_PAGE = 1_000;
/**
 * Maximum seconds between `start_time` and `end_time` of `get_groupmsg_list_v2`. The document says "one month"; 28 days
 * fit in any month (doc 93338).
 */
export const TASK_LIST_SPAN_SECONDS = 28 * 24 * 60 * 60;
