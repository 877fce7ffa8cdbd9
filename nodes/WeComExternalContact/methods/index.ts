import { searchApps } from './apps';
import { getAllCustomerGroups, getCustomerGroups, searchCustomerGroups } from './customerGroups';
import { searchCustomers } from './customers';
import { getMembers, searchMembers } from './members';
import { getTags, searchTagGroups, searchTags } from './tags';
import { searchTasks } from './tasks';

/** Lists of resource locators, as the editor asks for them by name. */
export const listSearch = {
	searchApps,
	searchCustomerGroups,
	searchCustomers,
	searchMembers,
	searchTagGroups,
	searchTags,
	searchTasks,
};

/** Options of fields that choose several, or one without a search. */
export const loadOptions = { getAllCustomerGroups, getCustomerGroups, getMembers, getTags };
