import type { WeComClient } from '../core/client';
import { APP_MANAGEMENT } from '../core/consoleMenus';
import { UNTRUSTED_IP } from '../core/errorCodes';
import { asError, WeComApiError, WeComInputError } from '../core/errors';
import { listed } from '../core/utils';
import { appMessageEndpoints } from './endpoints';
import type { App } from './types';

const NEEDS_APP = `Application messages come from an app, so they need the secret of a self-built app, shown in the WeCom admin console under ${APP_MANAGEMENT}. The Customer Contact secret and the one of the address book belong to no app.`;

/**
 * The apps that the client's access token belongs to; one for the secret of a self-built app (doc 90227).
 *
 * @throws WeComApiError when WeCom refuses; it says what kind of secret is needed
 */
export async function readApps(client: WeComClient): Promise<App[]> {
	try {
		const { agentlist = [] } = await client.call(appMessageEndpoints.apps, {});
		// A message must have it as a number.
		return agentlist.map((app) => ({ ...app, agentid: Number(app.agentid) }));
	} catch (error) {
		const isAboutSecret =
			error instanceof WeComApiError &&
			(error.kind === 'permission' || error.kind === 'input') &&
			error.errcode !== UNTRUSTED_IP;
		throw isAboutSecret ? error.advising(NEEDS_APP) : asError(error);
	}
}

/**
 * The agent ID of the app whose secret the client uses.
 *
 * @throws WeComInputError when the secret belongs to no app, or to several
 */
export async function findAgentId(client: WeComClient): Promise<number> {
	const apps = await readApps(client);
	const [app] = apps;
	if (!app) throw new WeComInputError('The secret of the credential belongs to no app', NEEDS_APP);
	if (apps.length === 1) return app.agentid;
	const named = apps.map(({ name = '', agentid }) => `${name} (${agentid})`.trim());
	throw new WeComInputError(
		`The credential belongs to several apps: ${listed(named)}`,
		"Choose one in 'App'.",
	);
}
