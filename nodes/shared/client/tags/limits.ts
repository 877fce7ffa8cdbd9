/** Characters in the name of a tag or tag group (doc 92117). */
export const TAG_NAME_CHARACTERS = 30;
/** Largest `order` of a tag or tag group; larger values come first (doc 92117). */
export const MAX_TAG_ORDER = 2 ** 32 - 1;
