/** Concurrent requests per execution. The threshold of 45033 is undocumented; 4 is far below any reported value. */
export const MAX_CONCURRENT_REQUESTS = 4;
/** Milliseconds to wait for a response. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Milliseconds to wait for a file to arrive, there or here. */
export const UPLOAD_TIMEOUT_MS = 120_000;
/** Milliseconds for which a minute limit (45009) blocks calls (doc 90312). */
export const RATE_LIMIT_WINDOW_MS = 60_000;
