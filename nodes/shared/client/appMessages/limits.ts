/** User IDs in `touser` of one application message (doc 90236). */
export const MAX_MEMBERS_PER_MESSAGE = 1_000;
/** Department IDs in `toparty` of one application message (doc 90236). */
export const MAX_DEPARTMENTS_PER_MESSAGE = 100;
/** Tag IDs in `totag` of one application message (doc 90236). */
export const MAX_MEMBER_TAGS_PER_MESSAGE = 100;
/** UTF-8 bytes of a text or markdown message. WeCom cuts a longer text (doc 90236). */
export const MAX_APP_TEXT_BYTES = 2_048;
/**
 * UTF-8 bytes of a text card's parts. WeCom's current text counts characters, older copies count bytes; bytes are safe
 * either way (doc 90236).
 */
export const TEXT_CARD_BYTES = { title: 128, description: 512, url: 2_048 } as const;
/** Characters of a text card's button (doc 90236). */
export const MAX_BUTTON_CHARACTERS = 4;
/** Articles of a news message (doc 90236). */
export const MAX_ARTICLES = 8;
/** UTF-8 bytes of an article's parts (doc 90236). */
export const ARTICLE_BYTES = { title: 128, description: 512, url: 2_048 } as const;
/** UTF-8 bytes of a video message's parts (doc 90236). */
export const VIDEO_BYTES = { title: 128, description: 512 } as const;
/** Seconds for which WeCom drops a repeated message, unless a request says otherwise (doc 90236). */
export const DUPLICATE_CHECK_SECONDS = 1_800;
/** The most seconds that a request may ask for: 4 hours (doc 90236). */
export const MAX_DUPLICATE_CHECK_SECONDS = 14_400;
/** Messages per minute of one app to one member. WeCom drops what is above without an error (doc 90236). */
export const MAX_MESSAGES_PER_MINUTE = 30;
/** Seconds for which a message can be recalled: 24 hours (doc 94867). */
export const RECALL_SECONDS = 24 * 60 * 60;
