import type { INodeProperties } from 'n8n-workflow';

import { COMPANY_INFORMATION } from '../client/core/consoleMenus';
import { inHtml } from './notice';

/** Of every credential. */
export const corpIdProperty: INodeProperties = {
	displayName: 'Corp ID',
	name: 'corpId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ww0123456789abcdef',
	description: inHtml(`In the WeCom admin console: ${COMPANY_INFORMATION}, at the bottom`),
};
