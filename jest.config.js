/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testPathIgnorePatterns: ['/node_modules/', '/test/(e2e|live|bench)/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' },
		],
	},
	globalSetup: '<rootDir>/test/harness/scratchHome.js',
	// Every file that loads n8n-core leaves memory behind: in one process, they come to more than Node.js gives.
	maxWorkers: '100%',
	workerIdleMemoryLimit: '1GB',
	// The longest take some seconds; a slow machine that does other work as well takes many times that.
	testTimeout: 180_000,
};
