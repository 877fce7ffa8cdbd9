import type { Area } from '../core/area';
import { addCustomerGroupsControls } from './control';
import { getCustomerGroup, listCustomerGroups } from './endpoints';

/** Customer groups: group chats with customers (docs 92120 and 92122). */
export const customerGroups: Area = {
	endpoints: [listCustomerGroups, getCustomerGroup],
	errorTexts: {
		40050: 'invalid group id',
		81017: 'too many items',
		86003: 'chatid missing',
	},
	addControls: addCustomerGroupsControls,
};
