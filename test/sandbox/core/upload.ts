import busboy from 'busboy';

/** The file of a multipart request (doc 90253: part `media`, with a file name). */
export interface UploadedFile {
	readonly fieldName: string;
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Buffer;
}

/** The first file part of a multipart body; undefined when there is none, or the body is broken. */
export async function readUpload(
	body: Buffer,
	contentType: string,
): Promise<UploadedFile | undefined> {
	if (!/^multipart\/form-data;.*boundary=/i.test(contentType)) return undefined;
	return await new Promise((resolve) => {
		let file: UploadedFile | undefined;
		const parser = busboy({
			headers: { 'content-type': contentType },
			// File names are UTF-8, as browsers and n8n write them.
			defParamCharset: 'utf8',
			// The name as sent: customers see it.
			preservePath: true,
		});
		parser.on('file', (fieldName, stream, { filename, mimeType }) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				file ??= { fieldName, fileName: filename ?? '', mimeType, content: Buffer.concat(chunks) };
			});
			// A part that is cut short fails on its own stream first, then on the parser.
			stream.on('error', () => {});
		});
		parser.on('error', () => resolve(undefined));
		parser.on('close', () => resolve(file));
		parser.end(body);
	});
}
