import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { editorClient } from '../../shared/adapters/context';
import { pageOf } from '../../shared/adapters/searchList';
import { WeComInputError } from '../../shared/client/core/errors';
import { customerServiceEndpoints } from '../../shared/client/customerService/endpoints';

/** The members who serve the chosen account; those who are receiving come first. */
export async function searchServicers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const open_kfid = chosenAccount(this);
	const { servicer_list = [] } = await editorClient(
		this,
		async (client) => await client.call(customerServiceEndpoints.servicers, { open_kfid }),
	);
	const items = servicer_list
		.flatMap(({ userid, status = 0 }) => (userid === undefined ? [] : [{ userid, status }]))
		.sort((a, b) => a.status - b.status)
		.map(({ userid, status }) => ({
			name: status === 0 ? userid : `${userid} (not receiving)`,
			value: userid,
		}));
	return pageOf(items, filter, paginationToken);
}

/** @throws WeComInputError when none is chosen yet */
function chosenAccount(context: ILoadOptionsFunctions): string {
	const value = context.getCurrentNodeParameter('account') as
		| { value?: unknown }
		| string
		| undefined;
	const account = String((typeof value === 'object' ? value.value : value) ?? '').trim();
	if (account !== '' && !account.startsWith('=')) return account;
	throw new WeComInputError(
		"Choose the account first, then the servicer. An expression in 'Account' has no value yet.",
		"You can also enter the servicer's user ID.",
	);
}
