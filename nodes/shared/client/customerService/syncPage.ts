import { createHash } from 'node:crypto';

import type { WeComClient } from '../core/client';
import { customerServiceEndpoints } from './endpoints';
import type { ServiceMessage, SyncRequest, SyncResponse } from './types';

/**
 * Reads one page of an account's messages (doc 94670). Samples and SDKs disagree on what is a number and what is text,
 * and a message that is read wrongly would be lost: so here numbers become numbers, and every row has what the readers
 * rely on.
 *
 * @throws WeComError
 */
export async function syncPage(client: WeComClient, request: SyncRequest): Promise<SyncResponse> {
	const page = await client.call(customerServiceEndpoints.syncMessages, request);
	return {
		...page,
		has_more: Number(page.has_more ?? 0),
		msg_list: (page.msg_list ?? [])
			.filter((row) => typeof row === 'object')
			.map((row) => toMessage(row, request.open_kfid)),
	};
}

function toMessage(row: Partial<ServiceMessage>, account: string): ServiceMessage {
	const { msgid, origin, send_time, open_kfid, event } = row;
	return {
		...row,
		msgid: String(msgid || substituteFor(row)),
		...(send_time !== undefined && { send_time: Number(send_time) }),
		...(origin !== undefined && { origin: Number(origin) }),
		// One account is read at a time.
		...(!open_kfid && !event?.open_kfid && { open_kfid: account }),
	} as ServiceMessage;
}

/** A row without an ID, which no document has, is still one message however often it is read. */
function substituteFor(row: object): string {
	return createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32);
}
