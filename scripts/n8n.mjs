// Opens a real n8n with this package, a sandbox WeCom, a credential for it and the examples: npm run n8n
// The first run downloads n8n into the user's cache folder. Everything that is done here is gone after Ctrl-C.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox } from '../test/sandbox/index.ts';
import { N8N_VERSIONS, prepareN8n } from '../test/e2e/support/cache.ts';
import { Editor, OWNER } from '../test/e2e/support/editor.ts';
import { CREDENTIAL_TYPE, startN8n } from '../test/e2e/support/n8n.ts';
import { portOrFree } from '../test/e2e/support/processes.ts';
import { example } from '../test/e2e/support/workflows.ts';
import { pack } from './lib/e2e.mjs';
import { root } from './lib/run.mjs';

const N8N_PORT = 5678;
const SANDBOX_PORT = 8787;

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
	const credential = await editor.createCredential('WeCom sandbox', CREDENTIAL_TYPE, {
		corpId: sandbox.corpId,
		secret: sandbox.secret,
		baseUrl: sandbox.url,
		allowUnencrypted: false,
	});
	const examples = [];
	for (const file of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json'))) {
		examples.push(await editor.createWorkflow(example(file, credential)));
	}
	console.log(`
n8n            ${n8n.url}
  Email        ${OWNER.email}
  Password     ${OWNER.password}
${examples.map(({ id, name }) => `  Example      ${n8n.url}/workflow/${id}  ${name}`).join('\n')}

WeCom sandbox  ${sandbox.url}/
  Members confirm and customers receive on that page
  Corp ID      ${sandbox.corpId}
  Secret       ${sandbox.secret}

Ctrl-C stops all of it.`);
} catch (error) {
	console.error(error);
	await end(1);
}

async function end(code) {
	await n8n?.server.stop();
	await sandbox?.stop();
	rmSync(scratch, { recursive: true, force: true });
	process.exit(code);
}
