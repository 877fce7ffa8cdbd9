import type { Area } from '../core/area';
import { addWelcomeControls } from './control';
import { sendWelcomeMsg } from './endpoints';

/** Welcome messages to customers who have just been added (doc 92137). */
export const welcome: Area = {
	endpoints: [sendWelcomeMsg],
	errorTexts: {
		41049: 'missing welcome code',
		41050: 'invalid welcome code',
		41051: 'externaluser has started chatting',
		41053: 'customer has not agreed to chat archiving',
		41096: 'welcome msg is being distributed',
	},
	addControls: addWelcomeControls,
};
