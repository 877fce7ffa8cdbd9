import type { IDataObject } from 'n8n-workflow';

import { MEDIA_LIFETIME_MS } from '../../../shared/client/media/limits';
import type { CheckedFile } from '../../../shared/client/media/fileRules';
import { kindOf } from '../../../shared/client/media/fileRules';
import type { MediaUploadResponse } from '../../../shared/client/media/types';
import { read } from '../../../shared/fields/field';
import { binaryField, readFile } from '../../../shared/fields/file';
import { choiceField } from '../../../shared/fields/kinds';
import { operationNotice } from '../../../shared/fields/notice';
import { optionsField, uploadTimeoutOption } from '../../../shared/fields/options';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { toIso } from '../../../shared/operation/time';

const uploadAsField = choiceField({
	displayName: 'Upload As',
	name: 'uploadAs',
	options: [
		{
			name: 'Any Input File',
			value: 'any',
			description: 'A media ID for an image, video or file, depending on the binary data',
		},
		{ name: 'File', value: 'file', description: 'A media ID. Any format, up to 20 MB.' },
		{ name: 'Image', value: 'image', description: 'A media ID. JPG or PNG, up to 10 MB.' },
		{
			name: 'Picture URL',
			value: 'picture',
			description:
				'A URL that never expires. JPG or PNG, up to 2 MB; 1,000 a day and 3,000 a month.',
		},
		{ name: 'Video', value: 'video', description: 'A media ID. MP4, up to 10 MB.' },
	],
	default: 'any',
	description: 'What the file becomes in WeCom',
});

/** Makes a file usable in messages. Docs 90253, 90256. */
export const upload: Operation = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload a file for messages',
	description:
		'Only to use a file in later executions: get a media ID for 3 days, or a lasting picture URL',
	fields: [
		operationNotice(
			'Send and Broadcast upload input files themselves. You need this only to use a file in later executions.',
		),
		uploadAsField,
		binaryField,
		optionsField([uploadTimeoutOption]),
	],
	execute: perItem(async function* (item, { uploads, timezone }) {
		const as = read(item, uploadAsField);
		const binary = read(item, binaryField);
		if (as === 'picture') {
			const file = await readFile(item, uploads, binary, as);
			yield pictureRow(file, await uploads.uploadPicture(file));
			return;
		}
		const file = await readFile(item, uploads, binary, as === 'any' ? kindOf : as);
		yield mediaRow(file, await uploads.uploadMedia(file), timezone);
	}),
};

/**
 * WeCom calls the Unix time `created_at`, which is the name of the ISO time in every output. So the Unix times of
 * this operation end in `_unix`.
 */
function mediaRow(
	{ fileName, size }: CheckedFile,
	{ media_id, type, created_at }: MediaUploadResponse,
	timezone: string,
): IDataObject {
	// Text in WeCom's own sample.
	const created = Number(created_at);
	const expires = created + MEDIA_LIFETIME_MS / 1_000;
	return {
		media_id,
		url: null,
		type,
		file_name: fileName,
		size,
		created_at_unix: created,
		created_at: toIso(created, timezone),
		expires_at_unix: expires,
		expires_at: toIso(expires, timezone),
	};
}

/** A picture does not expire, and WeCom does not say when it was made. */
function pictureRow({ fileName, size }: CheckedFile, url: string): IDataObject {
	return {
		media_id: null,
		url,
		type: 'image',
		file_name: fileName,
		size,
		created_at_unix: null,
		created_at: null,
		expires_at_unix: null,
		expires_at: null,
	};
}
