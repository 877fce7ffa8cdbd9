import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { SERVICER_STATUS, STOP_TYPES } from '../../../shared/client/customerService/names';
import { read } from '../../../shared/fields/field';
import { requestOptions } from '../../../shared/fields/options';
import { listFields, readLimit, take } from '../../../shared/fields/returnAll';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import { nameOf } from '../../../shared/operation/format';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

/** Who serves an account. Doc 94645. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List servicers',
	description: 'List the members and departments who serve an account, and who is receiving now',
	fields: [serviceAccountField, ...listFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const open_kfid = read(item, serviceAccountField);
		const limit = readLimit(item);
		const { servicer_list = [] } = await client.call(customerServiceEndpoints.servicers, {
			open_kfid,
		});
		for await (const { userid, department_id, status, stop_type } of take(servicer_list, limit)) {
			yield {
				open_kfid,
				userid: userid ?? null,
				department_id: department_id ?? null,
				status: status ?? null,
				status_name: nameOf(SERVICER_STATUS, status),
				stop_type: stop_type ?? null,
				stop_type_name: nameOf(STOP_TYPES, stop_type),
			};
		}
	}),
};
