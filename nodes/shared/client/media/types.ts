/** Media that every kind of message takes. */
export type FileType = 'image' | 'video' | 'file';

/** Customer service also takes voice messages (doc 94677); a mass message does not (doc 92135). */
export type MediaType = FileType | 'voice';

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

/** `media/get` (doc 90254). */
export interface MediaId {
	media_id: string;
}

/** `media/uploadimg` (doc 90256). */
export interface UploadImgResponse {
	url: string;
}
