import type { Area } from '../core/area';
import { addMassMessagesControls } from './control';
import { addMsgTemplate } from './createTask';
import {
	cancelGroupmsgSend,
	getGroupmsgSendResult,
	getGroupmsgTask,
	remindGroupmsgSend,
} from './followTask';
import { getGroupmsgListV2 } from './listTasks';

/** Mass messages: tasks that members confirm, and their results (docs 92135, 93338, 97610 and 97611). */
export const massMessages: Area = {
	endpoints: [
		addMsgTemplate,
		getGroupmsgListV2,
		getGroupmsgTask,
		getGroupmsgSendResult,
		remindGroupmsgSend,
		cancelGroupmsgSend,
	],
	errorTexts: {
		41046: 'missing group msg id',
		41047: 'invalid group msg id',
		41048: 'no customer to send',
		41063: 'group msg is being dispatched',
		41064: 'too many attachments',
		41065: 'invalid attachment msgtype',
		41093: 'group msg is cancelled',
		41094: 'too many reminders of group msg',
		45002: 'content too long',
		600018: 'invalid start endtime',
	},
	addControls: addMassMessagesControls,
};
