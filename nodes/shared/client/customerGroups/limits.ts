/** Rows per page of `groupchat/list` (doc 92120). */
export const GROUP_PAGE = 1_000;
/** Owners per `groupchat/list` call (doc 92120). */
export const OWNERS_PER_GROUP_LIST = 100;
