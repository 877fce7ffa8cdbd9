import { AES_KEY_CHARACTERS, MAX_TOKEN_CHARACTERS } from './limits';

/** What the admin console shows beside the URL of an app's callbacks (doc 90930). */
export interface CallbackSecrets {
	readonly token: string;
	readonly encodingAesKey: string;
	/** Whom messages are for: the corp ID. */
	readonly receiveId: string;
}

const TOKEN = new RegExp(`^[0-9A-Za-z]{1,${MAX_TOKEN_CHARACTERS}}$`);
const AES_KEY = new RegExp(`^[0-9A-Za-z+/]{${AES_KEY_CHARACTERS}}$`);
/** Corp IDs observed begin with `ww` or, in older corporations, `wx`. */
const CORP_ID = /^w[a-z][0-9A-Za-z]{10,30}$/;

/**
 * What is wrong with the form of the values; undefined if nothing is. Only WeCom knows whether they are the ones
 * entered there.
 */
export function problemOf({ token, encodingAesKey, receiveId }: CallbackSecrets) {
	if (!CORP_ID.test(receiveId)) {
		return "'Corp ID' must begin with ww or wx, followed by letters and digits";
	}
	if (!TOKEN.test(token)) {
		return `'Token' must have 1 to ${MAX_TOKEN_CHARACTERS} letters and digits`;
	}
	if (!AES_KEY.test(encodingAesKey)) {
		return `'EncodingAESKey' must have ${AES_KEY_CHARACTERS} letters and digits`;
	}
	return undefined;
}
