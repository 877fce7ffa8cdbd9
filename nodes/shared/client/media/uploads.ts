import type { WeComClient } from '../core/client';
import { multipartForm } from '../core/multipart';
import type { Once } from '../core/once';
import { mediaEndpoints } from './endpoints';
import type { CheckedFile, Inspection, SourceFile, UploadKind } from './fileRules';
import { checkFile, inspect } from './fileRules';
import type { MediaType, MediaUploadResponse } from './types';

/** Where an attachment's media ID comes from: a file that is yet to be uploaded, or an earlier upload. */
export type MediaSource = { readonly file: CheckedFile<MediaType> } | { readonly mediaId: string };

/** Checks one run's files and uploads each once, however many items or tasks use it. */
export class Uploads {
	/** By identity, so that a file shared by 25,000 items is read once. */
	private readonly inspections = new Map<string, Promise<Inspection>>();

	/** @param once remembers uploads across n8n's Retry On Fail */
	constructor(
		private readonly client: WeComClient,
		private readonly once: Once,
	) {}

	/**
	 * Reads a file and checks it against WeCom's rules. Sends no request.
	 *
	 * @throws WeComInputError
	 */
	async check<Kind extends UploadKind>(file: SourceFile, kind: Kind): Promise<CheckedFile<Kind>> {
		const inspecting = this.inspections.get(file.identity) ?? inspect(file);
		this.inspections.set(file.identity, inspecting);
		return checkFile(file, await inspecting, kind);
	}

	/** An attachment's media ID; uploads its file if necessary. */
	async mediaIdOf(source: MediaSource): Promise<string> {
		return 'file' in source ? (await this.uploadMedia(source.file)).media_id : source.mediaId;
	}

	/** Temporary media, valid for 3 days. */
	async uploadMedia(file: CheckedFile<MediaType>): Promise<MediaUploadResponse> {
		const upload = async () =>
			await this.client.call(
				mediaEndpoints.uploadMedia,
				{ type: file.kind },
				await multipartForm(file),
			);
		return await this.once.run(file.key, upload);
	}

	/** A picture for message bodies; its URL never expires (doc 90256). */
	async uploadPicture(file: CheckedFile<'picture'>): Promise<string> {
		const upload = async () =>
			await this.client.call(mediaEndpoints.uploadPicture, {}, await multipartForm(file));
		return (await this.once.run(file.key, upload)).url;
	}
}
