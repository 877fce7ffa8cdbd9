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
	// The longest take some seconds; a slow machine that does other work as well takes many times that.
	testTimeout: 180_000,
};
