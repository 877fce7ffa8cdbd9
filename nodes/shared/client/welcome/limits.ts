/** Milliseconds for which a welcome code can be used, counted from the event that carries it (doc 92137). */
export const WELCOME_CODE_LIFETIME_MS = 20_000;
/** UTF-8 bytes of a group welcome template's text (doc 92366). */
export const MAX_TEMPLATE_TEXT_BYTES = 3_000;
