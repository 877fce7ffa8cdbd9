import { ApiError } from '../core/apiError';
import { DAY } from '../core/calendar';
import type { Corp } from '../world/corp';
import type { Media, MediaType } from './model';

/** Temporary media lives 3 days (doc 90253). */
const LIFETIME_SECONDS = 3 * DAY;

/** 40007: expired, of another corp, or uploaded as another type (docs 90253 and 90313). */
export function requireMedia(corp: Corp, mediaId: string, type: MediaType, now: number): void {
	if (requireLivingMedia(corp, mediaId, now).type !== type) throw new ApiError(40007);
}

/** 40007: expired or of another corp. */
export function requireLivingMedia(corp: Corp, mediaId: string, now: number): Media {
	const media = corp.media.get(mediaId);
	if (!media || now >= media.createdAt + LIFETIME_SECONDS) throw new ApiError(40007);
	return media;
}

/** A picture needs a URL that `media/uploadimg` gave out (doc 92135); the code is an assumption (A25). */
export function requireUploadedImage(corp: Corp, url: string): void {
	if (!corp.images.has(url)) throw new ApiError(40058, 'invalid pic_url');
}
