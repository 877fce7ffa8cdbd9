import { randomBytes } from 'node:crypto';

import { WeComInputError } from './errors';
import type { RequestForm } from './transport';

export interface FilePart {
	/** Recipients see it. */
	readonly fileName: string;
	readonly mimeType: string;
	/** Total bytes that `chunks` yields. */
	readonly size: number;
	chunks(): AsyncIterable<Uint8Array>;
}

/** WeCom's name for the part that contains the file (doc 90253). */
const PART_NAME = 'media';

const PLAIN_MIME_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/**
 * A multipart body with one file. The file is read straight into a single buffer, so it is in memory once, and a
 * request that WeCom refused for its token can be resent unchanged.
 *
 * @throws WeComInputError when the file does not have `size` bytes
 */
export async function multipartForm(file: FilePart): Promise<RequestForm> {
	const boundary = `----WeCom${randomBytes(18).toString('hex')}`;
	// WeCom's own sample includes the file's length too.
	const disposition = `form-data; name="${PART_NAME}"; filename="${escapeName(file.fileName)}"; filelength=${file.size}`;
	const mimeType = PLAIN_MIME_TYPE.test(file.mimeType) ? file.mimeType : 'application/octet-stream';
	const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${mimeType}\r\n\r\n`;
	const tail = `\r\n--${boundary}--\r\n`;

	const start = Buffer.byteLength(head);
	const end = start + file.size;
	const body = Buffer.alloc(end + tail.length);
	body.write(head);
	let position = start;
	for await (const chunk of file.chunks()) {
		if (position + chunk.length > end) throw changed();
		body.set(chunk, position);
		position += chunk.length;
	}
	if (position < end) throw changed();
	body.write(tail, end);
	return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}

function changed(): WeComInputError {
	return new WeComInputError('The file changed while it was read', 'Run the node again.');
}

/**
 * Escapes like browsers do (RFC 7578, HTML): quotes and line breaks would end the name, everything else stays UTF-8.
 */
function escapeName(fileName: string): string {
	return fileName.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
