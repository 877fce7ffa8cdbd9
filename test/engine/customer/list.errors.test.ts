import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it.each([
	['no member', { memberScope: 'chosen', members: '={{ [] }}' }, "'Member Names or IDs' is empty"],
	[
		'an expression without members',
		{ memberScope: 'chosen', members: '={{ $json.no }}' },
		"'Member Names or IDs' is empty",
	],
	[
		'members that are no list',
		{ memberScope: 'chosen', members: '={{ ({ a: 1 }) }}' },
		"'Member Names or IDs' must be a list of IDs",
	],
	[
		'a choice that resolved to nothing',
		{ memberScope: '={{ $json.no }}', members: 'lin' },
		"'Members' has an unknown value",
	],
	['an output that does not exist', { output: '={{ "csv" }}' }, "'Output' has an unknown value"],
	[
		'a limit that is no number',
		{ returnAll: false, limit: '={{ "some" }}' },
		"'Limit' must be a whole number of at least 1",
	],
	['a limit of 0', { returnAll: false, limit: 0 }, "'Limit' must be a whole number of at least 1"],
])('refuses %s before any request', async (_, parameters, message) => {
	const { status, error } = await scenario.listCustomers(parameters as IDataObject);
	expect(status).toBe('error');
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['details', 'details', PATHS.customers],
	['IDs', 'ids', PATHS.customerIds],
])('names the unknown member among several in %s', async (_, output) => {
	const { status, error } = await scenario.listCustomers({
		output,
		memberScope: 'chosen',
		members: 'lin, nobody, chen',
	});
	expect(status).toBe('error');
	expect(error).toMatchObject({
		message: 'WeCom does not know this member: nobody',
		description: expect.stringContaining('(errcode 40003, doc') as string,
		context: { itemIndex: 0 },
	});
});

it('names a member outside the visible range', async () => {
	const { corp } = scenario.sandbox.world;
	for (const app of corp.apps.values()) app.visibleMembers = ['lin', 'chen'];
	const { error } = await scenario.listCustomers({
		memberScope: 'chosen',
		members: ['lin', 'wei'],
	});
	expect(error?.message).toBe('The app may not act on this member, department or tag: wei');
	const { items } = await scenario.listCustomers();
	expect(new Set(items.map(({ json }) => json.userid))).toEqual(new Set(['lin', 'chen']));
});

it('keeps the other items with Continue On Fail', async () => {
	const { items, status } = await scenario.listCustomers(
		{ output: 'members', memberScope: 'chosen', members: '={{ $json.member }}' },
		{
			...continueOnFail,
			input: [{ member: 'lin' }, { member: 'nobody' }, {}, { member: 'chen' }],
		},
	);
	expect(status).toBe('success');
	expect(items).toEqual([
		{ json: expect.objectContaining({ userid: 'lin' }) as object, pairedItem: { item: 0 } },
		{
			json: {
				error: 'WeCom does not know this member: nobody',
				details: {
					errcode: 40003,
					retryable: false,
					hint: expect.stringContaining('Visible Range (可见范围)') as string,
				},
			},
			pairedItem: { item: 1 },
		},
		{
			json: {
				error: "'Member Names or IDs' is empty",
				details: { errcode: null, retryable: false, hint: expect.any(String) as string },
			},
			pairedItem: { item: 2 },
		},
		{ json: expect.objectContaining({ userid: 'chen' }) as object, pairedItem: { item: 3 } },
	]);
});

describe('failing requests', () => {
	it.each([
		['an HTML page', { kind: 'html' }],
		['HTTP 502', { kind: 'httpStatus', status: 502 }],
		['a busy WeCom', { kind: 'errcode', errcode: -1 }],
		['too many calls at the same time', { kind: 'errcode', errcode: 45033 }],
		['a minute limit', { kind: 'errcode', errcode: 45009 }],
		['a reset', { kind: 'reset' }],
	] as const)('are repeated after %s', async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.customers, call: 1, fault });
		const { items, status } = await scenario.listCustomers();
		expect(status).toBe('success');
		expect(items).toHaveLength(33);
	});

	it('do not hide a repeated cursor, which would cut or repeat the list', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.customers,
			fault: {
				kind: 'notJson',
				body: '{"errcode":0,"external_contact_list":[],"next_cursor":"again"}',
			},
		});
		const { status, error } = await scenario.listCustomers();
		expect(status).toBe('error');
		expect(error?.message).toBe('WeCom gave the same page twice, so the list has no end');
	});
});
