import type { INodeProperties } from 'n8n-workflow';

/** What a builder must know before running an operation, and what the menu of operations has no room for. */
export function operationNotice(text: string): INodeProperties {
	return {
		// n8n renders it as HTML.
		displayName: text.replace(/>/g, '&gt;'),
		name: 'operationNotice',
		type: 'notice',
		default: '',
	};
}
