import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const OPERATIONS = { broadcast, send };

async function broadcast(options: unknown, run?: ScenarioRun) {
	return await scenario.broadcast({ options } as IDataObject, run);
}

async function send(options: unknown, run?: ScenarioRun) {
	const [customer = ''] = scenario.customersOf('lin');
	return await scenario.send({ customer: byId(customer), options } as IDataObject, run);
}

const DRY_RUN = "'Dry Run' must be true or false";
const HOURS = "'Skip If Created Within' must be a number of hours from 0 to 4,320";
const AT_LIMIT = "'Skip Customers at Their Limit' has an unknown value";
const IF_UNKNOWN = "'If Outcome Is Unknown' has an unknown value";
const MAX_RECIPIENTS = "'Max Recipients' must be a whole number of at least 1";
const MAX_TASKS = "'Max Tasks per Member' must be a whole number of at least 1";
const TIMEOUT = "'Request Timeout' must be a number of seconds from 0.1 to 3,600";

describe('an invalid option fails before any request', () => {
	it.each<[IDataObject, string, Array<keyof typeof OPERATIONS>]>([
		[{ dryRun: '={{ $json.missing }}' }, DRY_RUN, ['broadcast']],
		[{ dryRun: '={{ null }}' }, DRY_RUN, ['broadcast']],
		[{ dryRun: '={{ 1 }}' }, DRY_RUN, ['broadcast']],
		[{ dryRun: 'yes' }, DRY_RUN, ['broadcast']],
		[{ dryRun: '={{ "" }}' }, DRY_RUN, ['broadcast']],
		[
			{ allowSelect: '={{ $json.missing }}' },
			"'Let Member Change Recipients' must be true or false",
			['broadcast'],
		],
		[{ skipCreatedHours: '={{ $json.missing }}' }, HOURS, ['broadcast', 'send']],
		[{ skipCreatedHours: '={{ null }}' }, HOURS, ['broadcast']],
		[{ skipCreatedHours: '' }, HOURS, ['broadcast']],
		[{ skipCreatedHours: '24h' }, HOURS, ['broadcast', 'send']],
		[{ skipCreatedHours: -1 }, HOURS, ['broadcast']],
		[{ skipCreatedHours: 1e300 }, HOURS, ['broadcast']],
		[{ skipCreatedHours: '={{ true }}' }, HOURS, ['broadcast']],
		[{ skipCreatedHours: '={{ [24] }}' }, HOURS, ['broadcast']],
		[{ skipAtLimit: '={{ $json.missing }}' }, AT_LIMIT, ['broadcast', 'send']],
		[{ skipAtLimit: '1 per Day' }, AT_LIMIT, ['broadcast']],
		[{ skipAtLimit: '={{ true }}' }, AT_LIMIT, ['broadcast']],
		[{ ifUnknown: '={{ $json.missing }}' }, IF_UNKNOWN, ['broadcast', 'send']],
		[{ ifUnknown: 'Try Again' }, IF_UNKNOWN, ['broadcast']],
		[{ maxRecipients: '={{ $json.missing }}' }, MAX_RECIPIENTS, ['broadcast', 'send']],
		[{ maxRecipients: 0 }, MAX_RECIPIENTS, ['broadcast']],
		[{ maxRecipients: '={{ [10] }}' }, MAX_RECIPIENTS, ['broadcast']],
		[{ maxRecipients: '1,000' }, MAX_RECIPIENTS, ['send']],
		[{ maxTasksPerMember: '={{ $json.missing }}' }, MAX_TASKS, ['broadcast', 'send']],
		[{ maxTasksPerMember: 2.5 }, MAX_TASKS, ['broadcast']],
		[{ maxTasksPerMember: '={{ null }}' }, MAX_TASKS, ['send']],
		[{ requestTimeout: '={{ $json.missing }}' }, TIMEOUT, ['broadcast', 'send']],
		[{ requestTimeout: 1e300 }, TIMEOUT, ['broadcast']],
		[{ requestTimeout: 0 }, TIMEOUT, ['broadcast']],
		[{ requestTimeout: 'soon' }, TIMEOUT, ['broadcast']],
	])('%j', async (options, message, operations) => {
		for (const operation of operations) {
			const { status, error } = await OPERATIONS[operation](options);
			expect({ status, message: error?.message }).toEqual({ status: 'error', message });
			expect(error?.description).toMatch(/expression|Fill in/);
		}
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('of a list', async () => {
		const options = { requestTimeout: '={{ null }}' };
		const { error } = await scenario.run({ resource: 'customer', operation: 'list', options });
		expect(error?.message).toBe(TIMEOUT);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		{ dryRun: 1 },
		{ requestTimeout: 'soon' },
		{ skipCreatedHours: "={{ $('No such node').item.json.hours }}" },
	])(
		'under Continue On Fail, without passing an input item off as a result: %j',
		async (options) => {
			const { status, items } = await broadcast(options, {
				input: [{ id: 1 }, { id: 2 }],
				...continueOnFail,
			});
			expect(status).toBe('success');
			expect(items).toEqual([
				{
					json: { error: expect.any(String) as string, details: expect.anything() as IDataObject },
					pairedItem: [{ item: 0 }, { item: 1 }],
				},
			]);
			expect(scenario.sandbox.log.count()).toBe(0);
		},
	);
});

describe('a valid option', () => {
	it.each([true, 'true', ' TRUE ', '={{ "true" }}', '={{ $json.test }}'])(
		'Dry Run as %j creates nothing',
		async (dryRun) => {
			const { items } = await broadcast({ dryRun }, { input: [{ test: true }, { test: 'true' }] });
			expect(items.map(({ json }) => json.state)).toEqual(['planned']);
			expect(scenario.sandbox.log.count()).toBe(0);
		},
	);

	it.each([false, 'false', '={{ false }}'])('Dry Run as %j creates the task', async (dryRun) => {
		const { items } = await broadcast({ dryRun });
		expect(items.map(({ json }) => json.state)).toEqual(['created']);
	});

	it('hours to look back may have decimals', async () => {
		await broadcast({});
		const { items } = await broadcast({ skipCreatedHours: 0.333 });
		expect(items.map(({ json }) => json.state)).toEqual(['duplicate']);
	});

	it('hours to look back may be a number as text', async () => {
		await broadcast({});
		const { items } = await broadcast({ skipCreatedHours: '={{ "24" }}' });
		expect(items.map(({ json }) => json.state)).toEqual(['duplicate']);
	});
});

describe('an option that applies to the whole run', () => {
	it.each([
		['Dry Run', { dryRun: '={{ $json.value }}' }, [false, true]],
		['Dry Run', { dryRun: '={{ $json.value }}' }, [true, false]],
		['Skip If Created Within', { skipCreatedHours: '={{ $json.value }}' }, [24, 0]],
		['Skip Customers at Their Limit', { skipAtLimit: '={{ $json.value }}' }, ['off', 'perDay']],
		['If Outcome Is Unknown', { ifUnknown: '={{ $json.value }}' }, ['stop', 'tryAgain']],
		['Request Timeout', { requestTimeout: '={{ $json.value }}' }, [30, 60]],
	])('%s may not differ between the items: %j of %j', async (name, options, values) => {
		const input = values.map((value) => ({ value }));
		const { error } = await broadcast(options, { input });
		expect(error).toMatchObject({
			message: `'${name}' must be the same for all items`,
			description: expect.stringContaining('applies to the whole run') as string,
		});
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('may be an expression with the same value for every item', async () => {
		const { items } = await send(
			{ skipCreatedHours: '={{ $json.hours }}' },
			{ input: [{ hours: 24 }, { hours: '24' }] },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'duplicate']);
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('is read for every item of a Send, too', async () => {
		const { error } = await send(
			{ skipCreatedHours: '={{ $json.hours }}' },
			{ input: [{ hours: 24 }, {}] },
		);
		expect(error?.message).toBe(HOURS);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});
