import { Settings } from 'luxon';

import { PATHS } from '../../harness/requests';
import { byId, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const now = Settings.now;
beforeEach(() => {
	// What $now gives counts the creates so far, so that expressions can tell the tries apart.
	Settings.now = () => scenario.sandbox.log.count(PATHS.create);
});
afterEach(() => {
	Settings.now = now;
});

/** Another value from the second try on. */
const changing = (first: string, later: string) =>
	`={{ $now.toMillis() < 2 ? '${first}' : '${later}' }}`;

it.each([
	['member', { member: byId(changing('lin', 'wei')) }],
	['text', { text: changing('Hello', 'Hello again') }],
])('keeps each item with its task when the %s changes between tries', async (_, parameters) => {
	// Both are customers of both members.
	const [shared = ''] = scenario
		.customersOf('lin')
		.filter((id) => scenario.customersOf('wei').includes(id));
	const [other = ''] = scenario.customersOf('lin').filter((id) => id !== shared);
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: 2,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	const { items, hints } = await scenario.send(parameters, {
		input: [{ customer: shared }, { customer: other }],
		...retryOnFail,
	});
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
	expect(scenario.recipientsOfTasks()).toEqual([[shared], [other]]);
	const tasks = scenario.tasks();
	expect(tasks.map(({ parts }) => [...parts.keys()])).toEqual([['lin'], ['lin']]);
	expect(new Set(tasks.map(({ text }) => text)).size).toBe(1);
	expect(hints.map(({ message }) => message)).toContainEqual(
		expect.stringMatching(/^Retry On Fail: .* for 2 items\. They keep what the first attempt/),
	);
});

it('sends an item again that WeCom refused, as its first try asked for', async () => {
	const [customer = ''] = scenario.customersOf('lin');
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: 1,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	const { items, hints } = await scenario.send(
		{ text: '=Code {{ $now.toMillis() }}' },
		{ input: [{ customer }], ...retryOnFail },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created']);
	expect(scenario.tasks().map(({ text }) => text)).toEqual(['Code 0']);
	expect(hints.some(({ message }) => message.startsWith('Retry On Fail:'))).toBe(true);
});
