import type { IExecuteFunctions } from 'n8n-workflow';

import { itemInputs } from '../../nodes/shared/adapters/itemInput';

const file = { mimeType: 'image/png', data: 'iVBORw0KGgo=' };

/** The binary fields of an item that has one, as the n8n with these methods tells them. */
function binaryFields(methods: Partial<IExecuteFunctions>): string[] | undefined {
	const context = {
		getInputData: () => [{ json: {}, binary: { photo: file } }],
		getNode: () => ({ parameters: {} }),
		getNodeParameter: () => null,
		...methods,
	} as unknown as IExecuteFunctions;
	return itemInputs(context)[0]?.binaryFields();
}

it.each<[string, Partial<IExecuteFunctions>, string[] | undefined]>([
	['an n8n that has no settings for it', {}, ['photo']],
	[
		'a workflow with separate files',
		{ getWorkflowSettings: () => ({ binaryMode: 'separate' }) },
		['photo'],
	],
	['a workflow without the setting', { getWorkflowSettings: () => ({}) }, ['photo']],
	[
		'a workflow with files among the fields',
		{ getWorkflowSettings: () => ({ binaryMode: 'combined' }) },
		undefined,
	],
])('tells the binary fields of an item in %s', (_, methods, names) => {
	expect(binaryFields(methods)).toEqual(names);
});
