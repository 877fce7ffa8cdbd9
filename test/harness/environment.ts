/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this file prepares the process in which tests run n8n-core */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * n8n-core reads its settings from the environment when its services are first used. Import this
 * module before n8n-core, so that it never touches the developer's own ~/.n8n and stays silent
 * (N8N_LOG_LEVEL=debug brings its log back).
 */
if (process.env.N8N_USER_FOLDER === undefined) {
	const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-engine-'));
	process.env.N8N_USER_FOLDER = scratch;
	process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
}
process.env.N8N_LOG_LEVEL ??= 'silent';
// The sandbox is on this machine; the real WeCom and the package registry may be behind a proxy.
const { NO_PROXY, no_proxy } = process.env;
const direct = [NO_PROXY, no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join();
Object.assign(process.env, { NO_PROXY: direct, no_proxy: direct });
// Files stay in the items until an engine asks for another place.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';

type ServiceContainer = { get<T>(service: abstract new (...args: never[]) => T): T };

/**
 * n8n-core's own service container. It has to be looked up from there: the `@n8n/di` that this
 * package would find is another version with a container of its own.
 */
export function coreServices(): ServiceContainer {
	const requireFromCore = createRequire(require.resolve('n8n-core'));
	return (requireFromCore('@n8n/di') as { Container: ServiceContainer }).Container;
}
