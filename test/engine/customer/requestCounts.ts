import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';

/** Requests that Customer > List made: n8n's token call and its probe are not counted. */
export function requestCounts({ sandbox: { log } }: Scenario) {
	return {
		members: log.count(PATHS.members) - log.count(PATHS.token),
		pages: log.count(PATHS.customers),
		ids: log.count(PATHS.customerIds),
		tags: log.count(PATHS.tags),
	};
}
