/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the linter, which is a program of its own */
import { spawnSync } from 'node:child_process';

import type { INodeProperties } from 'n8n-workflow';

import { resources } from '../nodes/WeComExternalContact/resources';
import { WeComExternalContact } from '../nodes/WeComExternalContact/WeComExternalContact.node';

const { description } = new WeComExternalContact();

function findings(properties: INodeProperties[]): string[] {
	const { stdout, stderr, status } = spawnSync('node', ['scripts/lint-description.mjs'], {
		input: JSON.stringify({ ...description, properties }),
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
	return stdout.split('\n').filter((line) => line !== '');
}

describe('the composed description', () => {
	it('gives the linter of n8n nothing to say', () => {
		expect(findings(description.properties)).toEqual([]);
	});

	it('is really linted: a wrong default and a wrong text are found', () => {
		const broken = description.properties.map((property) =>
			property.name === 'limit' ? { ...property, default: 10, description: 'How many' } : property,
		);
		const rules = findings(broken).map((line) => line.split(':')[0]);
		expect(rules).toContain('n8n-nodes-base/node-param-default-wrong-for-limit');
		expect(rules).toContain('n8n-nodes-base/node-param-description-wrong-for-limit');
	});
});

describe('the registry', () => {
	it('has values that are public and therefore fixed', () => {
		const values = Object.fromEntries(
			resources.map(({ value, operations }) => [
				value,
				operations.map((each) => each.value).sort(),
			]),
		);
		expect(values).toMatchInlineSnapshot(`
		{
		  "customer": [
		    "changeTags",
		    "get",
		    "list",
		    "updateRemark",
		  ],
		  "customerGroup": [
		    "get",
		    "list",
		  ],
		  "media": [
		    "upload",
		  ],
		  "member": [
		    "list",
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
		}
	`);
	});

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

	it('points every list of the editor at a method that exists', () => {
		const text = JSON.stringify(description.properties);
		const { methods } = new WeComExternalContact();
		const named = (key: string) =>
			[...text.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map((match) => match[1] as string);
		expect(Object.keys(methods.listSearch)).toEqual(
			expect.arrayContaining(named('searchListMethod')),
		);
		expect(Object.keys(methods.loadOptions)).toEqual(
			expect.arrayContaining(named('loadOptionsMethod')),
		);
		expect(named('searchListMethod').length).toBeGreaterThan(0);
	});
});
