import { AES_KEY_CHARACTERS, MAX_TOKEN_CHARACTERS } from './limits';

/** What the admin console shows beside the URL of an app's callbacks (doc 90930). */
export interface CallbackSecrets {
	readonly token: string;
	readonly encodingAesKey: string;
	/** Whom messages are for: the corp ID. */
	readonly receiveId: string;
}

const AES_KEY = new RegExp(`^[0-9A-Za-z+/]{${AES_KEY_CHARACTERS}}$`);
const TOKEN = new RegExp(`^[0-9A-Za-z]{1,${MAX_TOKEN_CHARACTERS}}$`);
const CORP_ID = /^[\w-]+$/;

/**
 * Why nothing can be verified with these values; undefined if something can. An empty token or corp ID is never a
 * check that is left out.
 */
export function unusable({ token, encodingAesKey, receiveId }: CallbackSecrets) {
	if (receiveId === '') return "'Corp ID' is empty";
	if (token === '') return "'Token' is empty";
	if (!AES_KEY.test(encodingAesKey)) {
		return `'EncodingAESKey' must have ${AES_KEY_CHARACTERS} letters and digits`;
	}
	return undefined;
}

/**
 * What is wrong with the form of the values; undefined if nothing is. Only WeCom knows whether they are the ones
 * entered there.
 */
export function problemOf(secrets: CallbackSecrets): string | undefined {
	const problem = unusable(secrets);
	if (problem !== undefined) return problem;
	if (!CORP_ID.test(secrets.receiveId)) {
		return "'Corp ID' must have letters and digits only, such as ww0123456789abcdef";
	}
	return TOKEN.test(secrets.token)
		? undefined
		: `'Token' must have 1 to ${MAX_TOKEN_CHARACTERS} letters and digits`;
}
