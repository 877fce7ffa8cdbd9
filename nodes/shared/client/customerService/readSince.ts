import type { WeComClient } from '../core/client';
import { WeComResponseError } from '../core/errors';
import { customerServiceEndpoints } from './endpoints';
import { SYNC_PAGE } from './limits';
import { syncPage } from './syncPage';
import type { ServiceMessage, SyncRequest, SyncResponse } from './types';

/** Consecutive empty pages after which the list is taken to have no end. */
const MAX_EMPTY_PAGES = 100;

/**
 * The messages of an account since a moment, oldest first, whatever another reader has read (doc 94670).
 *
 * @param since Unix seconds
 */
export async function readSince(
	client: WeComClient,
	account: Pick<SyncRequest, 'open_kfid' | 'token'>,
	since: number,
): Promise<ServiceMessage[]> {
	const messages: ServiceMessage[] = [];
	let cursor: string | undefined;
	for (let emptyPages = 0; ; ) {
		const request = { ...account, ...(cursor !== undefined && { cursor }), limit: SYNC_PAGE };
		const page = await syncPage(client, request);
		const rows = page.msg_list ?? [];
		messages.push(...rows.filter(({ send_time }) => !(send_time < since)));
		if (page.has_more !== 1) return messages;
		emptyPages = rows.length > 0 ? 0 : emptyPages + 1;
		checkProgress(page, { cursor, emptyPages });
		cursor = page.next_cursor;
	}
}

/**
 * Of a page that is not the last one.
 *
 * @param cursor with which it was read
 * @throws WeComResponseError when reading on would never end
 */
export function checkProgress(
	{ next_cursor = '' }: SyncResponse,
	{ cursor, emptyPages }: { readonly cursor: string | undefined; readonly emptyPages: number },
): void {
	const { path } = customerServiceEndpoints.syncMessages;
	if (next_cursor === '' || next_cursor === cursor) {
		throw new WeComResponseError('WeCom gave the same page twice, so the list has no end', path);
	}
	if (emptyPages >= MAX_EMPTY_PAGES) {
		throw new WeComResponseError(
			`WeCom gave ${MAX_EMPTY_PAGES} empty pages in a row, so the list has no end`,
			path,
		);
	}
}
