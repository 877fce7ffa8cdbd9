import { createHash } from 'node:crypto';

import { decodeResponse } from '../core/response';
import { endpoints } from '../endpoints';
import type { ErrorKind } from '../core/errorCodes';
import { asError, WeComApiError, WeComError, WeComInputError } from '../core/errors';

/** What a token belongs to. Editing any part of it in the credential makes the stored token another app's. */
export interface TokenOwner {
	readonly baseUrl: string;
	readonly corpId: string;
	readonly secret: string;
}

/** A token is replaced this long before WeCom ends it, so that it does not die on the way. */
const SAFETY_MARGIN_MS = 5 * 60 * 1_000;

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Tells whose token it is without telling the secret. */
export function fingerprint({ baseUrl, corpId, secret }: TokenOwner): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, corpId, secret]))
		.digest('hex')
		.slice(0, 16);
}

/** What n8n keeps for us, encrypted, between requests, executions and processes. */
interface StoredToken {
	readonly token: string;
	/** Milliseconds since 1970. */
	readonly obtainedAt: number;
	/** Milliseconds since 1970; already earlier than WeCom's own end. */
	readonly expiresAt: number;
	readonly fingerprint: string;
}

/** The stored token if it belongs to this owner and is still good, else undefined. */
export function readToken(
	stored: string,
	owner: TokenOwner,
	now: number,
): Pick<StoredToken, 'token' | 'obtainedAt'> | undefined {
	const value = parseStored(stored);
	if (typeof value?.token !== 'string' || typeof value.obtainedAt !== 'number') return undefined;
	if (value.fingerprint !== fingerprint(owner) || !((value.expiresAt ?? 0) > now)) return undefined;
	return { token: value.token, obtainedAt: value.obtainedAt };
}

/**
 * Whether two stored values hold the same token. Processes that got one token from WeCom store it with different
 * times.
 */
export function isSameToken(stored: string, other: string): boolean {
	const token = parseStored(stored)?.token;
	return token !== undefined && token === parseStored(other)?.token;
}

function parseStored(stored: string): Partial<StoredToken> | undefined {
	try {
		return (JSON.parse(stored) as Partial<StoredToken> | null) ?? undefined;
	} catch {
		return undefined;
	}
}

/** @param expiresIn seconds, as gettoken gives them (doc 91039) */
export function serializeToken(
	owner: TokenOwner,
	token: string,
	expiresIn: number,
	now: number,
): string {
	const lifetimeMs = expiresIn * 1_000;
	const stored: StoredToken = {
		token,
		obtainedAt: now,
		expiresAt: now + lifetimeMs - Math.min(SAFETY_MARGIN_MS, lifetimeMs / 2),
		fingerprint: fingerprint(owner),
	};
	return JSON.stringify(stored);
}

/**
 * No usable token could be had, so the request it was for was never sent.
 *
 * The message alone tells what to do: n8n's credential dialog shows nothing else.
 */
export class TokenError extends WeComError {
	override readonly name = 'TokenError';
	readonly kind: ErrorKind;
	readonly remedy: string;

	constructor(readonly problem: WeComError) {
		super(explain(problem));
		this.kind = problem.kind;
		this.remedy = problem.remedy;
	}
}

function toTokenError(error: unknown): unknown {
	return error instanceof WeComError && !(error instanceof TokenError)
		? new TokenError(error)
		: error;
}

/** What happened and what to do, in one text. */
export function explain(problem: WeComError): string {
	const code = problem instanceof WeComApiError ? ` (errcode ${problem.errcode})` : '';
	return `${problem.message}. ${problem.remedy}${code}`;
}

/**
 * Evens out the API base URL.
 *
 * @throws TokenError when it is not the URL of a server or proxy, or would carry the secret unencrypted over a network
 */
export function apiBaseUrl(value: string, allowUnencrypted: boolean): string {
	const text = value.trim().replace(/\/+$/, '');
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw badAddress(
			'The API Base URL is not a web address',
			'Use https://qyapi.weixin.qq.com, or the address of your proxy with https:// in front.',
		);
	}
	if (/\/cgi-bin(\/|$)/.test(url.pathname)) {
		throw badAddress(
			'The API Base URL goes too far',
			'Leave out /cgi-bin and what follows it, as in https://qyapi.weixin.qq.com.',
		);
	}
	if (url.protocol === 'http:' && !allowUnencrypted && !LOOPBACK_HOSTS.has(url.hostname)) {
		throw badAddress(
			'The API Base URL is not encrypted',
			'Use https://, or switch on Allow Unencrypted Connection if the connection cannot be listened to.',
		);
	}
	return text;
}

function badAddress(problem: string, remedy: string): TokenError {
	return new TokenError(new WeComInputError(problem, remedy));
}

/** Sends a GET with this path and query to the owner's API base URL. */
export type Get = (
	path: string,
	query: Record<string, string>,
) => Promise<{ status: number; body: string }>;

/**
 * Asks WeCom for a token and tries it on a harmless customer-contact read.
 *
 * The read is there because gettoken says little: it is exempt from the trusted IPs (observed 2026) and does not
 * look at the list of apps that may call customer contact. So a credential that cannot work says so at once,
 * in n8n's credential test as well as in the first run after a token has ended.
 *
 * @returns what n8n is to store
 * @throws TokenError
 */
export async function requestToken(
	owner: TokenOwner,
	get: Get,
	now: () => number,
): Promise<string> {
	const { accessToken, members } = endpoints;
	try {
		const query = { corpid: owner.corpId, corpsecret: owner.secret };
		const answer = decodeResponse(accessToken, await get(accessToken.path, query));
		await probe(async () =>
			decodeResponse(members, await get(members.path, { access_token: answer.access_token })),
		);
		return serializeToken(owner, answer.access_token, answer.expires_in, now());
	} catch (error) {
		throw toTokenError(error);
	}
}

/** Passes on a missing permission; any other failure says nothing about the token. */
async function probe(read: () => Promise<unknown>): Promise<void> {
	try {
		await read();
	} catch (error) {
		if (error instanceof WeComError && error.kind === 'permission') throw asError(error);
	}
}
