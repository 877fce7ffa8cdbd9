/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the linter, which is a program of its own */
import { spawnSync } from 'node:child_process';

import { WeComExternalContactApi } from '../credentials/WeComExternalContactApi.credentials';
import { SecondNode } from './fixtures/secondNode/SecondNode.node';
import { createEngine } from './harness/engine';
import { useSandbox } from './harness/sandbox';
import { continueOnFail, credentialFor } from './harness/scenario';

const sandbox = useSandbox();
const engine = createEngine({
	nodeTypes: [new SecondNode()],
	credentialTypes: [new WeComExternalContactApi()],
});

it('is composed of its own resources, and n8n’s linter has nothing to say', () => {
	const { description } = new SecondNode();
	const names = description.properties.map(({ name }) => name);
	expect(names).toEqual(['resource', 'operation', 'returnAll', 'limit', 'options']);
	const { stdout, status } = spawnSync('node', ['scripts/lint-description.mjs'], {
		// As if it stood among the others, one folder nearer to the icons.
		input: JSON.stringify({
			file: 'nodes/SecondNode/SecondNode.node.ts',
			className: 'SecondNode',
			description,
		}).replaceAll('file:../../../icons', 'file:../../icons'),
		encoding: 'utf8',
	});
	expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

it('runs through the engine with the shared client, credential and errors', async () => {
	const credential = engine.credential(credentialFor(sandbox));
	const parameters = { resource: 'account', operation: 'list', returnAll: false, limit: 2 };
	const { items } = await engine.run({ credential, node: { parameters } });
	expect(items).toEqual([
		{ json: { userid: 'lin' }, pairedItem: { item: 0 } },
		{ json: { userid: 'wei' }, pairedItem: { item: 0 } },
	]);

	const failed = await engine.run({
		credential,
		node: { parameters: { ...parameters, limit: 0 }, ...continueOnFail.node },
	});
	expect(failed.items[0]?.json.error).toBe("'Limit' must be a whole number of at least 1");
});
