/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this starts a real n8n */
import axios from 'axios';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import type { N8nInstall } from './cache';
import { npmEnvironment } from './cache';
import type { Server } from './processes';
import { freePort, run, startServer, waitFor } from './processes';

export const PACKAGE = 'n8n-nodes-wecom-external-contact';
export const NODE_TYPE = `${PACKAGE}.weComExternalContact`;
export const TRIGGER_TYPE = `${NODE_TYPE}Trigger`;
export const CREDENTIAL_TYPE = 'weComExternalContactApi';
export const CALLBACK_CREDENTIAL_TYPE = 'weComCallbackApi';

/** The first start of n8n creates its database. */
const START_TIMEOUT_MS = 300_000;

export interface N8n {
	readonly url: string;
	/** Everything it wrote, over all restarts. */
	readonly logFile: string;
	/** What n8n stores: database, settings, event log. */
	readonly dataFolder: string;
	readonly server: Server;
	/** Starts it again on the same port after `server.stop()` or `server.kill()`. */
	restart(): Promise<void>;
}

export interface N8nOptions {
	readonly install: N8nInstall;
	/** Our package as npm would publish it. */
	readonly tarball: string;
	/** An empty folder that becomes n8n's home. */
	readonly home: string;
	readonly port?: number;
	readonly env?: NodeJS.ProcessEnv;
}

/** Starts n8n on SQLite with our package installed by hand, as n8n's documentation says. */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const { install, home } = options;
	const dataFolder = join(home, '.n8n');
	const logFile = join(home, 'n8n.log');
	await installPackage(options);

	const port = options.port ?? (await freePort());
	const env = await n8nEnvironment(options, port);
	const url = `http://127.0.0.1:${port}`;
	const start = async () => {
		const server = startServer(install.node, [install.n8n, 'start'], { cwd: home, env, logFile });
		await untilReady(`${url}/rest/settings`, server, logFile);
		return server;
	};
	let server = await start();
	return {
		url,
		logFile,
		dataFolder,
		get server() {
			return server;
		},
		restart: async () => {
			server = await start();
		},
	};
}

/** Starts another process of an n8n in queue mode, which takes its executions from the queue. */
export async function startWorker(options: N8nOptions): Promise<Server> {
	const { install, home } = options;
	await installPackage(options);
	const port = await freePort();
	const env = {
		...(await n8nEnvironment(options, port)),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	};
	const logFile = join(home, 'n8n.log');
	const args = [install.n8n, 'worker', '--concurrency=10'];
	const server = startServer(install.node, args, { cwd: home, env, logFile });
	await untilReady(`http://127.0.0.1:${port}/healthz/readiness`, server, logFile);
	return server;
}

/** A process of an n8n in queue mode that only receives requests. */
export interface WebhookProcess {
	readonly url: string;
	readonly server: Server;
}

/** Starts another process of an n8n in queue mode, which receives requests and puts executions into the queue. */
export async function startWebhookProcess(options: N8nOptions): Promise<WebhookProcess> {
	const { install, home } = options;
	await installPackage(options);
	const port = await freePort();
	const env = await n8nEnvironment(options, port);
	const logFile = join(home, 'n8n.log');
	const server = startServer(install.node, [install.n8n, 'webhook'], { cwd: home, env, logFile });
	const url = `http://127.0.0.1:${port}`;
	await untilReady(`${url}/healthz/readiness`, server, logFile);
	return { url, server };
}

/** Puts the tarball where n8n looks for packages that were installed by hand. */
export async function installPackage({ install, tarball, home }: N8nOptions): Promise<void> {
	const folder = join(home, '.n8n', 'nodes');
	if (existsSync(join(folder, 'node_modules', PACKAGE))) return;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{"private":true}');
	await run('npm', ['install', '--ignore-scripts', '--legacy-peer-deps', '--offline', tarball], {
		cwd: folder,
		env: npmEnvironment(install.nodeFolder),
		timeoutMs: 120_000,
	});
}

/** Only what is named here: settings of the developer's own n8n must not reach this one. */
export async function n8nEnvironment(
	{ install, home, env }: N8nOptions,
	port: number,
): Promise<NodeJS.ProcessEnv> {
	return {
		PATH: [install.nodeFolder, process.env.PATH].join(delimiter),
		HOME: home,
		N8N_USER_FOLDER: home,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_RUNNERS_ENABLED: 'true',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		N8N_LOG_LEVEL: process.env.E2E_LOG_LEVEL ?? 'debug',
		GENERIC_TIMEZONE: 'Asia/Shanghai',
		...env,
	};
}

async function untilReady(url: string, server: Server, logFile: string): Promise<void> {
	await waitFor(
		`n8n to start (see ${logFile})`,
		async () => {
			if (!server.alive) throw new Error(`n8n ended while it started; see ${logFile}`);
			const answer = await axios
				.get(url, { timeout: 5_000, validateStatus: () => true, proxy: false })
				.catch(() => undefined);
			return answer?.status === 200 && typeof answer.data === 'object';
		},
		{ timeoutMs: START_TIMEOUT_MS, everyMs: 250 },
	);
}
