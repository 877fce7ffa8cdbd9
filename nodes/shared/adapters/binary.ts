import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { SourceFile } from '../client/media/fileRules';

/**
 * Base64 characters decoded per slice, a multiple of 4. Slicing avoids a second full copy of a file stored in the item.
 */
const SLICE = 1024 * 1024;

/**
 * A file from n8n: streamed if n8n keeps it in its binary store, otherwise read from the item itself.
 *
 * @throws NodeOperationError when the item has no such binary field
 */
export function sourceFile(context: IExecuteFunctions, index: number, field: unknown): SourceFile {
	const binary = context.helpers.assertBinaryData(index, field as string | IBinaryData);
	// A Code node may omit both.
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
	// Line breaks, which a Code node may leave in, would shift the slices.
	if (/\s/.test(data)) {
		yield Buffer.from(data, 'base64');
		return;
	}
	for (let start = 0; start < data.length; start += SLICE) {
		yield Buffer.from(data.slice(start, start + SLICE), 'base64');
	}
}
