import type { Area } from '../core/area';
import { addAppMessageControls } from './control';
import { listAgents, recallAppMessage, sendAppMessage } from './endpoints';

/** Messages of an app to members of its own corp (docs 90227, 90236 and 94867). */
export const appMessages: Area = {
	endpoints: [listAgents, sendAppMessage, recallAppMessage],
	errorTexts: {
		40032: 'invalid userid list size',
		40039: 'invalid url length',
		40056: 'invalid agentid',
		41010: 'missing url',
		41011: 'missing agentid',
		41016: 'missing title',
		44004: 'empty content',
		45008: 'article number exceeds limit',
		45034: 'url without protocol',
		50003: 'agent is disabled',
		81013: 'user & party & tag all invalid',
		82001: 'All touser & toparty & totag invalid',
		82002: 'too many parties',
		82003: 'too many tags',
		301002: 'not allow operate another agent with this accesstoken',
	},
	addControls: addAppMessageControls,
};
