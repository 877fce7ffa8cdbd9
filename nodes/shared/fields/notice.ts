import type { INodeProperties } from 'n8n-workflow';

/** Text above the fields that follow. */
export function notice(name: string, text: string): INodeProperties {
	return { displayName: inHtml(text), name, type: 'notice', default: '' };
}

/** What a builder must know before running an operation, and what the menu of operations has no room for. */
export function operationNotice(text: string): INodeProperties {
	return notice('operationNotice', text);
}

/** Says, before anybody runs the node, that customers get nothing until somebody confirms. */
export function confirmationNotice(text: string): INodeProperties {
	return notice('confirmationNotice', text);
}

/** What to do in WeCom's admin console, above the fields of a credential or trigger. */
export function setupNotice(text: string): INodeProperties {
	return notice('setup', text);
}

/** n8n renders notices and descriptions as HTML. */
export function inHtml(text: string): string {
	return text.replace(/>/g, '&gt;');
}
