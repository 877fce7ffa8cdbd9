import type { SourceFile } from '../../../nodes/shared/client/media/fileRules';

/** A file that counts how often it is read. */
export function countingFile(content: Buffer, identity = 'filesystem:1') {
	const reads = { count: 0 };
	const file: SourceFile = {
		fileName: 'cover.png',
		mimeType: 'image/png',
		identity,
		async *chunks() {
			reads.count++;
			for (let start = 0; start < content.length; start += 100) {
				yield content.subarray(start, start + 100);
			}
		},
	};
	return { file, reads };
}
