import { createHash } from 'node:crypto';

import { WeComInputError } from '../core/errors';
import { MAX_MEDIA_BYTES, MAX_PICTURE_URL_BYTES, MIN_MEDIA_BYTES } from './limits';
import type { FileType, MediaType } from './types';

/** A file of the workflow that can be read more than once. */
export interface SourceFile {
	/** Empty when it has none. */
	readonly fileName: string;
	readonly mimeType: string;
	/** Equal for two files only if their bytes are equal. */
	readonly identity: string;
	chunks(): AsyncIterable<Uint8Array>;
}

/** How a file is uploaded: as a type of temporary media, or as a picture with its own URL. */
export type UploadKind = MediaType | 'picture';

/** A file that WeCom will accept. */
export interface CheckedFile<Kind extends UploadKind = UploadKind> extends SourceFile {
	readonly kind: Kind;
	/** Bytes. */
	readonly size: number;
	/** Equal for files that can share one upload. */
	readonly key: string;
}

type Format = 'JPG' | 'PNG' | 'MP4' | 'AMR';

export interface Inspection {
	/** Bytes. For a file larger than anything WeCom accepts, only the bytes read so far. */
	readonly size: number;
	readonly format: Format | undefined;
	readonly digest: string;
}

const MB = 1024 * 1024;

const RULES: Readonly<Record<UploadKind, { maxBytes: number; formats?: readonly Format[] }>> = {
	image: { maxBytes: MAX_MEDIA_BYTES.image, formats: ['JPG', 'PNG'] },
	picture: { maxBytes: MAX_PICTURE_URL_BYTES, formats: ['JPG', 'PNG'] },
	video: { maxBytes: MAX_MEDIA_BYTES.video, formats: ['MP4'] },
	file: { maxBytes: MAX_MEDIA_BYTES.file },
	voice: { maxBytes: MAX_MEDIA_BYTES.voice, formats: ['AMR'] },
};

const LARGEST_BYTES = Math.max(...Object.values(RULES).map(({ maxBytes }) => maxBytes));

const MIME_TYPES: Readonly<Record<Format, string>> = {
	JPG: 'image/jpeg',
	PNG: 'image/png',
	MP4: 'video/mp4',
	AMR: 'audio/amr',
};

/** Media types by file extension, for files without a MIME type of their own. */
const KIND_OF_EXTENSION: ReadonlyMap<string, FileType> = new Map([
	['jpg', 'image'],
	['jpeg', 'image'],
	['png', 'image'],
	['mp4', 'video'],
]);

/** A file's media type by its MIME type, or by its name if the MIME type says nothing. */
export function kindOf({ mimeType, fileName }: SourceFile): FileType {
	const [family] = mimeType.toLowerCase().split('/');
	if (family === 'image' || family === 'video') return family;
	const saysNothing = mimeType === '' || mimeType.toLowerCase().startsWith('application/octet');
	const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
	return (saysNothing && KIND_OF_EXTENSION.get(extension)) || 'file';
}

/**
 * Checks a file against WeCom's rules (doc 90253).
 *
 * @throws WeComInputError when WeCom would not accept it
 */
export function checkFile<Kind extends UploadKind>(
	file: SourceFile,
	{ size, format, digest }: Inspection,
	kind: Kind,
): CheckedFile<Kind> {
	const name = file.fileName === '' ? 'The file' : `The file "${file.fileName}"`;
	checkSize(name, size, kind);
	checkFormat(name, format, kind);
	const fileName = file.fileName || `${kind}${format ? `.${format.toLowerCase()}` : ''}`;
	return {
		fileName,
		mimeType: format && kind !== 'file' ? MIME_TYPES[format] : file.mimeType,
		identity: file.identity,
		chunks: () => file.chunks(),
		kind,
		size,
		key: JSON.stringify(['upload', kind, digest, fileName]),
	};
}

/** Streams the bytes once without keeping them. Stops once no rule allows more. */
export async function inspect(file: SourceFile): Promise<Inspection> {
	const hash = createHash('sha256');
	let head: Uint8Array = new Uint8Array();
	let size = 0;
	for await (const chunk of file.chunks()) {
		if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
		size += chunk.length;
		if (size > LARGEST_BYTES) break;
		hash.update(chunk);
	}
	return { size, format: formatOf(Buffer.from(head)), digest: hash.digest('hex') };
}

/** Enough for every signature. */
const HEAD_BYTES = 12;

/** Detects the format by signature: a name or MIME type is only a claim about the file. */
function formatOf(head: Buffer): Format | undefined {
	if (head.subarray(0, 3).toString('hex') === 'ffd8ff') return 'JPG';
	if (head.subarray(0, 8).toString('hex') === '89504e470d0a1a0a') return 'PNG';
	if (head.subarray(0, 5).toString('latin1') === '#!AMR') return 'AMR';
	const isContainer = head.subarray(4, 8).toString('latin1') === 'ftyp';
	return isContainer && !NOT_MP4.test(head.subarray(8, 12).toString('latin1')) ? 'MP4' : undefined;
}

/** Brands of QuickTime and 3GP video, M4A audio, and HEIC or AVIF pictures, which use the same container as MP4. */
const NOT_MP4 = /^(qt {2}|3g|M4[ABP] |hei|hev|mif1|msf1|avi)/;

function checkSize(name: string, size: number, kind: UploadKind): void {
	if (size < MIN_MEDIA_BYTES) {
		throw new WeComInputError(
			size === 0 ? `${name} is empty` : `${name} has only ${size} bytes`,
			`WeCom takes only files of more than ${MIN_MEDIA_BYTES - 1} bytes. Check the binary data of the item.`,
		);
	}
	const { maxBytes } = RULES[kind];
	if (size <= maxBytes) return;
	const much = size > LARGEST_BYTES ? `more than ${LARGEST_BYTES / MB} MB` : `${size} bytes`;
	throw new WeComInputError(
		`${name} is too large: ${much}`,
		`WeCom allows ${maxBytes / MB} MB (${maxBytes} bytes) for ${LABELS[kind]}.${size > LARGEST_BYTES || kind === 'file' ? '' : ` ${insteadOf(kind)}`}`,
	);
}

function checkFormat(name: string, format: Format | undefined, kind: UploadKind): void {
	const { formats } = RULES[kind];
	if (!formats || (format && formats.includes(format))) return;
	throw new WeComInputError(
		`${name} is not ${formats.join(' or ')}`,
		`WeCom takes only ${formats.join(' and ')} for ${LABELS[kind]}. The content of the file counts, not its name. ${insteadOf(kind)}`,
	);
}

const LABELS: Readonly<Record<UploadKind, string>> = {
	image: 'an image',
	picture: 'a picture with a URL',
	video: 'a video',
	file: 'a file',
	voice: 'a voice message',
};

function insteadOf(kind: UploadKind): string {
	return kind === 'picture'
		? 'Convert it, or upload it as temporary media.'
		: "Convert it, or choose the type 'File' to send it as a file.";
}
