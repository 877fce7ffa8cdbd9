/** Largest body we read, in bytes. WeCom's messages have a few kilobytes; its documents give no limit. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Levels of elements that we read. WeCom's messages have at most five (doc 90240). */
export const MAX_XML_DEPTH = 8;

/** A callback's `Token` has at most this many characters (doc 90930). */
export const MAX_TOKEN_CHARACTERS = 32;

/** An `EncodingAESKey` has this many characters, Base64 without its `=` (doc 90930). */
export const AES_KEY_CHARACTERS = 43;

/**
 * How long, in milliseconds, and how many messages are remembered. WeCom repeats a message within about 20 seconds (doc
 * 90930); the rest is for captured requests that somebody sends again.
 */
export const SEEN_FOR_MS = 10 * 60_000;
export const MAX_SEEN_MESSAGES = 50_000;
