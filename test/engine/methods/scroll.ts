import type { INodeListSearchItems } from 'n8n-workflow';

import type { ListSearchRequest } from '../../harness/engine';
import type { Scenario } from '../../harness/scenario';

/** Everything that somebody sees who scrolls to the end of a list, and how many requests that took. */
export async function scroll(
	scenario: Scenario,
	method: string,
	request: ListSearchRequest = {},
): Promise<{ names: string[]; results: INodeListSearchItems[]; requests: number }> {
	const results: INodeListSearchItems[] = [];
	let paginationToken: string | undefined;
	let requests = 0;
	do {
		const page = await scenario.search(method, { ...request, paginationToken });
		results.push(...page.results);
		paginationToken = page.paginationToken as string | undefined;
		requests++;
	} while (paginationToken !== undefined && requests < 1_000);
	return { names: results.map(({ name }) => name), results, requests };
}
