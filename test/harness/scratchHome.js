const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** n8n-core writes an encryption key into its user folder: give it one of its own, not the developer's. */
module.exports = async function useScratchHome() {
	const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-test-'));
	process.env.N8N_USER_FOLDER = scratch;
	// Written before the workers start: one could read what another one has half written.
	mkdirSync(join(scratch, '.n8n'));
	const encryptionKey = process.env.N8N_ENCRYPTION_KEY || 'the key of the tests';
	writeFileSync(join(scratch, '.n8n', 'config'), JSON.stringify({ encryptionKey }), {
		mode: 0o600,
	});
	// The sandbox is on this machine; the package registry may be behind a proxy.
	const { NO_PROXY, no_proxy } = process.env;
	const direct = [NO_PROXY, no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join();
	Object.assign(process.env, { NO_PROXY: direct, no_proxy: direct });
	process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
};
