import type { MediaSource } from '../../../shared/client/media/uploads';
import { MAX_ACCOUNT_NAME } from '../../../shared/client/customerService/limits';
import type { Field } from '../../../shared/fields/field';
import { read, shownWhen } from '../../../shared/fields/field';
import { binaryField, readFile } from '../../../shared/fields/file';
import { choiceField, filled, idField, textField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

export const nameField = textField({
	displayName: 'Name',
	name: 'name',
	maxCharacters: MAX_ACCOUNT_NAME,
	description: 'What customers see. At most 16 characters.',
});

const avatarSource = choiceField({
	displayName: 'Avatar',
	name: 'avatarSource',
	options: [
		{
			name: 'Input Data Field',
			value: 'binary',
			description: 'A picture of the input item, uploaded for you',
		},
		{
			name: 'Media ID',
			value: 'mediaId',
			description: 'A picture that was uploaded less than 3 days ago',
		},
	],
	default: 'binary',
	description: 'The picture of the account. JPG or PNG.',
});

const unchangedAvatar = choiceField({
	displayName: 'Avatar',
	name: 'avatarSource',
	options: [
		{ name: 'Input Data Field', value: 'binary', description: 'A picture of the input item' },
		{ name: 'Keep', value: 'keep', description: 'The picture stays as it is' },
		{
			name: 'Media ID',
			value: 'mediaId',
			description: 'A picture that was uploaded less than 3 days ago',
		},
	],
	default: 'keep',
	description: 'The picture of the account. JPG or PNG.',
});

const mediaIdField = idField({
	kind: 'media',
	displayName: 'Media ID',
	name: 'avatarMediaId',
	description: 'The media_id of a picture. It is valid for 3 days.',
});

type AvatarSource = 'binary' | 'mediaId' | 'keep';

function avatarFieldsOf<Source extends AvatarSource>(source: Field<Source>) {
	const of = (value: AvatarSource, field: Field<unknown>) =>
		shownWhen(source as Field<AvatarSource>, [value], field);
	return [source, of('binary', binaryField), of('mediaId', mediaIdField)];
}

export const avatarFields = avatarFieldsOf(avatarSource);
export const optionalAvatarFields = avatarFieldsOf(unchangedAvatar);

/** The media ID of the avatar; its file is uploaded. Undefined where it stays. */
export async function readAvatar(
	item: ItemInput,
	{ uploads }: OperationContext,
	{ mayKeep }: { readonly mayKeep: boolean },
): Promise<string | undefined> {
	const from = mayKeep ? read(item, unchangedAvatar) : read(item, avatarSource);
	if (from === 'keep') return undefined;
	const source: MediaSource =
		from === 'mediaId'
			? { mediaId: read(item, filled(mediaIdField)) }
			: { file: await readFile(item, uploads, read(item, binaryField), 'image') };
	return await uploads.mediaIdOf(source);
}
