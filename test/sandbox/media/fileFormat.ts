export type FileFormat = 'jpg' | 'png' | 'mp4' | 'amr';

/** Bytes near the start of a file that tell its format. */
const signatures: ReadonlyArray<{ format: FileFormat; offset: number; bytes: Buffer }> = [
	{ format: 'jpg', offset: 0, bytes: Buffer.from([0xff, 0xd8, 0xff]) },
	{ format: 'png', offset: 0, bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
	{ format: 'mp4', offset: 4, bytes: Buffer.from('ftyp') },
	{ format: 'amr', offset: 0, bytes: Buffer.from('#!AMR') },
];

/** By content, not by name or declared type: a renamed GIF is not a PNG. */
export function formatOf(content: Buffer): FileFormat | undefined {
	return signatures.find(({ offset, bytes }) =>
		content.subarray(offset, offset + bytes.length).equals(bytes),
	)?.format;
}
