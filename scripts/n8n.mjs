// Opens a real n8n with this package, a sandbox WeCom, credentials for it and the examples: npm run n8n
// The welcome example is published and its URL entered in the sandbox: add a customer there, and the welcome arrives.
// The first run downloads n8n into the user's cache folder. Everything that is done here is gone after Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomCallbackSecrets } from '../test/sandbox/callbacks/target.ts';
import { startSandbox, verifyCallbackUrl } from '../test/sandbox/index.ts';
import { N8N_VERSIONS, prepareN8n } from '../test/e2e/support/cache.ts';
import { Editor, OWNER } from '../test/e2e/support/editor.ts';
import { CREDENTIAL_TYPE, startN8n } from '../test/e2e/support/n8n.ts';
import { portOrFree, waitFor } from '../test/e2e/support/processes.ts';
import { pack } from './lib/e2e.mjs';
import { exampleFiles, readExample } from './lib/examples.mjs';

const N8N_PORT = 5678;
const SANDBOX_PORT = 8787;
/** WeCom has one callback URL per app, so one of the examples can hear it at a time. */
const PUBLISHED = 'welcome.json';

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-n8n-'));
let n8n;
let sandbox;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(0));

try {
	const install = await prepareN8n(process.env.E2E_N8N ?? N8N_VERSIONS[0]);
	sandbox = await startSandbox({ port: await portOrFree(SANDBOX_PORT) });
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
	const credentials = [
		await editor.createCredential('WeCom sandbox', CREDENTIAL_TYPE, api),
		await editor.createCredential('WeCom sandbox callback', 'weComCallbackApi', callback),
	];
	const examples = [];
	for (const file of exampleFiles()) {
		const workflow = await editor.createWorkflow(readExample(file, { credentials, url }));
		examples.push({ file, ...workflow });
	}
	await hearSandbox(editor, { token, encodingAesKey }, examples);
	console.log(`
n8n            ${n8n.url}
  Email        ${OWNER.email}
  Password     ${OWNER.password}
${examples.map(({ id, name }) => `  Example      ${n8n.url}/workflow/${id}  ${name}`).join('\n')}

WeCom sandbox  ${sandbox.url}/
  Members confirm and customers receive on that page
  Try          add a customer with the channel spring-expo: ${PUBLISHED} welcomes them
  Corp ID      ${corpId}
  Secret       ${secret}

Ctrl-C stops all of it.`);
} catch (error) {
	console.error(error);
	await end(1);
}

/** Publishes an example, and enters the production URL of its trigger in the sandbox once it answers, as WeCom does. */
async function hearSandbox(editor, secrets, examples) {
	const published = examples.find(({ file }) => file === PUBLISHED);
	const { webhookId } = published.nodes.find(({ type }) => type.endsWith('ContactTrigger'));
	const target = { url: `${n8n.url}/webhook/${webhookId}/webhook`, ...secrets };
	await editor.setActive(published, true);
	await waitFor(
		`the trigger of ${PUBLISHED} to answer`,
		async () => await verifyCallbackUrl(sandbox.world, target),
	);
	sandbox.world.callbacks.setTarget(target);
}

async function end(code) {
	await n8n?.server.stop();
	await sandbox?.stop();
	rmSync(scratch, { recursive: true, force: true });
	process.exit(code);
}
