import { createHash } from 'node:crypto';

import { MIN_MEDIA_BYTES } from './limits';
import type { CheckedFile } from './fileRules';

/**
 * A text as a file to upload.
 *
 * @param text longer than the few bytes that WeCom refuses as a file
 */
export function textFile(fileName: string, text: string): CheckedFile<'file'> {
	// Without the mark, phones take Chinese text for another encoding.
	const bytes = Buffer.from(`\ufeff${text}`.padEnd(MIN_MEDIA_BYTES));
	const digest = createHash('sha256').update(bytes).digest('hex');
	return {
		fileName,
		mimeType: 'text/plain',
		identity: digest,
		chunks: () => once(bytes),
		kind: 'file',
		size: bytes.length,
		key: JSON.stringify(['upload', 'file', digest, fileName]),
	};
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
	yield await Promise.resolve(bytes);
}
