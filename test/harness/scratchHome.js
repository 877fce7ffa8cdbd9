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
	// What tests talk to is on this machine.
	process.env.NO_PROXY = process.env.no_proxy = '*';
	process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
};
