/** Every uploaded file must be larger than this many bytes (doc 90253). */
export const MIN_MEDIA_BYTES = 6;
/** Maximum bytes of a file, by type of temporary media (doc 90253). */
export const MAX_MEDIA_BYTES = {
	image: 10 * 1024 * 1024,
	video: 10 * 1024 * 1024,
	file: 20 * 1024 * 1024,
	voice: 2 * 1024 * 1024,
} as const;
/** Maximum bytes of a picture for `uploadimg` (doc 90256). */
export const MAX_PICTURE_URL_BYTES = 2 * 1024 * 1024;
/** Milliseconds for which a temporary media ID is valid: 3 days (doc 90253). */
export const MEDIA_LIFETIME_MS = 3 * 24 * 60 * 60 * 1_000;
/** Maximum bytes of a file that WeCom gives in one piece (doc 90254). */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
