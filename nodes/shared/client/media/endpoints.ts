import { endpointKinds } from '../core/endpoint';
import { mediaErrorCodes } from './errorCodes';
import type { MediaUploadRequest, MediaUploadResponse, UploadImgResponse } from './types';

const { upload } = endpointKinds(mediaErrorCodes);

export const mediaEndpoints = {
	uploadMedia: upload<MediaUploadRequest, MediaUploadResponse>(
		'/cgi-bin/media/upload',
		90253,
		'media_id',
	),
	uploadPicture: upload<object, UploadImgResponse>('/cgi-bin/media/uploadimg', 90256, 'url'),
} as const;
