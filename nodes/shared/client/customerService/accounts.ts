import type { WeComClient } from '../core/client';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { onlyNew } from '../core/utils';
import { customerServiceEndpoints } from './endpoints';
import { ACCOUNT_PAGE } from './limits';
import type { Account, AccountId, AddAccountRequest } from './types';

/**
 * All accounts of customer service that the app can see, each once (doc 94706). The list tells no total, and its older
 * form has no pages: so one that brings nothing new is the end, however long it is.
 */
export async function* listServiceAccounts(client: WeComClient): AsyncGenerator<Account, void> {
	const newOnes = onlyNew(({ open_kfid }: Account) => open_kfid);
	for (let offset = 0; ; offset += ACCOUNT_PAGE) {
		const request = { offset, limit: ACCOUNT_PAGE };
		const page = await client.call(customerServiceEndpoints.serviceAccounts, request);
		const listed = page.account_list ?? [];
		const accounts = newOnes(listed);
		yield* accounts;
		if (listed.length < ACCOUNT_PAGE || accounts.length === 0) return;
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
