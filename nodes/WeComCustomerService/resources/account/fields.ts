import { MAX_ACCOUNT_NAME } from '../../../shared/client/customerService/limits';
import { read, variant } from '../../../shared/fields/field';
import {
	fromBinary,
	fromMediaId,
	mediaIdField,
	readSource,
	sourceFields,
} from '../../../shared/fields/file';
import { choiceField, textField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

export const nameField = textField({
	displayName: 'Name',
	name: 'name',
	maxCharacters: MAX_ACCOUNT_NAME,
	description: 'What customers see. At most 16 characters.',
});

const uploadedPicture = {
	...fromMediaId,
	description: 'A picture that was uploaded less than 3 days ago',
} as const;

const avatarTexts = {
	displayName: 'Avatar',
	name: 'avatarSource',
	description: 'The picture of the account. JPG or PNG.',
} as const;

const avatarSource = choiceField({
	...avatarTexts,
	options: [
		{ ...fromBinary, description: 'A picture of the input item, uploaded for you' },
		uploadedPicture,
	],
	default: 'binary',
});

const unchangedAvatar = choiceField({
	...avatarTexts,
	options: [
		{ ...fromBinary, description: 'A picture of the input item' },
		{ name: 'Keep', value: 'keep', description: 'The picture stays as it is' },
		uploadedPicture,
	],
	default: 'keep',
});

const avatarMediaId = variant(mediaIdField, {
	name: 'avatarMediaId',
	description: 'The media_id of a picture. It is valid for 3 days.',
});

export const avatarFields = sourceFields(avatarSource, avatarMediaId);
export const optionalAvatarFields = sourceFields(unchangedAvatar, avatarMediaId);

/** The media ID of the avatar; its file is uploaded. Undefined where it stays. */
export async function readAvatar(
	item: ItemInput,
	{ uploads }: OperationContext,
	{ mayKeep }: { readonly mayKeep: boolean },
): Promise<string | undefined> {
	const from = mayKeep ? read(item, unchangedAvatar) : read(item, avatarSource);
	if (from === 'keep') return undefined;
	return await uploads.mediaIdOf(
		await readSource(item, uploads, 'image', { from, mediaId: avatarMediaId }),
	);
}
