export type MediaType = 'image' | 'video' | 'file';

/** `media/upload` (doc 90253): `type` travels in the query. */
export interface MediaUploadRequest {
	type: MediaType;
}

export interface MediaUploadResponse {
	type: string;
	media_id: string;
	/** Unix seconds; quoted in the documented sample. */
	created_at: number | string;
}

/** `media/uploadimg` (doc 90256). */
export interface UploadImgResponse {
	url: string;
}
