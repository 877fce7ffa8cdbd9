import type { Area } from '../core/area';
import { addCustomersControls } from './control';
import { batchGetByUser, getCustomer, getFollowUserList, listCustomers } from './endpoints';
import { addPairControls } from './pairControl';
import { remark } from './remark';

/** Customers and the members they belong to (docs 92571, 92113, 92114, 92994 and 92115). */
export const customers: Area = {
	endpoints: [getFollowUserList, listCustomers, getCustomer, batchGetByUser, remark],
	errorTexts: {
		40003: 'invalid userid',
		40096: 'invalid external userid',
		41035: 'missing external userid',
		60011: 'no privilege to access the member',
		60111: 'userid not found',
		84061: 'not external contact',
		84074: 'no privilege of external contact',
		701008: 'no userid with a valid license',
	},
	addControls(router, world) {
		addCustomersControls(router, world);
		addPairControls(router, world);
	},
};
