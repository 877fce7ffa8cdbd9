import type { IDataObject } from 'n8n-workflow';

import { MEDIA_LIFETIME_MS } from '../../../shared/client/media/limits';
import type { CheckedFile } from '../../../shared/client/media/uploads';
import { kindOf } from '../../../shared/client/media/uploads';
import type { MediaUploadResponse } from '../../../shared/client/media/types';
import { readChoice } from '../../../shared/fields/choice';
import { binaryFieldName, readFile } from '../../../shared/fields/file';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

/** Makes a file usable in messages. Docs 90253, 90256. */
export const upload: Operation = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload a file for messages',
	description:
		'Upload a file and get a media ID, which lives for 3 days, or for a picture a URL that lives for ever. Send and Broadcast upload input files by themselves, so this is needed only to use a file in later executions.',
	fields: [
		{
			displayName: 'Upload As',
			name: 'uploadAs',
			type: 'options',
			options: [
				{
					name: 'Any Input File',
					value: 'any',
					description: 'A media ID; whether image, video or file is told by the binary data',
				},
				{ name: 'File', value: 'file', description: 'A media ID. Any format, up to 20 MB.' },
				{ name: 'Image', value: 'image', description: 'A media ID. JPG or PNG, up to 10 MB.' },
				{
					name: 'Picture URL',
					value: 'picture',
					description:
						'A URL that does not expire. JPG or PNG, up to 2 MB; 1,000 a day and 3,000 a month.',
				},
				{ name: 'Video', value: 'video', description: 'A media ID. MP4, up to 10 MB.' },
			],
			default: 'any',
			description: 'What the file becomes at WeCom',
		},
		binaryFieldName,
	],
	execute: perItem(async function* (item, { uploads, timezone }) {
		const as = readChoice(item, 'uploadAs', 'Upload As', [
			'any',
			'file',
			'image',
			'picture',
			'video',
		]);
		const field = item.parameter('binaryField');
		if (as === 'picture') {
			const file = await readFile(item, uploads, field, as);
			yield pictureRow(file, await uploads.uploadPicture(file));
			return;
		}
		const file = await readFile(item, uploads, field, as === 'any' ? kindOf : as);
		yield mediaRow(file, await uploads.uploadMedia(file), timezone);
	}),
};

function mediaRow(
	{ fileName, size }: CheckedFile,
	{ media_id, type, created_at: createdAt }: MediaUploadResponse,
	timezone: string,
): IDataObject {
	// Text in WeCom's own sample.
	const created_at = Number(createdAt);
	const expires_at = created_at + MEDIA_LIFETIME_MS / 1_000;
	return {
		media_id,
		url: null,
		type,
		file_name: fileName,
		size,
		created_at,
		created_at_iso: toIso(created_at, timezone),
		expires_at,
		expires_at_iso: toIso(expires_at, timezone),
	};
}

/** WeCom says neither when a picture was made nor does it expire. */
function pictureRow({ fileName, size }: CheckedFile, url: string): IDataObject {
	return {
		media_id: null,
		url,
		type: 'image',
		file_name: fileName,
		size,
		created_at: null,
		created_at_iso: null,
		expires_at: null,
		expires_at_iso: null,
	};
}
