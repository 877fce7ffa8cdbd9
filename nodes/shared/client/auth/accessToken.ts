import { createHash } from 'node:crypto';

/** What a token belongs to. Editing any part of it in the credential makes the stored token another app's. */
export interface TokenOwner {
	readonly baseUrl: string;
	readonly corpId: string;
	readonly secret: string;
}

/** A token is replaced this long before WeCom ends it, so that it does not die on the way. */
const SAFETY_MARGIN_MS = 5 * 60 * 1_000;

/** A token of unknown lifetime is used so long; if it dies sooner, WeCom's refusal brings the next one. */
const UNKNOWN_LIFETIME_USE_MS = 60_000;
/** A token that ends at once is used so long, so that it serves at least the request it was fetched for. */
const SHORTEST_USE_MS = 5_000;

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

/**
 * @param expiresIn seconds, as gettoken gives them (doc 91039). Zero, less and what is no number tell nothing
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
