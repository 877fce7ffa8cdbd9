import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import type { WeComClient } from '../../shared/client/core/client';
import { CUSTOMER_SERVICE_API } from '../../shared/client/core/consoleMenus';
import { WeComInputError } from '../../shared/client/core/errors';
import { listServiceAccounts } from '../../shared/client/customerService/accounts';
import type { Account } from '../../shared/client/customerService/types';

/** @throws WeComInputError when there is none: an empty list would not say why */
async function visibleAccounts(client: WeComClient): Promise<Account[]> {
	const accounts: Account[] = [];
	for await (const account of listServiceAccounts(client)) accounts.push(account);
	if (accounts.length > 0) return accounts;
	throw new WeComInputError(
		`The app sees no customer service account. In the WeCom admin console, open ${CUSTOMER_SERVICE_API} and let the app manage one.`,
		'Check that this credential belongs to that app.',
	);
}

/** Accounts to choose from. */
export async function getServiceAccounts(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const accounts = await editorClient(this, visibleAccounts);
	return accounts.map(({ open_kfid, name = '' }) => ({
		name: name === '' ? open_kfid : name,
		value: open_kfid,
	}));
}

export async function searchServiceAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const accounts = await getServiceAccounts.call(this);
	const items = accounts.map(({ name, value }) => ({ name, value: String(value) }));
	return pageOf(items, filter, paginationToken);
}
