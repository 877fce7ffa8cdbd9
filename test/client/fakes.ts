import { WeComClient } from '../../nodes/shared/client/core/client';
import { endpoints } from '../../nodes/shared/client/endpoints';
import { TokenError, WeComApiError } from '../../nodes/shared/client/core/errors';
import type {
	CancelSignal,
	TransportRequest,
	TransportResponse,
} from '../../nodes/shared/client/core/transport';

/** What a scripted WeCom does with one request: answers a body, another status or header, or fails. */
export type Reply = object | string | FullReply | Error;

export type FullReply = { status: number; body: string } & Partial<
	Omit<TransportResponse, 'session'>
>;

export interface ScriptedClient {
	readonly client: WeComClient;
	/** Requests as they came. */
	readonly requests: TransportRequest[];
	/** Milliseconds of every wait. */
	readonly waits: number[];
}

/** A client whose transport replies from a script, one reply per request, and whose clock only counts. */
export function scripted(replies: Reply[], cancelSignal?: CancelSignal): ScriptedClient {
	const requests: TransportRequest[] = [];
	const waits: number[] = [];
	let now = Date.UTC(2026, 0, 1);
	const client = new WeComClient({
		transport: {
			send: async (request) => {
				requests.push(request);
				const reply = replies.shift();
				if (reply === undefined) throw new Error('The script has no more replies');
				if (reply instanceof Error) throw reply;
				return await Promise.resolve({
					...toResponse(reply),
					session: `session ${requests.length}`,
				});
			},
		},
		clock: {
			now: () => now,
			sleep: async (ms) => {
				waits.push(ms);
				now += ms;
				await Promise.resolve();
			},
		},
		random: () => 0,
		cancelSignal,
	});
	return { client, requests, waits };
}

function toResponse(reply: object | string): Omit<TransportResponse, 'session'> {
	const secrets: string[] = [];
	if (typeof reply === 'string') return { status: 200, body: reply, secrets };
	if ('status' in reply && 'body' in reply) return { secrets, ...(reply as FullReply) };
	return { status: 200, body: JSON.stringify(reply), secrets };
}

export const ok = { errcode: 0, errmsg: 'ok' };

/** WeCom's answer to a request that it refuses: its empty lists are no data. */
export function refusal(errcode: number): object {
	return { errcode, errmsg: 'no', external_userid: [] };
}

/** WeCom gives no token. */
export function noToken(errcode: number): TokenError {
	return new TokenError(new WeComApiError(errcode, 'no', endpoints.accessToken));
}

/** Everything that a list gives, page after page. */
export async function collect<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const all: T[] = [];
	for await (const page of pages) all.push(...page);
	return all;
}
