import type { CheckedFile, SourceFile, UploadKind } from '../client/media/fileRules';
import type { ItemInput, OperationContext } from '../operation/operation';
import type { Field } from './field';
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
	const file = item.binary(binary);
	return await uploads.check(file, typeof kind === 'function' ? kind(file) : kind);
}
