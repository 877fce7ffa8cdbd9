/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   rules for shipped code; this prepares real n8n installations and says so */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

import { run } from './processes';

/** The versions that the end-to-end tests know. The first one gets all cases. */
export const N8N_VERSIONS = ['2.41.0', '1.123.81'] as const;
export type N8nVersion = (typeof N8N_VERSIONS)[number];

export interface N8nInstall {
	readonly version: N8nVersion;
	/** n8n's command, to be run with `node`. */
	readonly n8n: string;
	readonly node: string;
	/** Folder of the Node.js that n8n runs on, for the PATH. */
	readonly nodeFolder: string;
}

interface Recipe {
	/** Name of the folder in the cache. */
	readonly name: string;
	/** Its package.json. */
	readonly manifest: object;
	readonly steps: readonly (readonly string[])[];
	readonly about: string;
}

const NODE: Recipe = {
	name: 'node-24',
	manifest: { private: true },
	steps: [['install', 'node@24', '--ignore-scripts=false']],
	about: 'Node.js 24',
};

/** Its own scripts stay off: a driver that nobody needs here would download its sources and fail. */
function n8nRecipe(version: N8nVersion): Recipe {
	const isVersion1 = version.startsWith('1.');
	return {
		name: `n8n-${version}`,
		manifest: {
			private: true,
			// The one that n8n 1.x names comes from a server of its own.
			...(isVersion1 && { overrides: { xlsx: '0.18.5' } }),
		},
		steps: [
			[
				'install',
				`n8n@${version}`,
				'--ignore-scripts=true',
				// With 2.x npm may search for peer dependencies for a very long time; 1.x needs what it finds.
				`--legacy-peer-deps=${!isVersion1}`,
			],
			['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'],
		],
		about: `n8n ${version} (about 3 minutes, 2.9 GB)`,
	};
}

const BROWSER_DRIVER: Recipe = {
	name: 'playwright-core-1.56.1',
	manifest: { private: true },
	steps: [['install', 'playwright-core@1.56.1', '--ignore-scripts=true']],
	about: 'the browser driver',
};

const READY = 'ready.json';
const STEP_TIMEOUT_MS = 30 * 60_000;

/** The user's cache folder: outside the repository, so that it survives clean checkouts. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-wecom-external-contact');
}

export async function prepareN8n(version: N8nVersion): Promise<N8nInstall> {
	const nodeFolder = await prepareNode();
	const folder = await prepare(n8nRecipe(version), nodeFolder);
	return {
		version,
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		node: join(nodeFolder, 'node'),
		nodeFolder,
	};
}

/** @returns the folder of the module, for `require` */
export async function prepareBrowserDriver(): Promise<string> {
	const folder = await prepare(BROWSER_DRIVER, await prepareNode());
	return join(folder, 'node_modules', 'playwright-core');
}

async function prepareNode(): Promise<string> {
	return join(await prepare(NODE), 'node_modules', '.bin');
}

/**
 * Makes a folder of the cache ready, once for all runs. It is filled under another name and gets its own when it
 * is complete, so that one left half done by an interrupted run, or being filled by another one, is never used.
 */
async function prepare(recipe: Recipe, nodeFolder?: string): Promise<string> {
	const folder = join(cacheFolder(), recipe.name);
	const version = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16);
	if (await isReady(folder, version)) return folder;

	console.log(`Preparing ${recipe.about}…`);
	await removeLeftovers(recipe.name);
	const partial = `${folder}.partial-${process.pid}`;
	await mkdir(partial, { recursive: true });
	await writeFile(join(partial, 'package.json'), JSON.stringify(recipe.manifest));
	for (const step of recipe.steps) {
		await run('npm', [...step, '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: partial,
			env: npmEnvironment(nodeFolder),
			background: true,
			timeoutMs: STEP_TIMEOUT_MS,
		});
	}
	await writeFile(join(partial, READY), JSON.stringify({ version }));
	// Another run may have been faster.
	if (!(await isReady(folder, version))) {
		await rm(folder, { recursive: true, force: true });
		await rename(partial, folder);
	}
	await rm(partial, { recursive: true, force: true });
	return folder;
}

async function isReady(folder: string, version: string): Promise<boolean> {
	const marker = join(folder, READY);
	if (!existsSync(marker)) return false;
	try {
		return (JSON.parse(await readFile(marker, 'utf8')) as { version?: string }).version === version;
	} catch {
		return false;
	}
}

/** Half-done folders whose run has ended. */
async function removeLeftovers(name: string): Promise<void> {
	await mkdir(cacheFolder(), { recursive: true });
	const prefix = `${name}.partial-`;
	const leftovers = (await readdir(cacheFolder())).filter(
		(entry) => entry.startsWith(prefix) && !isAlive(Number(entry.slice(prefix.length))),
	);
	for (const entry of leftovers) {
		await rm(join(cacheFolder(), entry), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** npm gives the settings of our own project on to its children; only the user's own may reach these. */
export function npmEnvironment(nodeFolder?: string): NodeJS.ProcessEnv {
	const ours = ['ignore_scripts', 'legacy_peer_deps', 'save_exact', 'prefix', 'local_prefix'];
	const env = { ...process.env };
	for (const name of ours) delete env[`npm_config_${name}`];
	if (nodeFolder) env.PATH = [nodeFolder, env.PATH].join(delimiter);
	return env;
}
