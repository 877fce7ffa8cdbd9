import type { WeComClient } from '../core/client';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { chunk } from '../core/utils';
import { customerServiceEndpoints } from './endpoints';
import { ACCOUNT_PAGE, CUSTOMERS_PER_CALL, SERVICERS_PER_CALL } from './limits';
import type {
	Account,
	AccountId,
	AddAccountRequest,
	ServiceCustomer,
	ServicerResult,
	ServicersRequest,
} from './types';

/**
 * All accounts of customer service that the app can see, each once (doc 94706). The list tells no total, and its older
 * form has no pages: so one that brings nothing new is the end, however long it is.
 */
export async function* listServiceAccounts(client: WeComClient): AsyncGenerator<Account, void> {
	const known = new Set<string>();
	for (let offset = 0; ; offset += ACCOUNT_PAGE) {
		const request = { offset, limit: ACCOUNT_PAGE };
		const page = await client.call(customerServiceEndpoints.serviceAccounts, request);
		const accounts = page.account_list ?? [];
		const before = known.size;
		for (const account of accounts) {
			if (known.has(account.open_kfid)) continue;
			known.add(account.open_kfid);
			yield account;
		}
		if (accounts.length < ACCOUNT_PAGE || known.size === before) return;
	}
}

/**
 * Creates an account (doc 94662).
 *
 * @throws WeComUnknownOutcomeError when the response was lost
 */
export async function createServiceAccount(
	client: WeComClient,
	request: AddAccountRequest,
): Promise<string> {
	const { open_kfid } = await withUnknownOutcome(
		async () => await client.call(customerServiceEndpoints.addServiceAccount, request),
		'WeCom may or may not have created the account',
		'Check Account > List. Create it again only if it is missing there.',
	);
	return open_kfid;
}

/** @throws WeComUnknownOutcomeError when the response was lost */
export async function deleteServiceAccount(client: WeComClient, request: AccountId): Promise<void> {
	await withUnknownOutcome(
		async () => await client.call(customerServiceEndpoints.deleteServiceAccount, request),
		'WeCom may or may not have deleted the account',
		'Check Account > List. Delete it again only if it is still there.',
	);
}

/** Members and departments that serve an account. */
export interface ServicerChange extends AccountId {
	readonly members: readonly string[];
	readonly departments: readonly number[];
}

/**
 * Adds or removes servicers, in as few calls as WeCom's limits allow (docs 94646, 94647). Gives what became of those of
 * one call before the next, so that a failure loses none.
 */
export async function* changeServicers(
	client: WeComClient,
	change: 'add' | 'remove',
	{ open_kfid, members, departments }: ServicerChange,
): AsyncGenerator<ServicerResult, void> {
	const { addServicers, removeServicers } = customerServiceEndpoints;
	const endpoint = change === 'add' ? addServicers : removeServicers;
	const { departmentsToAdd, departmentsToRemove } = SERVICERS_PER_CALL;
	const memberChunks = chunk(members, SERVICERS_PER_CALL.members);
	const departmentChunks = chunk(
		departments,
		change === 'add' ? departmentsToAdd : departmentsToRemove,
	);
	for (let call = 0; call < Math.max(memberChunks.length, departmentChunks.length); call++) {
		const request: ServicersRequest = {
			open_kfid,
			...(memberChunks[call] && { userid_list: memberChunks[call] }),
			...(departmentChunks[call] && { department_id_list: departmentChunks[call] }),
		};
		yield* (await client.call(endpoint, request)).result_list ?? [];
	}
}

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
