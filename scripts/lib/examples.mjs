// The example workflows, with credentials chosen as a person does after the import.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from './run.mjs';

const PACKAGE = 'n8n-nodes-wecom-external-contact';
const WECOM = 'https://qyapi.weixin.qq.com';
const FOLDER = join(root, 'examples');

export function exampleFiles() {
	return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
}

/**
 * An example for a WeCom that is elsewhere.
 *
 * @param credentials saved ones, each with its `type`; every node gets those that it asks for
 * @param url the API Base URL, for nodes that call WeCom by URL
 */
export function readExample(file, { credentials, url }) {
	const definition = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
	const wanted = credentialsByNode();
	for (const node of definition.nodes) {
		const types = [node.parameters.nodeCredentialType, wanted.get(node.type) ?? []].flat();
		const chosen = credentials.filter(({ type }) => types.includes(type));
		if (chosen.length === 0) continue;
		node.credentials = Object.fromEntries(chosen.map(({ id, name, type }) => [type, { id, name }]));
		if (node.parameters.url) node.parameters.url = node.parameters.url.replace(WECOM, url);
	}
	return definition;
}

/** Which credentials our nodes take, by node type; the same for the node as a tool. */
function credentialsByNode() {
	const nodes = Object.values(createRequire(import.meta.url)('../..'))
		.map((Class) => new Class().description)
		.filter((description) => description?.credentials);
	return new Map(
		nodes.flatMap(({ name, credentials }) => {
			const types = credentials.map((each) => each.name);
			return [name, `${name}Tool`, `${name}HitlTool`].map((type) => [`${PACKAGE}.${type}`, types]);
		}),
	);
}
