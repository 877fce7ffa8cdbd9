import type { INodePropertyOptions } from 'n8n-workflow';

import { WeComCustomerService } from '../../../nodes/WeComCustomerService/WeComCustomerService.node';

const { properties } = new WeComCustomerService().description;

function operation(resource: string, value: string): INodePropertyOptions | undefined {
	return properties
		.filter(({ name, displayOptions }) => {
			return name === 'operation' && displayOptions?.show?.resource?.includes(resource);
		})
		.flatMap(({ options = [] }) => options as INodePropertyOptions[])
		.find((option) => option.value === value);
}

function fields(resource: string, value: string) {
	return properties.filter(({ displayOptions }) => {
		const { show = {} } = displayOptions ?? {};
		return show.resource?.includes(resource) && show.operation?.includes(value);
	});
}

it('tells a model what it needs to choose an operation', () => {
	expect(operation('message', 'send')?.description).toMatch(/5 messages within 48 hours/);
	expect(operation('message', 'sendOnEvent')?.description).toMatch(/20 seconds.*not count/);
	expect(operation('session', 'assign')?.description).toMatch(/API cannot send/);
	expect(operation('session', 'getState')?.description).toMatch(/new or with the assistant/);
	expect(operation('account', 'delete')?.description).toMatch(/cannot undo/);
});

it('has names of actions that fit the canvas', () => {
	for (const { options = [] } of properties.filter(({ name }) => name === 'operation')) {
		for (const { action = '' } of options as INodePropertyOptions[]) {
			expect(action).not.toBe('');
			expect(action.length).toBeLessThanOrEqual(50);
		}
	}
});

it.each([
	['message', 'send'],
	['session', 'assign'],
	['session', 'end'],
	['session', 'getState'],
	['session', 'returnToAssistant'],
])('as a tool, %s %s starts with account and customer of the trigger', (resource, value) => {
	const defaults = (inTool: boolean) =>
		fields(resource, value)
			.filter(({ name }) => name === 'account' || name === 'customer')
			.filter(({ displayOptions = {} }) => {
				const { show = {}, hide = {} } = displayOptions;
				return inTool ? !('@tool' in hide) : !('@tool' in show);
			})
			.map((field) => JSON.stringify(field.default));
	expect(defaults(false)).toEqual([
		expect.stringContaining('$json.open_kfid'),
		expect.stringContaining('$json.external_userid'),
	]);
	expect(defaults(true)).toEqual([
		expect.stringContaining("$('WeCom Customer Service Trigger').item.json.open_kfid"),
		expect.stringContaining("$('WeCom Customer Service Trigger').item.json.external_userid"),
	]);
});

it('starts with a text that is answered in the simplest way', () => {
	const [type] = fields('message', 'send').filter(({ name }) => name === 'messageType');
	expect(type?.default).toBe('text');
	const [options] = fields('message', 'send').filter(({ name }) => name === 'options');
	const defaults = Object.fromEntries(
		(options?.options ?? []).map((option) => [
			option.name,
			'default' in option ? option.default : undefined,
		]),
	);
	expect(defaults).toMatchObject({ ifTooLong: 'error', ifNotSent: 'reason', answerTo: '' });
});
