import { WeComInputError } from '../client/core/errors';
import { listed } from '../client/core/utils';
import type { CheckedFile, SourceFile, UploadKind } from '../client/media/fileRules';
import type { MediaType } from '../client/media/types';
import type { MediaSource } from '../client/media/uploads';
import type { ItemInput, OperationContext } from '../operation/operation';
import type { Field } from './field';
import { labelOf, read, shownWhen } from './field';
import { choiceField, filled, idField } from './kinds';
import { nothingIn } from './read';

/** The binary field of the input item that holds a file: its name, or what an expression gives in its place. */
export const binaryField: Field<unknown> = {
	property: {
		displayName: 'Input Data Field Name',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		hint: 'The name of the input binary field containing the file to be uploaded',
		description:
			'Name of the binary field of the input item, or an expression that returns the binary data of another node',
	},
	parse(value, label) {
		if (value !== '' && value !== undefined && value !== null) return value;
		throw nothingIn(`${label} is empty`, 'Enter the name of the binary field, such as data.');
	},
};

export const fromBinary = {
	name: 'Input Data Field',
	value: 'binary',
	description: 'A binary field of the input item, uploaded for you',
} as const;

export const fromMediaId = {
	name: 'Media ID',
	value: 'mediaId',
	description: 'A file that was uploaded less than 3 days ago',
} as const;

export const fileSource = choiceField({
	displayName: 'File Source',
	name: 'source',
	options: [fromBinary, fromMediaId],
	default: 'binary',
	description: 'Where the file comes from',
});

export const mediaIdField = idField({
	kind: 'media',
	displayName: 'Media ID',
	name: 'mediaId',
	description: 'From Media > Upload of the same corporation. It is valid for 3 days.',
});

/** Where a file comes from, and what that asks for. */
export function sourceFields(
	source: Field<string>,
	mediaId: Field<string>,
): ReadonlyArray<Field<unknown>> {
	return [
		source,
		shownWhen(source, ['binary'], binaryField),
		shownWhen(source, ['mediaId'], mediaId),
	];
}

/**
 * The file that the fields of `sourceFields` give: read and checked but not uploaded, or one that WeCom has already.
 *
 * @throws WeComInputError
 */
export async function readSource(
	item: ItemInput,
	uploads: OperationContext['uploads'],
	kind: MediaType,
	{ from, mediaId }: { readonly from: 'binary' | 'mediaId'; readonly mediaId: Field<string> },
): Promise<MediaSource> {
	return from === 'mediaId'
		? { mediaId: read(item, filled(mediaId)) }
		: { file: await readFile(item, uploads, read(item, binaryField), kind) };
}

/**
 * The file of an item, checked for what it is to be uploaded as.
 *
 * @param binary what `binaryField` holds
 * @throws WeComInputError when WeCom would not take it
 */
export async function readFile<Kind extends UploadKind>(
	item: ItemInput,
	uploads: OperationContext['uploads'],
	binary: unknown,
	kind: Kind | ((file: SourceFile) => Kind),
): Promise<CheckedFile<Kind>> {
	checkExists(item, binary);
	const file = item.binary(binary);
	return await uploads.check(file, typeof kind === 'function' ? kind(file) : kind);
}

/** n8n's own error says neither which field of the node to change, nor what the item has. */
function checkExists(item: ItemInput, binary: unknown): void {
	const names = item.binaryFields();
	if (typeof binary !== 'string' || !names || names.includes(binary)) return;
	const label = labelOf(binaryField);
	throw new WeComInputError(
		`The item has no binary field "${binary}"`,
		names.length === 0
			? `The item has no binary fields: the node before must output a file, in the field that ${label} names.`
			: `Check ${label}. The binary fields of the item: ${listed(names)}.`,
	);
}
