import type { Area } from '../core/area';
import { addGroupWelcomeControls } from './control';
import { addTemplate, deleteTemplate, editTemplate, getTemplate } from './endpoints';

/** Group welcome templates: messages to customers who join a customer group (doc 92366). */
export const groupWelcome: Area = {
	endpoints: [addTemplate, editTemplate, getTemplate, deleteTemplate],
	errorTexts: {
		40037: 'invalid template_id',
		41055: 'group welcome template count exceeds limit',
		41058: 'no privilege to operate the group welcome template',
	},
	addControls: addGroupWelcomeControls,
};
