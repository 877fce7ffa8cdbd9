import type { INodeProperties } from 'n8n-workflow';

import { COMPANY_INFORMATION } from '../client/core/consoleMenus';

/** What to do in WeCom's admin console, above the fields of a credential or trigger. */
export function setupNotice(text: string): INodeProperties {
	return { displayName: inHtml(text), name: 'setup', type: 'notice', default: '' };
}

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

/** n8n renders notices and descriptions as HTML. */
export function inHtml(text: string): string {
	return text.replace(/>/g, '&gt;');
}
