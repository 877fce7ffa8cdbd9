import type { ServiceMessage } from './types';

/** Who wrote a message (doc 94670). */
export const ORIGIN = { customer: 3, event: 4, servicer: 5 } as const;

/** Account and customer of a message. An event carries them inside. */
export function sessionOf({ open_kfid, external_userid, event }: ServiceMessage): {
	readonly open_kfid: string;
	/** Undefined for an event about a servicer. */
	readonly external_userid: string | undefined;
} {
	return {
		open_kfid: open_kfid ?? event?.open_kfid ?? '',
		external_userid: external_userid ?? event?.external_userid,
	};
}

/** Messages with the same key are handed over in their order. */
export function conversationOf(message: ServiceMessage): string {
	const { open_kfid, external_userid } = sessionOf(message);
	return `${open_kfid}:${external_userid ?? message.event?.servicer_userid ?? ''}`;
}
