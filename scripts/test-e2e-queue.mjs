// Runs the end-to-end cases of queue mode, one main process and two workers of real n8n: npm run test:e2e:queue
// Redis and PostgreSQL: on their standard ports of this machine, or where n8n's own settings QUEUE_BULL_REDIS_HOST, _PORT
// and DB_POSTGRESDB_HOST, _PORT, _USER, _PASSWORD say. A database is created and dropped again.
import { N8N_VERSIONS, prepareN8n } from '../test/e2e/support/cache.ts';
import { missingServices } from '../test/e2e/support/services.ts';
import { exitWhenAskedToEnd, runCases } from './lib/e2e.mjs';

/** Tells callers that nothing was tested. */
const LEFT_OUT = 3;

const begin = exitWhenAskedToEnd();
const missing = await missingServices(await prepareN8n(N8N_VERSIONS[0]));
if (missing !== undefined) {
	console.log(`Queue mode is not tested: there is no ${missing}.`);
	process.exit(LEFT_OUT);
}
begin();
process.exit(await runCases('queue.e2e', [{}], process.argv.slice(2)));
