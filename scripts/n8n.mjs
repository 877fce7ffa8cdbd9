// Opens a real n8n with this package, a sandbox WeCom, credentials for it and the examples: npm run n8n
// The campaign is the first thing to try. Two examples are published. The URL of the welcome is entered in the sandbox:
// add a customer there, and the welcome arrives. The agent of customer service looks by itself: write there as a
// customer, and a stand-in model answers.
// The first run downloads n8n into the user's cache folder. Everything that is done here is gone after Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomCallbackSecrets } from '../test/sandbox/callbacks/target.ts';
import { startSandbox, verifyCallbackUrl } from '../test/sandbox/index.ts';
import { N8N_VERSIONS, prepareN8n } from '../test/e2e/support/cache.ts';
import { Editor, OWNER } from '../test/e2e/support/editor.ts';
import { startHandingOverModel } from '../test/e2e/support/modelStub.ts';
import { CALLBACK_CREDENTIAL_TYPE, CREDENTIAL_TYPE, startN8n } from '../test/e2e/support/n8n.ts';
import { portOrFree, waitFor } from '../test/e2e/support/processes.ts';
import { pack } from './lib/e2e.mjs';
import { exampleFiles, readExample } from './lib/examples.mjs';

const N8N_PORT = 5678;
const SANDBOX_PORT = 8787;
/** WeCom has one callback URL per app, so one of the examples can hear it at a time. */
const WELCOME = 'welcome.json';
/** Needs nobody's URL: it is run by hand. */
const CAMPAIGN = 'campaign.json';
/** Does without the URL: its trigger also looks by itself. */
const AGENT = 'customer-service-agent.json';
/** The least that Check at Least Every takes. */
const CHECK_EVERY_SECONDS = 5;

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-n8n-'));
let n8n;
let sandbox;
let model;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(0));

try {
	const install = await prepareN8n(process.env.E2E_N8N ?? N8N_VERSIONS[0]);
	sandbox = await startSandbox({ port: await portOrFree(SANDBOX_PORT) });
	model = await startHandingOverModel('human');
	console.log(`Starting n8n ${install.version}…`);
	n8n = await startN8n({
		install,
		tarball: pack(scratch),
		home: scratch,
		port: await portOrFree(N8N_PORT),
		env: { N8N_LOG_LEVEL: 'info', GENERIC_TIMEZONE: process.env.TZ ?? 'Asia/Shanghai' },
	});
	const editor = await Editor.open(n8n.url);
	const { corpId, secret, url } = sandbox;
	const { token, encodingAesKey } = randomCallbackSecrets();
	const api = { corpId, secret, baseUrl: url, allowUnencrypted: false };
	const callback = { corpId, token, encodingAesKeySecret: encodingAesKey };
	const standIn = { apiKey: 'no-key-needed', url: model.url, header: false };
	const wecom = [
		await editor.createCredential('WeCom sandbox', CREDENTIAL_TYPE, api),
		await editor.createCredential('WeCom sandbox callback', CALLBACK_CREDENTIAL_TYPE, callback),
	];
	const talking = await editor.createCredential('Stand-in model', 'openAiApi', standIn);
	const examples = new Map();
	for (const file of exampleFiles()) {
		// It only talks: agents that have work to do need a real model.
		const credentials = file === AGENT ? [...wecom, talking] : wecom;
		const example = readExample(file, {
			credentials,
			url,
			filledIn: file === CAMPAIGN,
			checkEvery: CHECK_EVERY_SECONDS,
		});
		examples.set(file, await editor.createWorkflow(example));
	}
	await hearSandbox(editor, { token, encodingAesKey }, examples.get(WELCOME));
	await readSandbox(editor, examples.get(AGENT));
	console.log(`
n8n            ${n8n.url}
  Email        ${OWNER.email}
  Password     ${OWNER.password}
${[...examples.values()].map(({ id, name }) => `  Example      ${n8n.url}/workflow/${id}  ${name}`).join('\n')}

WeCom sandbox  ${sandbox.url}/
  Members confirm and customers receive on that page
  Try          open ${examples.get(CAMPAIGN).name}: ${n8n.url}/workflow/${examples.get(CAMPAIGN).id}
               press Execute workflow; press Confirm on the sandbox's page; run Get Task Status again.
               If n8n shows its assistant after the login: the workflows are at ${n8n.url}/home/workflows
  Try          add a customer with the channel spring-expo: ${WELCOME} welcomes them
  Try          section Customer service: enter the chat, write as the customer; ${AGENT} answers.
               WeCom has one callback URL per app, which is the welcome's here: the agent looks every ${CHECK_EVERY_SECONDS} seconds.
               Its model is a stand-in that repeats what was said, and hands over when the customer asks for a human;
               for real answers choose a credential of your own
  Corp ID      ${corpId}
  Secret       ${secret}

Ctrl-C stops all of it.`);
} catch (error) {
	console.error(error);
	await end(1);
}

/** Publishes an example, and enters the production URL of its trigger in the sandbox once it answers, as WeCom does. */
async function hearSandbox(editor, secrets, workflow) {
	const { webhookId } = workflow.nodes.find(({ type }) => type.endsWith('ContactTrigger'));
	const target = { url: `${n8n.url}/webhook/${webhookId}/webhook`, ...secrets };
	await editor.setActive(workflow, true);
	await waitFor(
		`the trigger of ${workflow.name} to answer`,
		async () => await verifyCallbackUrl(sandbox.world, target),
	);
	sandbox.world.callbacks.setTarget(target);
}

/** Publishes an example, and waits until its trigger has read: what is written before counts as history. */
async function readSandbox(editor, workflow) {
	await editor.setActive(workflow, true);
	await waitFor(`the trigger of ${workflow.name} to read`, () =>
		sandbox.log.calls('/cgi-bin/kf/sync_msg').some(({ errcode }) => errcode === 0),
	);
}

async function end(code) {
	await n8n?.server.stop();
	await model?.stop();
	await sandbox?.stop();
	rmSync(scratch, { recursive: true, force: true });
	process.exit(code);
}
