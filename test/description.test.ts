/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the linter, which is a program of its own */
import { spawnSync } from 'node:child_process';

import type { INodeType } from 'n8n-workflow';

import { resources as customerService } from '../nodes/WeComCustomerService/resources';
import { WeComCustomerService } from '../nodes/WeComCustomerService/WeComCustomerService.node';
import { resources as externalContact } from '../nodes/WeComExternalContact/resources';
import { WeComExternalContact } from '../nodes/WeComExternalContact/WeComExternalContact.node';
import type { Resource } from '../nodes/shared/operation/operation';
import manifest from '../package.json';

/** Every node and trigger of the package, with the file it is in. */
const nodes = manifest.n8n.nodes.map((path) => {
	const file = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const [className = ''] = file.split('/').slice(-1)[0]?.split('.') ?? [];
	const module = jest.requireActual<Record<string, new () => INodeType>>(`../${file}`);
	const Node = module[className];
	if (!Node) throw new Error(`${file} does not export ${className}`);
	const { description: whole, webhookMethods = {} } = new Node();
	const { webhooks = [], ...rest } = whole;
	// The linter takes every literal list of webhooks for a trigger that registers them at some service. Those of an
	// execution that waits are registered nowhere.
	const registered = webhooks.filter(({ restartWebhook }) => !restartWebhook);
	const description = { ...rest, ...(registered.length > 0 && { webhooks: registered }) };
	return {
		file,
		className,
		description,
		webhookMethods: Object.fromEntries(
			Object.entries(webhookMethods).map(([group, methods]) => [group, Object.keys(methods)]),
		),
	};
});

function findings(node: (typeof nodes)[number]): string[] {
	const { stdout, stderr, status } = spawnSync('node', ['scripts/lint-description.mjs'], {
		input: JSON.stringify(node),
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
	return stdout.split('\n').filter((line) => line !== '');
}

describe('the composed description', () => {
	it.each(nodes)('gives the linter of n8n nothing to say: $className', (node) => {
		expect(findings(node)).toEqual([]);
	});

	it('is really linted: a trigger without one of its methods is found', () => {
		const trigger = nodes.find(({ description: { webhooks = [] } }) => webhooks.length > 0);
		if (!trigger) throw new Error('The package has no trigger');
		const broken = { ...trigger, webhookMethods: { default: ['checkExists', 'create'] } };
		expect(findings(broken)).toEqual([
			expect.stringContaining('webhook-lifecycle-complete') as string,
		]);
	});

	it('is really linted: a wrong default and a wrong text are found', () => {
		const [node] = nodes as [(typeof nodes)[number]];
		const properties = node.description.properties.map((property) =>
			property.name === 'limit' ? { ...property, default: 10, description: 'How many' } : property,
		);
		const broken = { ...node, description: { ...node.description, properties } };
		const rules = findings(broken).map((line) => line.split(':')[0]);
		expect(rules).toContain('n8n-nodes-base/node-param-default-wrong-for-limit');
		expect(rules).toContain('n8n-nodes-base/node-param-description-wrong-for-limit');
	});
});

describe('the registry', () => {
	it('has values that are public and therefore fixed: External Contact', () => {
		expect(valuesOf(externalContact)).toMatchInlineSnapshot(`
		{
		  "customer": [
		    "changeTags",
		    "findByUnionId",
		    "get",
		    "list",
		    "updateRemark",
		  ],
		  "customerGroup": [
		    "get",
		    "list",
		  ],
		  "groupWelcomeTemplate": [
		    "create",
		    "delete",
		    "get",
		    "update",
		  ],
		  "media": [
		    "upload",
		  ],
		  "member": [
		    "list",
		    "recallAppMessage",
		    "sendAndWait",
		    "sendAppMessage",
		  ],
		  "message": [
		    "broadcast",
		    "cancel",
		    "getTaskStatus",
		    "list",
		    "remind",
		    "send",
		  ],
		  "tag": [
		    "create",
		    "delete",
		    "list",
		    "update",
		  ],
		  "welcomeMessage": [
		    "send",
		  ],
		}
	`);
	});

	it('has values that are public and therefore fixed: Customer Service', () => {
		expect(valuesOf(customerService)).toMatchInlineSnapshot(`
		{
		  "account": [
		    "create",
		    "delete",
		    "getLink",
		    "list",
		    "update",
		  ],
		  "customer": [
		    "get",
		  ],
		  "message": [
		    "send",
		    "sendOnEvent",
		  ],
		  "servicer": [
		    "add",
		    "list",
		    "remove",
		  ],
		  "session": [
		    "assign",
		    "end",
		    "getState",
		    "returnToAssistant",
		  ],
		  "statistic": [
		    "account",
		    "servicer",
		  ],
		}
	`);
	});

	it('has resources and operations in the order of their names', () => {
		for (const resources of [externalContact, customerService]) {
			const names = resources.map(({ name }) => name);
			expect(names).toEqual([...names].sort());
		}
	});
});

describe.each([
	['External Contact', externalContact, new WeComExternalContact()],
	['Customer Service', customerService, new WeComCustomerService()],
])('the registry of %s', (_, resources, { description, methods }) => {
	const { listSearch, loadOptions = {} } = methods as INodeType['methods'] & {
		listSearch: object;
	};

	it('shows the operations of a resource in the order of their names', () => {
		for (const { operations } of resources) {
			const names = operations.map(({ name }) => name);
			expect(names).toEqual([...names].sort());
		}
	});

	it('gives every field of an operation a display condition', () => {
		const always = description.properties.filter(({ displayOptions }) => !displayOptions);
		expect(always.map(({ name }) => name)).toEqual(['resource']);
	});

	it('leaves the names that n8n replaces in a review step of AI agents to Send and Wait for Response', () => {
		const named = (name: string) =>
			description.properties
				.filter((property) => property.name === name)
				.map(({ displayOptions }) => displayOptions?.show?.operation);
		const waits = (description.webhooks ?? []).some(({ restartWebhook }) => restartWebhook);
		const expected = waits ? [['sendAndWait']] : [];
		expect(named('message')).toEqual(expected);
		expect(named('responseType')).toEqual(expected);
		const defaults = description.properties.filter(({ name }) => name === 'operation');
		expect(defaults.map((property) => property.default)).not.toContain('sendAndWait');
	});

	it('points every list of the editor at a method that exists', () => {
		const text = JSON.stringify(description.properties);
		const named = (key: string) =>
			[...text.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map((match) => match[1] as string);
		expect(Object.keys(listSearch)).toEqual(expect.arrayContaining(named('searchListMethod')));
		expect(Object.keys(loadOptions)).toEqual(expect.arrayContaining(named('loadOptionsMethod')));
		expect(named('searchListMethod').length).toBeGreaterThan(0);
	});
});

/** Values of the operations, by resource. */
function valuesOf(resources: readonly Resource[]) {
	return Object.fromEntries(
		resources.map(({ value, operations }) => [value, operations.map((each) => each.value).sort()]),
	);
}
