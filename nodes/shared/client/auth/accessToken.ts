import { createHash } from 'node:crypto';

/** What a token belongs to. Editing any part of it in the credential means the stored token no longer matches. */
export interface TokenOwner {
	readonly baseUrl: string;
	readonly corpId: string;
	readonly secret: string;
}

/** Replaces a token this long before WeCom expires it, so that it doesn't expire in flight. */
const SAFETY_MARGIN_MS = 5 * 60 * 1_000;

/** A token of unknown lifetime is used so long; if it dies sooner, WeCom's refusal brings the next one. */
const UNKNOWN_LIFETIME_USE_MS = 60_000;
/** A token that ends at once is used so long, so that it serves at least the request it was fetched for. */
const SHORTEST_USE_MS = 5_000;

/** Identifies the token's owner without revealing the secret. */
export function fingerprint({ baseUrl, corpId, secret }: TokenOwner): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, corpId, secret]))
		.digest('hex')
		.slice(0, 16);
}

/** What n8n stores for us, encrypted, between requests, executions and processes. */
interface StoredToken {
	readonly token: string;
	/** Milliseconds since 1970. */
	readonly obtainedAt: number;
	/** Milliseconds since 1970; already earlier than WeCom's own expiry. */
	readonly expiresAt: number;
	readonly fingerprint: string;
}

/** The stored token if it belongs to this owner and is still valid, otherwise undefined. */
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
 * Whether two stored values hold the same token. Processes that got the same token from WeCom store it with different
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

/**
 * @param expiresIn seconds, as returned by gettoken (doc 91039). Zero, negative and non-numeric values are treated as
 * unknown
 * @param now milliseconds since 1970
 */
export function serializeToken(
	owner: TokenOwner,
	token: string,
	expiresIn: unknown,
	now: number,
): string {
	const seconds = Number(expiresIn);
	const lifetimeMs = Number.isFinite(seconds) ? seconds * 1_000 : 0;
	const useMs =
		lifetimeMs > 0
			? Math.max(lifetimeMs - Math.min(SAFETY_MARGIN_MS, lifetimeMs / 2), SHORTEST_USE_MS)
			: UNKNOWN_LIFETIME_USE_MS;
	const stored: StoredToken = {
		token,
		obtainedAt: now,
		expiresAt: now + useMs,
		fingerprint: fingerprint(owner),
	};
	return JSON.stringify(stored);
}
