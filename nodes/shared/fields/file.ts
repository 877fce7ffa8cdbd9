import type { INodeProperties } from 'n8n-workflow';

import type { CheckedFile, SourceFile, UploadKind } from '../client/media/uploads';
import type { ItemInput, OperationContext } from '../operation/operation';
import { nothingIn } from './read';

/** The binary field of the input item that holds a file. */
export const binaryFieldName: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryField',
	type: 'string',
	default: 'data',
	hint: 'The name of the input binary field containing the file to be uploaded',
	description:
		'Name of the binary field of the input item, or an expression that gives the binary data of another node',
};

/**
 * The file of an item, checked for what it is to be uploaded as.
 *
 * @throws WeComInputError when WeCom would not take it
 */
export async function readFile<Kind extends UploadKind>(
	item: ItemInput,
	uploads: OperationContext['uploads'],
	field: unknown,
	kind: Kind | ((file: SourceFile) => Kind),
): Promise<CheckedFile<Kind>> {
	if (field === '' || field === undefined || field === null) {
		throw nothingIn(
			'Input Data Field Name is empty',
			'Fill in the name of the binary field, such as data.',
		);
	}
	const file = item.binary(field);
	return await uploads.check(file, typeof kind === 'function' ? kind(file) : kind);
}
