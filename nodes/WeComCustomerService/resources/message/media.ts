import type { ReplyContent } from '../../../shared/client/customerService/types';
import type { MediaType } from '../../../shared/client/media/types';
import type { MediaSource } from '../../../shared/client/media/uploads';
import { read, shownWhen } from '../../../shared/fields/field';
import { binaryField, readFile } from '../../../shared/fields/file';
import { choiceField, filled, idField } from '../../../shared/fields/kinds';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

const sourceField = choiceField({
	displayName: 'File Source',
	name: 'source',
	options: [
		{
			name: 'Input Data Field',
			value: 'binary',
			description: 'A binary field of the input item, uploaded for you',
		},
		{
			name: 'Media ID',
			value: 'mediaId',
			description: 'A file that was uploaded less than 3 days ago',
		},
	],
	default: 'binary',
	description: 'Where the file, or the picture of a card, comes from',
});

const mediaIdField = idField({
	kind: 'media',
	displayName: 'Media ID',
	name: 'mediaId',
	description: 'The media_id of an upload of the same corporation. It is valid for 3 days.',
});

/** Where a file comes from. */
export const mediaFields = [
	sourceField,
	shownWhen(sourceField, ['binary'], binaryField),
	shownWhen(sourceField, ['mediaId'], mediaIdField),
];

export async function readMedia(
	item: ItemInput,
	{ uploads }: OperationContext,
	kind: MediaType,
): Promise<MediaSource> {
	return read(item, sourceField) === 'mediaId'
		? { mediaId: read(item, filled(mediaIdField)) }
		: { file: await readFile(item, uploads, read(item, binaryField), kind) };
}

export function mediaReply(type: MediaType, media_id: string): ReplyContent {
	switch (type) {
		case 'image':
			return { msgtype: 'image', image: { media_id } };
		case 'video':
			return { msgtype: 'video', video: { media_id } };
		case 'file':
			return { msgtype: 'file', file: { media_id } };
		case 'voice':
			return { msgtype: 'voice', voice: { media_id } };
	}
}
