import { randomInt } from 'node:crypto';

import { fetchWithin } from '../core/timers';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import { encrypt } from './crypto';
import { signedUrl } from './request';
import type { CallbackTarget } from './target';

const ECHO_DIGITS = 19;
const QUOTED_CHARACTERS = 60;

/** What came of a verification of the URL. */
export interface Verification {
	readonly verified: boolean;
	/** Why not, for people. */
	readonly reason?: string;
	/** How long the answer took, in real milliseconds. */
	readonly milliseconds: number;
}

/**
 * Asks the receiver for the decrypted echostr: HTTP 200 with the bare text, within a second, without
 * quotes, byte order mark or line break (doc 90930). A receiver that fails is 40057 in the console.
 */
export async function verifyUrl(
	world: World,
	target: CallbackTarget,
	corp: Corp = world.corp,
): Promise<Verification> {
	const message = Array.from({ length: ECHO_DIGITS }, () => randomInt(1, 10)).join('');
	const encrypted = encrypt(target.encodingAesKey, message, corp.corpId);
	const url = signedUrl(world, target, encrypted);
	url.searchParams.set('echostr', encrypted);
	const limit = world.settings.callbackVerifyMilliseconds;
	const within = Math.min(target.answerWithinMs ?? limit, limit);
	const started = performance.now();
	const response = await fetchWithin(within, url, { method: 'GET' });
	const milliseconds = Math.round(performance.now() - started);
	const reason =
		typeof response === 'string'
			? `${response === 'no answer in time' ? `No answer within ${within} ms` : 'No connection'}: is the workflow published, and the URL the production URL?`
			: fault(response, message, encrypted);
	return { verified: reason === undefined, reason, milliseconds };
}

function fault(
	{ status, text }: { status: number; text: string },
	message: string,
	encrypted: string,
): string | undefined {
	if (status !== 200) return `HTTP status ${status} instead of 200`;
	if (text === message) return undefined;
	if (text === '') return 'The answer is empty';
	if (text === encrypted) return 'The answer is the echostr as it came, not decrypted';
	if (text.startsWith('\uFEFF')) return 'The answer begins with a byte order mark';
	if (text.trim() === message) return 'There is a blank or a line break around the answer';
	if (text.trim() === JSON.stringify(message)) return 'The answer is in quotes';
	const beginning = text.slice(0, QUOTED_CHARACTERS);
	return `The answer is not the decrypted echostr. It begins with: ${beginning}`;
}
