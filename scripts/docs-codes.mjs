// Writes docs/error-codes.md from the tables of error codes: npm run docs:codes [-- --check]
// With --check it writes nothing, and ends with exit code 1 if the page is not what it would write.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { format, resolveConfig } from 'prettier';

import { root } from './lib/run.mjs';

const PAGE = join(root, 'docs', 'error-codes.md');
const CLIENT = join(root, 'nodes', 'shared', 'client');

/** What an area is called on the page. */
const AREAS = {
	core: 'Everywhere',
	appMessages: 'App messages',
	auth: 'Credential',
	customerGroups: 'Customer groups',
	customers: 'Members, customers',
	customerService: 'Customer service',
	massMessages: 'Messages',
	media: 'Files',
	tags: 'Tags',
	welcome: 'Welcome messages',
};

/** What each kind requires, in the order of the page. */
const KINDS = {
	credential: ['credential', 'Correct the credential. The node asks once per run, not per item'],
	permission: ['permission', 'Somebody must change something in the admin console'],
	input: ['input', 'Change what the operation asks for'],
	token: ['token', 'The node gets a new token and repeats the request once'],
	rateLimit: ['rate limit', 'The node waits out the minute once and repeats the request'],
	busy: ['busy', 'The node repeats reads up to 3 times; for a write see exactly-once.md'],
	notReady: ['not ready', 'Try again in a few seconds; the node does where it can wait'],
	unknownOutcome: ['unknown outcome', 'Nobody can tell whether it happened'],
};

/** @returns {Promise<Array<{ area: string, code: number, kind: string, meaning: string, remedy: string }>>} */
async function codes() {
	const found = [];
	for (const area of readdirSync(CLIENT, { withFileTypes: true })) {
		if (!area.isDirectory()) continue;
		const folder = join(CLIENT, area.name);
		if (!readdirSync(folder).includes('errorCodes.ts')) continue;
		const module = await import(pathToFileURL(join(folder, 'errorCodes.ts')).href);
		const tables = Object.entries(module).filter(([name]) => name.endsWith('ErrorCodes'));
		if (tables.length !== 1) throw new Error(`${area.name} has ${tables.length} tables of codes`);
		const name = AREAS[area.name];
		if (!name) throw new Error(`${area.name} has no name on the page: add it to AREAS`);
		for (const [code, entry] of Object.entries(tables[0][1])) {
			found.push({ area: name, code: Number(code), ...entry });
		}
	}
	return found.sort((a, b) => a.code - b.code || a.area.localeCompare(b.area));
}

/** Codes that mean the same in several areas are one row. */
function merged(rows) {
	const byText = new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.code, row.kind, row.meaning, row.remedy]);
		const known = byText.get(key);
		if (known) known.area = `${known.area}, ${row.area}`;
		else byText.set(key, { ...row });
	}
	return [...byText.values()];
}

const cell = (text) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('*', '\\*');

/** A page of WeCom's becomes a link. */
const linked = (text) =>
	text.replace(/https:\/\/developer\.work\.weixin\.qq\.com\S*\d/g, (url) => `<${url}>`);

const rows = merged(await codes());
const used = new Set(rows.map(({ kind }) => kind));
const text = `# Error codes

What the nodes say for each code of WeCom that they know, and what to do. An error names its code as \`errcode\`; under Continue On Fail it is \`details.errcode\`. A code that is not here is a refusal, with WeCom's own words.

This page is written by \`npm run docs:codes\` from the tables that the nodes use. WeCom's own list is [document 90313](https://developer.work.weixin.qq.com/document/path/90313).

## Kinds

| Kind | What it means |
| --- | --- |
${Object.entries(KINDS)
	.filter(([kind]) => used.has(kind))
	.map(([, [name, what]]) => `| ${name} | ${what} |`)
	.join('\n')}

## Codes

| Code | Where | What happened | What to do | Kind |
| --- | --- | --- | --- | --- |
${rows
	.map(
		({ code, area, meaning, remedy, kind }) =>
			`| ${code} | ${area} | ${cell(meaning)} | ${linked(cell(remedy))} | ${KINDS[kind][0]} |`,
	)
	.join('\n')}
`.replace('see exactly-once.md', 'see [Exactly once](exactly-once.md)');

const page = await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' });

if (process.argv.includes('--check')) {
	if (readFileSync(PAGE, 'utf8') !== page) {
		console.error('docs/error-codes.md is not current. Run: npm run docs:codes');
		process.exitCode = 1;
	}
} else {
	writeFileSync(PAGE, page);
	console.log(`docs/error-codes.md: ${rows.length} rows`);
}
