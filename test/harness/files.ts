/** Files as far as WeCom looks at them: a signature and so many bytes. */

const SIGNATURES = {
	jpg: Buffer.from('ffd8ffe000104a464946', 'hex'),
	png: Buffer.from('89504e470d0a1a0a', 'hex'),
	gif: Buffer.from('GIF89a'),
	mp4: Buffer.from('00000018667479706d703432', 'hex'),
	mov: Buffer.from('00000014667479707174202020', 'hex'),
	pdf: Buffer.from('%PDF-1.7\n'),
} as const;

type Format = keyof typeof SIGNATURES;

const MIME_TYPES: Record<Format, string> = {
	jpg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	pdf: 'application/pdf',
};

export const MB = 1024 * 1024;

/** @param seed another one gives another file of the same size */
export function fileOf(format: Format, bytes = 1_000, seed = 0): Buffer {
	const content = Buffer.alloc(bytes, `${seed} \r\n--`);
	SIGNATURES[format].copy(content);
	return content;
}

/** A file of the format that its name says. */
export function fileNamed(name: string): Buffer {
	return fileOf(formatOf(name));
}

export function mimeTypeOf(name: string): string {
	return MIME_TYPES[formatOf(name)];
}

function formatOf(name: string): Format {
	return name.split('.').pop() as Format;
}
