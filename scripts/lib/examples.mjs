// The example workflows, with credentials chosen as a person does after the import.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from './run.mjs';

const PACKAGE = 'n8n-nodes-wecom-external-contact';
const SERVICE_TRIGGER = `${PACKAGE}.weComCustomerServiceTrigger`;
const WECOM = 'https://qyapi.weixin.qq.com';
const FOLDER = join(root, 'examples');
const FILL_IN = '### What to fill in';
/** Of a note on n8n's canvas, with the gap above. */
const LINE_HEIGHT = 40;

export function exampleFiles() {
	return readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
}

/**
 * An example for a WeCom that is elsewhere.
 *
 * @param credentials saved ones, each with its `type`; every node gets those that it asks for
 * @param url the API Base URL, for nodes that call WeCom by URL
 * @param filledIn says so on its note: it needs nothing before it is run
 * @param checkEvery seconds between two looks of a customer service trigger, where no callback reaches it
 */
export function readExample(file, { credentials, url, filledIn = false, checkEvery }) {
	const definition = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
	const wanted = credentialsByNode();
	for (const node of definition.nodes) {
		if (filledIn) sayFilledIn(node);
		if (node.type === SERVICE_TRIGGER)
			node.parameters.options = { ...node.parameters.options, checkEvery };
		const types = [node.parameters.nodeCredentialType, wanted.get(node.type) ?? []].flat();
		const chosen = credentials.filter(({ type }) => types.includes(type));
		if (chosen.length === 0) continue;
		node.credentials = Object.fromEntries(chosen.map(({ id, name, type }) => [type, { id, name }]));
		if (node.parameters.url) node.parameters.url = node.parameters.url.replace(WECOM, url);
	}
	return definition;
}

/** On the note that says what to fill in. */
function sayFilledIn({ parameters }) {
	if (!parameters.content?.includes(FILL_IN)) return;
	parameters.content = parameters.content.replace(
		FILL_IN,
		`**Filled in for the sandbox: just run it.**\n\n${FILL_IN} for your own WeCom`,
	);
	parameters.height += LINE_HEIGHT;
}

/** Which credentials nodes take, by node type: the model's, and those of our nodes, as tools too. */
function credentialsByNode() {
	const nodes = Object.values(createRequire(import.meta.url)('../..'))
		.map((Class) => new Class().description)
		.filter((description) => description?.credentials);
	const ours = nodes.flatMap(({ name, credentials }) => {
		const types = credentials.map((each) => each.name);
		return [name, `${name}Tool`, `${name}HitlTool`].map((type) => [`${PACKAGE}.${type}`, types]);
	});
	return new Map([...ours, ['@n8n/n8n-nodes-langchain.lmChatOpenAi', ['openAiApi']]]);
}
