const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** n8n-core writes an encryption key into its user folder: give it one of its own, not the developer's. */
module.exports = async function useScratchHome() {
	process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'wecom-external-contact-test-'));
};
