import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { SourceFile } from '../client/media/fileRules';

/** Base64 characters decoded at a time, a multiple of 4: a file in the item is not held a second time as a whole. */
const SLICE = 1024 * 1024;

/**
 * A file of n8n's. One that n8n keeps in its store is streamed from there; else it stands in the item itself.
 *
 * @throws NodeOperationError when the item has no such binary field
 */
export function sourceFile(context: IExecuteFunctions, index: number, field: unknown): SourceFile {
	const binary = context.helpers.assertBinaryData(index, field as string | IBinaryData);
	// A Code node may leave both out.
	const { fileName = '', mimeType = '' } = binary as Partial<IBinaryData>;
	return {
		fileName,
		mimeType,
		identity: binary.id ?? binary.data,
		chunks: () => (binary.id ? stored(context, binary.id) : decoded(binary.data)),
	};
}

async function* stored(context: IExecuteFunctions, id: string): AsyncGenerator<Uint8Array, void> {
	for await (const chunk of await context.helpers.getBinaryStream(id)) {
		yield chunk as Uint8Array;
	}
}

async function* decoded(data: string): AsyncGenerator<Uint8Array, void> {
	// Line breaks, as a Code node may leave them, would shift the slices.
	if (/\s/.test(data)) {
		yield Buffer.from(data, 'base64');
		return;
	}
	for (let start = 0; start < data.length; start += SLICE) {
		yield Buffer.from(data.slice(start, start + SLICE), 'base64');
	}
}
