/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this looks for a real Redis and PostgreSQL */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { connect } from 'node:net';

import type { N8nInstall } from './cache';
import { noteEnd, noteStart } from './ledger';

const CONNECT_TIMEOUT_MS = 5_000;

interface PostgresClient {
	connect(): Promise<void>;
	query(sql: string): Promise<unknown>;
	end(): Promise<void>;
}

interface PostgresModule {
	Client: new (options: object) => PostgresClient;
}

const settings = () => ({
	redis: {
		host: process.env.QUEUE_BULL_REDIS_HOST ?? '127.0.0.1',
		port: Number(process.env.QUEUE_BULL_REDIS_PORT ?? 6379),
	},
	postgres: {
		host: process.env.DB_POSTGRESDB_HOST ?? process.env.PGHOST ?? '127.0.0.1',
		port: Number(process.env.DB_POSTGRESDB_PORT ?? process.env.PGPORT ?? 5432),
		user: process.env.DB_POSTGRESDB_USER ?? process.env.PGUSER ?? 'postgres',
		password: process.env.DB_POSTGRESDB_PASSWORD ?? process.env.PGPASSWORD ?? '',
	},
});

/** What is missing for queue mode, in words; undefined when everything is there. */
export async function missingServices(install: N8nInstall): Promise<string | undefined> {
	const { redis, postgres } = settings();
	const missing: string[] = [];
	if (!(await answersAsRedis(redis))) missing.push(`Redis on ${redis.host}:${redis.port}`);
	try {
		await asAdmin(install, 'SELECT 1');
	} catch {
		missing.push(`PostgreSQL on ${postgres.host}:${postgres.port} as ${postgres.user}`);
	}
	return missing.length === 0 ? undefined : missing.join(' and ');
}

export interface Services {
	/** Settings of n8n. */
	readonly env: NodeJS.ProcessEnv;
	remove(): Promise<void>;
}

/** A database and a queue of our own on the services of this machine. */
export async function createServices(install: N8nInstall): Promise<Services> {
	const { redis, postgres } = settings();
	// Not of the process ID: another container may have the same, and 12 is the beginning of 123 for `removeKeys`.
	const name = `wecom_external_contact_e2e_${randomBytes(6).toString('hex')}`;
	noteStart('database', name);
	await asAdmin(install, `CREATE DATABASE ${name}`);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_PREFIX: name,
			N8N_REDIS_KEY_PREFIX: name,
			QUEUE_BULL_REDIS_HOST: redis.host,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_DATABASE: name,
			DB_POSTGRESDB_HOST: postgres.host,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_PASSWORD: postgres.password,
		},
		remove: async () => await removeServices(install, name),
	};
}

/** Drops a database of ours, and the keys of its queue. */
export async function removeServices(install: N8nInstall, name: string): Promise<void> {
	await asAdmin(install, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
	await removeKeys(install, settings().redis, name);
	noteEnd('database', name);
}

/** With the client that n8n brings along. */
async function asAdmin({ n8n }: N8nInstall, sql: string): Promise<void> {
	const { Client } = createRequire(n8n)('pg') as PostgresModule;
	const client = new Client({
		...settings().postgres,
		database: 'postgres',
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
	});
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

interface RedisClient {
	keys(pattern: string): Promise<string[]>;
	del(...keys: string[]): Promise<number>;
	quit(): Promise<unknown>;
}

async function removeKeys(
	{ n8n }: N8nInstall,
	address: { host: string; port: number },
	prefix: string,
): Promise<void> {
	const { Redis } = createRequire(n8n)('ioredis') as {
		Redis: new (options: object) => RedisClient;
	};
	const client = new Redis(address);
	const keys = await client.keys(`*${prefix}*`);
	if (keys.length > 0) await client.del(...keys);
	await client.quit();
}

async function answersAsRedis(address: { host: string; port: number }): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ ...address, timeout: CONNECT_TIMEOUT_MS });
		const end = (found: boolean) => {
			socket.destroy();
			resolve(found);
		};
		socket.once('connect', () => socket.write('PING\r\n'));
		socket.once('data', (answer) => end(answer.toString().startsWith('+PONG')));
		socket.once('error', () => end(false));
		socket.once('timeout', () => end(false));
	});
}
