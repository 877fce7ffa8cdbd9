import type { Area } from '../core/area';
import { getMedia, uploadImage, uploadMedia } from './endpoints';

/** Temporary media and permanent pictures (docs 90253, 90254 and 90256). */
export const media: Area = {
	endpoints: [uploadMedia, uploadImage, getMedia],
	errorTexts: {
		40004: 'invalid media type',
		40005: 'invalid type parameter',
		40006: 'invalid media size',
		40007: 'invalid media_id',
		40009: 'invalid image size',
		40011: 'invalid video size',
		40123: 'invalid image',
		41090: 'video is not mp4',
		44001: 'empty media data',
		45001: 'media too large',
	},
};
