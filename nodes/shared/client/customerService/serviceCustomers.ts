import type { WeComClient } from '../core/client';
import { chunk } from '../core/utils';
import { customerServiceEndpoints } from './endpoints';
import { CUSTOMERS_PER_CALL } from './limits';
import type { ServiceCustomer } from './types';

/** What WeCom knows of customers who wrote to customer service, and who it does not know (doc 95159). */
export async function getServiceCustomers(
	client: WeComClient,
	ids: readonly string[],
	{ withEntry }: { readonly withEntry: boolean },
): Promise<{ known: ServiceCustomer[]; unknown: string[] }> {
	const known: ServiceCustomer[] = [];
	const unknown: string[] = [];
	for (const external_userid_list of chunk(ids, CUSTOMERS_PER_CALL)) {
		const page = await client.call(customerServiceEndpoints.serviceCustomers, {
			external_userid_list,
			need_enter_session_context: withEntry ? 1 : 0,
		});
		known.push(...(page.customer_list ?? []));
		unknown.push(...(page.invalid_external_userid ?? []));
	}
	return { known, unknown };
}
