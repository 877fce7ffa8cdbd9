import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import type { WeComExternalContactApi as CredentialType } from '../../../credentials/WeComExternalContactApi.credentials';
import { useSandbox } from '../../harness/sandbox';
import { credentialFor } from '../../harness/scenario';
import { CALLABLE_AGENT_ID } from '../../sandbox';

/** The credential as one process of n8n in queue mode has it: what it keeps in memory is its own. */
function newProcess(): CredentialType {
	let credential: CredentialType | undefined;
	jest.isolateModules(() => {
		const module = jest.requireActual<{ WeComExternalContactApi: new () => CredentialType }>(
			'../../../credentials/WeComExternalContactApi.credentials',
		);
		credential = new module.WeComExternalContactApi();
	});
	if (!credential) throw new Error('The credential was not loaded');
	return credential;
}

const sandbox = useSandbox();
beforeEach(() => {
	const app = sandbox.world.corp.apps.get(CALLABLE_AGENT_ID);
	if (app) app.secret = `secret of ${expect.getState().currentTestName}`;
});
afterEach(() => {
	jest.restoreAllMocks();
});

/** What n8n's helper does with a request of `preAuthentication`. */
const helper = {
	helpers: {
		httpRequest: async ({ url, qs }: IHttpRequestOptions) => {
			const query = new URLSearchParams(qs as Record<string, string>);
			const response = await fetch(`${sandbox.url}${url}?${query.toString()}`);
			return { statusCode: response.status, body: await response.text() };
		},
	},
} as unknown as IHttpRequestHelper;

async function tokenFor(process: CredentialType, stored = ''): Promise<string> {
	const credentials = { ...credentialFor(sandbox), accessToken: stored };
	return (await process.preAuthentication.call(helper, credentials)).accessToken;
}

const PATH = '/cgi-bin/gettoken';

it('replaces a dead token that another process has stored', async () => {
	const [one, other] = [newProcess(), newProcess()];
	await tokenFor(one);
	// The same token, stored a moment later by the other process.
	const now = Date.now();
	jest.spyOn(Date, 'now').mockReturnValue(now + 1_000);
	const stored = await tokenFor(other);
	sandbox.world.killToken();

	expect(tokenIn(await tokenFor(one, stored))).not.toBe(tokenIn(stored));
});

it('makes one request for all runs that find the same token dead', async () => {
	const process = newProcess();
	const stored = await tokenFor(process);
	sandbox.world.killToken();
	sandbox.log.clear();

	const tokens = await Promise.all([1, 2, 3].map(async () => await tokenFor(process, stored)));
	expect(new Set(tokens).size).toBe(1);
	expect(sandbox.log.calls(PATH)).toHaveLength(1);
});

function tokenIn(stored: string): string {
	return (JSON.parse(stored) as { token: string }).token;
}
