import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { chinaDay, chinaMonth } from '../core/calendar';
import { Download, endpoint } from '../core/endpoint';
import { refuse, requiredString } from '../core/fields';
import { randomId } from '../core/ids';
import type { UploadedFile } from '../core/upload';
import type { Corp } from '../world/corp';
import type { FileFormat } from './fileFormat';
import { formatOf } from './fileFormat';
import { requireLivingMedia } from './lookups';
import type { Media, MediaType } from './model';

/** WeCom's MB are taken as 1024 × 1024 bytes (A43). */
const MB = 1024 * 1024;

/** "Every file > 5 bytes" (doc 90253). */
const MIN_BYTES = 6;

interface MediaRule {
	maxBytes: number;
	tooLarge: number;
	formats?: readonly FileFormat[];
	wrongFormat?: number;
}

/** Size limits of doc 90253; the codes come from doc 90313, and which is for what is assumed (A44). */
const rules: Readonly<Record<MediaType, MediaRule>> = {
	image: { maxBytes: 10 * MB, tooLarge: 40009, formats: ['jpg', 'png'], wrongFormat: 40123 },
	voice: { maxBytes: 2 * MB, tooLarge: 45001, formats: ['amr'], wrongFormat: 40004 },
	video: { maxBytes: 10 * MB, tooLarge: 40011, formats: ['mp4'], wrongFormat: 41090 },
	file: { maxBytes: 20 * MB, tooLarge: 45001 },
};

/** Limits of doc 90256. */
const UPLOADIMG_MAX_BYTES = 2 * MB;
const UPLOADIMG_PER_DAY = 1000;
const UPLOADIMG_PER_MONTH = 3000;

/** Uploads temporary media, which serves all apps of the corp (doc 90253). */
export const uploadMedia = endpoint({
	path: '/cgi-bin/media/upload',
	method: 'POST',
	doc: 90253,
	access: 'anyApp',
	upload: true,
	request: z.object({
		type: z.enum(['image', 'voice', 'video', 'file'], {
			errorMap: () => ({ message: refuse(40005) }),
		}),
	}),
	handle({ corp, now, file }, { type }) {
		const upload = requireFile(file, rules[type]);
		const media: Media = {
			mediaId: randomId(64),
			type,
			fileName: upload.fileName,
			mimeType: upload.mimeType,
			content: upload.content,
			createdAt: now,
		};
		corp.media.set(media.mediaId, media);
		// The sample has an empty errmsg and created_at as a string.
		return { errmsg: '', type, media_id: media.mediaId, created_at: String(now) };
	},
});

/** Uploads a picture to a permanent URL, for messages only (doc 90256). */
export const uploadImage = endpoint({
	path: '/cgi-bin/media/uploadimg',
	method: 'POST',
	doc: 90256,
	access: 'anyApp',
	upload: true,
	request: z.object({}),
	handle({ corp, now, file }) {
		requireFile(file, { ...rules.image, maxBytes: UPLOADIMG_MAX_BYTES });
		// The code for a used-up quota is not documented (A45).
		if (imagesSince(corp, chinaDay, now) >= UPLOADIMG_PER_DAY) throw new ApiError(45009);
		if (imagesSince(corp, chinaMonth, now) >= UPLOADIMG_PER_MONTH) throw new ApiError(45009);
		const url = `https://pictures.example/${randomId(40)}/0`;
		corp.images.set(url, now);
		return { url };
	},
});

/** The file itself, or a part of it (Range; doc 90254). */
export const getMedia = endpoint({
	path: '/cgi-bin/media/get',
	method: 'GET',
	doc: 90254,
	access: 'anyApp',
	request: z.object({ media_id: requiredString(40007) }),
	handle({ corp, now, range }, query) {
		const media = requireLivingMedia(corp, query.media_id, now);
		const { content } = media;
		const headers = {
			'content-type': media.mimeType,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(media.fileName)}`,
			'accept-ranges': 'bytes',
		};
		const part = readRange(range, content.length);
		if (!part) return new Download(200, headers, content);
		const [start, end] = part;
		return new Download(
			206,
			{ ...headers, 'content-range': `bytes ${start}-${end}/${content.length}` },
			content.subarray(start, end + 1),
		);
	},
});

/** A part that is not named `media` or has no file name is no media data (doc 90253). */
function requireFile(file: UploadedFile | undefined, rule: MediaRule): UploadedFile {
	if (file?.fieldName !== 'media' || file.fileName === '' || file.content.length === 0) {
		throw new ApiError(44001);
	}
	if (file.content.length < MIN_BYTES) throw new ApiError(40006);
	if (file.content.length > rule.maxBytes) throw new ApiError(rule.tooLarge);
	const format = formatOf(file.content);
	if (rule.formats && !(format && rule.formats.includes(format))) {
		throw new ApiError(rule.wrongFormat ?? 40004);
	}
	return file;
}

function imagesSince(corp: Corp, period: (time: number) => number, now: number): number {
	return [...corp.images.values()].filter((time) => period(time) === period(now)).length;
}

/** `bytes=first-last`, both ends included. Anything else gets the whole file. */
function readRange(header: string | undefined, size: number): [number, number] | undefined {
	const range = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
	if (!range) return undefined;
	const start = Number(range[1]);
	const end = range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
	return start <= end ? [start, end] : undefined;
}
