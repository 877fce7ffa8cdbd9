import type { WeComClient } from '../core/client';
import { mediaEndpoints } from './endpoints';

/** A file of temporary media. */
export interface MediaFile {
	readonly content: Uint8Array;
	/** Empty where WeCom gives none. */
	readonly fileName: string;
	/** Undefined where WeCom only says that it is bytes. */
	readonly mimeType: string | undefined;
}

/**
 * Downloads temporary media (doc 90254).
 *
 * @throws WeComInputError when it has more bytes
 */
export async function downloadMedia(
	client: WeComClient,
	media_id: string,
	maxBytes: number,
): Promise<MediaFile> {
	const endpoint = { ...mediaEndpoints.downloadMedia, file: { maxBytes } };
	const { content, contentType, contentDisposition } = await client.call(endpoint, { media_id });
	const [mimeType = ''] = contentType.split(';');
	return {
		content,
		fileName: fileNameIn(contentDisposition),
		mimeType: /^$|octet-stream/i.test(mimeType.trim()) ? undefined : mimeType.trim().toLowerCase(),
	};
}

/** The name in a `Content-Disposition` header: in the extended form (RFC 6266), which wins, or in the plain one. */
export function fileNameIn(contentDisposition: string): string {
	const extended = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(contentDisposition)?.[1];
	const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(contentDisposition);
	const name = decoded(extended) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? '';
	// A name, not a path.
	return name.split(/[\\/]/).at(-1) ?? '';
}

function decoded(text: string | undefined): string | undefined {
	try {
		return text === undefined ? undefined : decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
