// Makes sure that there is a browser for the end-to-end tests, by apt-get where there is none yet.
import { findBrowser } from '../test/e2e/support/browser.ts';
import { run } from './lib/run.mjs';

if (!findBrowser()) {
	const aptGet = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '--non-interactive', 'apt-get'];
	const install = ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium'];
	const [command, ...args] = aptGet;
	await run(command, [...args, 'update', '--quiet']);
	await run(command, [...args, ...install], { quiet: true });
}
console.log(`Browser: ${findBrowser() ?? 'none, and it cannot be installed'}`);
process.exit(findBrowser() ? 0 : 1);
