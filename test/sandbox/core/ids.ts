import { createHash, randomBytes } from 'node:crypto';

/** Prefixes of WeCom IDs, as the samples of its documents show them. */
type IdPrefix = 'ww' | 'wm' | 'wo' | 'wr' | 'wk' | 'et' | 'st' | 'msg';

/**
 * An ID that looks like WeCom's and is the same in every run: made of what it names. The corp ID
 * is part of that name, so two corps never share an ID although their seeds are alike (WeCom's IDs
 * are scoped to the caller).
 */
export function stableId(prefix: IdPrefix, ...name: Array<string | number>): string {
	const digest = createHash('sha256').update(name.join('/')).digest('base64url');
	return prefix + digest.slice(0, prefix === 'msg' ? 29 : 30);
}

/** Union IDs are `o` and 27 characters. */
export function stableUnionId(...name: Array<string | number>): string {
	const digest = createHash('sha256')
		.update(`unionid/${name.join('/')}`)
		.digest('base64url');
	return 'o' + digest.slice(0, 27);
}

/** Corp IDs are `ww` and 16 hex digits. */
export function stableCorpId(name: string): string {
	return 'ww' + createHash('sha256').update(`corp/${name}`).digest('hex').slice(0, 16);
}

/** 43 characters like WeCom's secrets; derived, so that the sources hold nothing like a secret. */
export function stableSecret(...name: Array<string | number>): string {
	return createHash('sha256')
		.update(`secret/${name.join('/')}`)
		.digest('base64url');
}

/** 214 characters; clients should reserve at least 512 bytes (doc 91039). */
export function newAccessToken(): string {
	return randomBytes(161).toString('base64url').slice(0, 214);
}

/** IDs of things that have no stable name: media, welcome codes. */
export function randomId(length: number): string {
	return randomBytes(length).toString('base64url').slice(0, length);
}
