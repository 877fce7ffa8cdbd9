import type { WeComClient } from '../core/client';
import { chunk } from '../core/utils';
import { customerServiceEndpoints } from './endpoints';
import { SERVICERS_PER_CALL } from './limits';
import type { AccountId, ServicerResult, ServicersRequest } from './types';

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
