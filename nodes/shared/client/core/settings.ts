/** Requests of one execution at the same time. The threshold of 45033 is not documented; 4 stays far below reports. */
export const MAX_CONCURRENT_REQUESTS = 4;
/** Milliseconds to wait for an answer. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Milliseconds to wait for the answer to an upload. */
export const UPLOAD_TIMEOUT_MS = 120_000;
/** Milliseconds a minute limit (45009) blocks (doc 90312). */
export const RATE_LIMIT_WINDOW_MS = 60_000;
