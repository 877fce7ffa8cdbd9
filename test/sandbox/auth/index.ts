import type { Area } from '../core/area';
import { addAuthControls } from './control';
import { getApiDomainIp, getToken } from './endpoints';

/** Access tokens and the gate in front of every endpoint (docs 91039, 90312 and 90313). */
export const auth: Area = {
	endpoints: [getToken, getApiDomainIp],
	errorTexts: {
		40001: 'invalid credential',
		40013: 'invalid corpid',
		40014: 'invalid access_token',
		41001: 'access_token missing',
		41002: 'corpid missing',
		41004: 'corpsecret missing',
		42001: 'access_token expired',
		45009: 'api freq out of limit',
		48002: 'api forbidden',
		60020: 'not allow to access from your ip',
	},
	addControls: addAuthControls,
};
