import { endpointKinds } from '../core/endpoint';
import { mediaErrorCodes } from './errorCodes';
import { MAX_DOWNLOAD_BYTES } from './limits';
import type { MediaId, MediaUploadRequest, MediaUploadResponse, UploadImgResponse } from './types';

const { download, upload } = endpointKinds(mediaErrorCodes);

export const mediaEndpoints = {
	uploadMedia: upload<MediaUploadRequest, MediaUploadResponse>(
		'/cgi-bin/media/upload',
		90253,
		'media_id',
	),
	uploadPicture: upload<object, UploadImgResponse>('/cgi-bin/media/uploadimg', 90256, 'url'),
	downloadMedia: download<MediaId>('/cgi-bin/media/get', 90254, MAX_DOWNLOAD_BYTES),
} as const;
