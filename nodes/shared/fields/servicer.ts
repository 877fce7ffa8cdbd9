import { locatorField } from './locator';

/** A member who serves the chosen account: from its list, or by ID. */
export const servicerField = locatorField({
	displayName: 'Servicer',
	name: 'servicer',
	description: 'A member who serves the account, by user ID',
	list: { method: 'searchServicers', placeholder: 'Select a servicer…' },
	idPlaceholder: 'e.g. lin',
	kind: 'member',
});
