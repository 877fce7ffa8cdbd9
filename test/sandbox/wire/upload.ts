/** The file of a multipart request (W 9: part `media`, with a file name). */
export interface UploadedFile {
	readonly fieldName: string;
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Buffer;
}
