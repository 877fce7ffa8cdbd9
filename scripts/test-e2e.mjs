// Runs the end-to-end cases on real n8n: npm run test:e2e [-- [--n8n 2.41.0] [--pictures] [options of jest, such as -t agent]]
// The first run downloads n8n into the user's cache folder. --pictures takes those of docs/images anew.
import { findBrowser } from '../test/e2e/support/browser.ts';
import { N8N_VERSIONS, prepareBrowserDriver, prepareN8n } from '../test/e2e/support/cache.ts';
import { exitWhenAskedToEnd, runCases } from './lib/e2e.mjs';

const chosen = [];
const jestOptions = [];
const env = {};
const words = process.argv.slice(2);
while (words.length > 0) {
	const word = words.shift();
	if (word === '--n8n') chosen.push(words.shift());
	else if (word === '--pictures') env.E2E_PICTURES = 'docs/images';
	else jestOptions.push(word);
}
const versions = chosen.length > 0 ? chosen : N8N_VERSIONS;
const unknown = versions.find((version) => !N8N_VERSIONS.includes(version));
if (unknown !== undefined) {
	console.log(`n8n ${unknown} is not known here. Choose from ${N8N_VERSIONS.join(', ')}.`);
	process.exit(1);
}

const begin = exitWhenAskedToEnd();
for (const version of versions) await prepareN8n(version);
if (findBrowser()) await prepareBrowserDriver();
else console.log('No Chromium here: the cases at the editor are left out. CHROMIUM names one.');

begin();

const environments = versions.map((version) => ({ ...env, E2E_N8N: version }));
process.exit(await runCases('n8n.e2e', environments, jestOptions));
