/**
 * Why a callback was refused. The message is for the log of whoever runs n8n: it contains nothing of the request and no
 * secret. The caller learns the status only.
 */
export class CallbackError extends Error {
	override readonly name = 'CallbackError';

	constructor(
		/** HTTP status of the answer. 500: the credential is unusable, so WeCom should send the message again. */
		readonly status: 400 | 403 | 413 | 500,
		message: string,
	) {
		super(message);
	}
}
