import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { WeComClient } from '../client/core/client';
import { reasonOf } from '../client/core/errors';
import { downloadMedia } from '../client/media/download';
import { operationContext } from './context';
import { toNodeError } from './errors';

/** Which files of an item a trigger downloads. */
export interface MediaOfItems {
	/**
	 * Maximum bytes of a file; undefined where none is wanted.
	 *
	 * @throws WeComInputError
	 */
	maxBytes(parameter: (name: string) => unknown): number | undefined;
	/** The media ID; undefined for an item without a file. */
	mediaOf(json: IDataObject): string | undefined;
}

const BINARY_FIELD = 'data';

/**
 * The items of a trigger with the files of their messages, in the execution that the message has started: so n8n keeps
 * the files where those of the execution are. A failed download costs no message: it comes without.
 */
export async function executeWithMedia(
	context: IExecuteFunctions,
	{ maxBytes, mediaOf }: MediaOfItems,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const limit = limitOf(context, maxBytes);
	if (limit === undefined || !items.some(({ json }) => mediaOf(json))) return [items];
	const { client } = operationContext(context);
	const output: INodeExecutionData[] = [];
	for (const item of items) {
		const mediaId = mediaOf(item.json);
		output.push(
			mediaId === undefined ? item : await withFile(context, client, item, mediaId, limit),
		);
	}
	return [output];
}

function limitOf(
	context: IExecuteFunctions,
	maxBytes: MediaOfItems['maxBytes'],
): number | undefined {
	try {
		return maxBytes((name) => context.getNodeParameter(name, 0));
	} catch (error) {
		throw toNodeError(context.getNode(), error, { itemIndex: 0 });
	}
}

async function withFile(
	context: IExecuteFunctions,
	client: WeComClient,
	{ json }: INodeExecutionData,
	mediaId: string,
	limit: number,
): Promise<INodeExecutionData> {
	try {
		const { content, fileName, mimeType } = await downloadMedia(client, mediaId, limit);
		const file = await context.helpers.prepareBinaryData(
			Buffer.from(content),
			fileName || undefined,
			mimeType,
		);
		return { json: { ...json, media_error: null }, binary: { [BINARY_FIELD]: file } };
	} catch (error) {
		return { json: { ...json, media_error: reasonOf(error) } };
	}
}
