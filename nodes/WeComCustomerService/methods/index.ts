import { getServiceAccounts, searchServiceAccounts } from './accounts';
import { searchServicers } from './servicers';

/** Lists of resource locators, as the editor asks for them by name. */
export const listSearch = { searchServiceAccounts, searchServicers };

/** Options of fields that choose several. */
export const loadOptions = { getServiceAccounts };
