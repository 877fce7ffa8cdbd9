export type MediaType = 'image' | 'voice' | 'video' | 'file';

/** A temporary file (doc 90253). */
export interface Media {
	readonly mediaId: string;
	readonly type: MediaType;
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Buffer;
	/** Unix seconds. */
	readonly createdAt: number;
}
