import type { IDataObject } from 'n8n-workflow';

import { withUnknownOutcome } from '../../../shared/client/core/unknownOutcome';
import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { SESSION_STATES } from '../../../shared/client/customerService/names';
import type { TransferSessionRequest } from '../../../shared/client/customerService/types';
import { nameOf } from '../../../shared/operation/format';
import type { ItemInput, OperationContext } from '../../../shared/operation/operation';
import { onceOf } from '../../../shared/operation/operation';

export const STATE = { assistant: 1, pool: 2, servicer: 3, ended: 4 } as const;

/** Moves a session to another state (doc 94669), once in all tries of Retry On Fail. */
export async function transfer(
	item: ItemInput,
	context: OperationContext,
	request: TransferSessionRequest,
): Promise<IDataObject> {
	const key = JSON.stringify(['transfer session', item.index, request]);
	const { msg_code } = await onceOf(context).run(
		key,
		async () =>
			await withUnknownOutcome(
				async () => await context.client.call(customerServiceEndpoints.transferSession, request),
				'WeCom may or may not have changed the session',
				'Check Session > Get State. Change it again only if it is still as before.',
			),
		{ cacheSuccess: !context.calledByAgent },
	);
	return {
		...request,
		service_state_name: nameOf(SESSION_STATES, request.service_state),
		servicer_userid: request.servicer_userid ?? null,
		msg_code: msg_code ?? null,
	};
}
