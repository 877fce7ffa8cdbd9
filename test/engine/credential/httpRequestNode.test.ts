/* eslint-disable @n8n/community-nodes/no-deprecated-workflow-functions --
   this test sends the way the HTTP Request node of n8n does */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../../credentials/WeComExternalContactApi.credentials';
import { createEngine } from '../../harness/engine';
import { useSandbox } from '../../harness/sandbox';
import { credentialFor } from '../../harness/scenario';

/** Sends as n8n's HTTP Request node does with a predefined credential type. */
const httpRequestNode: INodeType = {
	description: {
		displayName: 'HTTP',
		name: 'http',
		group: [],
		version: 1,
		description: 'Sends a request',
		defaults: { name: 'HTTP' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'weComExternalContactApi' }],
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	},
	async execute(this: IExecuteFunctions) {
		const answer = (await this.helpers.requestWithAuthentication.call(
			this,
			'weComExternalContactApi',
			{ method: 'GET', uri: this.getNodeParameter('url', 0) as string, json: true },
		)) as IDataObject;
		return [[{ json: answer }]];
	},
};

const engine = createEngine({
	nodeTypes: [httpRequestNode],
	credentialTypes: [new WeComExternalContactApi()],
});

const sandbox = useSandbox();

const PATH = '/cgi-bin/get_api_domain_ip';

const get = async (url: string) =>
	await engine.run({
		node: { type: 'http', parameters: { url } },
		credential: engine.credential({ ...credentialFor(sandbox) }),
	});

it('adds the token to a request of the HTTP Request node', async () => {
	const { items } = await get(sandbox.url + PATH);
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({ errcode: 0, ip_list: expect.any(Array) }),
	]);
});

it('does not hand the token to another host', async () => {
	const { error } = await get(sandbox.url.replace('127.0.0.1', 'localhost') + PATH);
	expect(error?.message).toContain('API Base URL');
	expect(sandbox.log.calls(PATH)).toHaveLength(0);
});

it('does not repeat a request whose response was lost', async () => {
	sandbox.faults.add({ path: PATH, fault: { kind: 'reset', after: true } });
	const { error } = await get(sandbox.url + PATH);
	expect(error?.message).toContain('was not sent again');
	expect(sandbox.log.calls(PATH)).toHaveLength(1);
});

it('does not repeat it with a new token either', async () => {
	const { world, faults, log } = sandbox;
	const issue = world.tokens.issue.bind(world.tokens);
	world.tokens.issue = (...args) => {
		world.killToken();
		return issue(...args);
	};
	faults.add({ path: PATH, fault: { kind: 'reset', after: true } });
	const { error } = await get(sandbox.url + PATH);
	expect(error?.message).toContain('was not sent again');
	expect(log.calls('/cgi-bin/gettoken')).toHaveLength(2);
	expect(log.calls(PATH)).toHaveLength(1);
});
