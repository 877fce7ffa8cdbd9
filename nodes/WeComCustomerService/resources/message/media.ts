import type { ReplyContent } from '../../../shared/client/customerService/types';
import type { MediaType } from '../../../shared/client/media/types';
import type { MediaSource } from '../../../shared/client/media/uploads';
import { read, variant } from '../../../shared/fields/field';
import { fileSource, mediaIdField, readSource, sourceFields } from '../../../shared/fields/file';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';

const sourceField = variant(fileSource, {
	description: 'Where the file, or the picture of a card, comes from',
});

const mediaId = variant(mediaIdField, {
	description: 'The media_id of an upload of the same corporation. It is valid for 3 days.',
});

export const mediaFields = sourceFields(sourceField, mediaId);

export async function readMedia(
	item: ItemInput,
	{ uploads }: OperationContext,
	kind: MediaType,
): Promise<MediaSource> {
	return await readSource(item, uploads, kind, { from: read(item, sourceField), mediaId });
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
