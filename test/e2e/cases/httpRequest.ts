import type { IDataObject } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../support/n8n';
import type { WorkflowNode } from '../support/workflows';
import { pause } from '../support/processes';
import { chain, MANUAL_TRIGGER, reference } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';
import type { Sandbox } from '../../sandbox';
import { CALLABLE_AGENT_ID } from '../../sandbox';

/** An endpoint that our node does not offer. */
const PATH = '/cgi-bin/get_api_domain_ip';

/** The token's life at WeCom (doc 91039), and how much of it is left when n8n gets it. */
const TOKEN_SECONDS = 7_200;
const SECONDS_LEFT = 10;

/** n8n's own HTTP Request node with our credential as its "Predefined Credential Type". */
export function httpRequestCases(environment: E2eEnvironment): void {
	const httpRequest = (parameters: IDataObject): WorkflowNode => ({
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: CREDENTIAL_TYPE,
			options: {},
			...parameters,
		},
		credentials: reference(environment.credential),
	});

	it('calls an endpoint that we do not wrap, with the stored token until it expires', async () => {
		const { editor, sandbox } = environment;
		makeTokenEndSoon(sandbox);
		const workflow = await editor.createWorkflow(
			chain('HTTP', [MANUAL_TRIGGER, httpRequest({ url: sandbox.url + PATH })]),
		);
		const answer = [{ json: expect.objectContaining({ errcode: 0, ip_list: expect.any(Array) }) }];
		const first = await editor.runSaved(workflow);
		expect(first.error).toBeUndefined();
		expect(first.output('HTTP Request')).toMatchObject(answer);
		expect(environment.calls('gettoken')).toHaveLength(1);

		sandbox.clock.advance(SECONDS_LEFT);
		// n8n uses it for half of that time.
		await pause((SECONDS_LEFT / 2) * 1_000);
		expect((await editor.runSaved(workflow)).output('HTTP Request')).toMatchObject(answer);
		expect(environment.calls('gettoken')).toHaveLength(2);
		expect((await editor.runSaved(workflow)).output('HTTP Request')).toMatchObject(answer);
		expect(environment.calls('gettoken')).toHaveLength(2);
	});

	it('does not hand the token to another host', async () => {
		const { editor, sandbox } = environment;
		const elsewhere = sandbox.url.replace('127.0.0.1', 'localhost');
		const execution = await editor.run(
			chain('HTTP elsewhere', [MANUAL_TRIGGER, httpRequest({ url: elsewhere + PATH })]),
		);
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toContain('API Base URL');
		expect(environment.calls('get_api_domain_ip')).toHaveLength(0);
	});
}

/**
 * WeCom gives the same token again as long as it lives, so n8n gets one that somebody fetched long ago. The clock
 * stands still: however long n8n takes to ask, that much of it is left.
 */
function makeTokenEndSoon({ world, clock }: Sandbox): void {
	const { corp } = world;
	clock.freeze();
	const app = corp.apps.get(CALLABLE_AGENT_ID);
	if (app) world.tokens.issue({ corp, app }, clock.now());
	clock.advance(TOKEN_SECONDS - SECONDS_LEFT);
}
