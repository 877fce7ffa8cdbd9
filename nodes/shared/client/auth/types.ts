/** `gettoken` (doc 91039). */
export interface TokenRequest {
	corpid: string;
	corpsecret: string;
}

export interface TokenResponse {
	access_token: string;
	/** Seconds. */
	expires_in?: number;
}
