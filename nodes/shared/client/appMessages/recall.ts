import type { WeComClient } from '../core/client';
import { asError, WeComApiError } from '../core/errors';
import { appMessageEndpoints } from './endpoints';

const WHAT_CAN_BE_RECALLED =
	'An application message can be recalled for 24 hours after it was sent, only by the app that sent it. The msgid must come from Send App Message: mass messages cannot be recalled.';

/**
 * Takes an application message back from everybody who got it (doc 94867). It stays where members read it in the WeChat
 * plug-in.
 *
 * @throws WeComApiError when WeCom refuses; it says which messages can be recalled
 */
export async function recallAppMessage(client: WeComClient, msgid: string): Promise<void> {
	try {
		await client.call(appMessageEndpoints.recallAppMessage, { msgid });
	} catch (error) {
		throw error instanceof WeComApiError && error.kind === 'input'
			? error.advising(WHAT_CAN_BE_RECALLED)
			: asError(error);
	}
}
