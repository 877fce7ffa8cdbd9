const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** n8n-core writes an encryption key into its user folder: give it one of its own, not the developer's. */
module.exports = async function useScratchHome() {
	const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-test-'));
	process.env.N8N_USER_FOLDER = scratch;
	process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
};
