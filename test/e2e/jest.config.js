const base = require('../../jest.config.js');

/** Started by scripts/test-e2e.mjs, which prepares n8n and tells in the environment where it is. */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: undefined,
	maxWorkers: 1,
	// Every wait in a case is bounded by itself and says what it waited for; this one is the last resort.
	testTimeout: 600_000,
	reporters: ['<rootDir>/test/e2e/progress.js', 'default'],
	// The cases are told as they begin.
	verbose: false,
};
