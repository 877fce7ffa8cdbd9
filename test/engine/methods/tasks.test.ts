import { PATHS } from '../../harness/requests';
import { attach, useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

it('shows tasks by time and text, newest first, with those for customer groups', async () => {
	const { sandbox } = scenario;
	const first = await scenario.createTask({ text: 'The  new\nharvest' });
	sandbox.clock.advance(60);
	await scenario.createTask({
		sendTo: 'groups',
		chatIds: scenario.groupsOf('lin').slice(0, 1),
		text: '',
		...attach({ type: 'link', title: 'a', url: 'https://example.com' }),
	});
	sandbox.clock.advance(60);
	const { names, results } = await scroll(scenario, 'searchTasks');
	const time = /^2026-0[23]-\d\d \d\d:\d\d:\d\d …\w+/;
	expect(names.map((name) => name.replace(time, ''))).toEqual([
		' to groups: [link]',
		': The new harvest',
	]);
	expect(results[1]?.value).toBe(first);
});

it('tells the tasks of one broadcast apart by the end of their msgids, and finds each by it', async () => {
	const { items } = await scenario.broadcast({ sendTo: 'allOfMembers', members: ['lin', 'chen'] });
	const msgids = items.map(({ json }) => String(json.msgid));
	const { names, results } = await scroll(scenario, 'searchTasks');
	expect(new Set(names).size).toBe(2);
	for (const [index, { value }] of results.entries()) {
		const end = / …(\w{4,6}): The new harvest/.exec(names[index] ?? '')?.[1] ?? '-';
		expect(String(value).replace(/A+$/, '')).toMatch(new RegExp(`${end}$`));
	}
	for (const msgid of msgids) {
		const found = await scroll(scenario, 'searchTasks', { filter: msgid });
		expect(found.results.map(({ value }) => value)).toEqual([msgid]);
	}
});

it('shows the part of a msgid before the letters that all have in common', async () => {
	const task = { create_time: 1_772_323_200, create_type: 0, text: { content: 'Tea' } };
	const body = JSON.stringify({
		errcode: 0,
		errmsg: 'ok',
		group_msg_list: [{ ...task, msgid: 'msgGCAAAXtWyujAAAA' }],
	});
	scenario.sandbox.faults.add({ path: PATHS.tasks, call: 1, fault: { kind: 'notJson', body } });
	const { names } = await scroll(scenario, 'searchTasks');
	expect(names).toEqual([expect.stringMatching(/ \d\d:00:00 …XtWyuj: Tea$/)]);
});

it('finds tasks by a part of the text or the day', async () => {
	for (const text of ['Spring tea', 'Summer tea', 'Cakes']) {
		await scenario.createTask({ text });
		scenario.sandbox.clock.advance(24 * 3600);
	}
	const names = async (filter: string) => (await scroll(scenario, 'searchTasks', { filter })).names;
	expect(await names('TEA')).toHaveLength(2);
	const [newest] = await names('');
	expect(newest).toContain('Cakes');
	expect(await names(newest?.slice(0, 10) ?? '')).toEqual([newest]);
});

it('goes back half a year, 100 tasks per call, each task once', async () => {
	for (let count = 0; count < 230; count++) {
		await scenario.createTask({ text: `message ${count}` });
		scenario.sandbox.clock.advance(12 * 3600);
	}
	const { results, requests } = await scroll(scenario, 'searchTasks');
	expect(new Set(results.map(({ value }) => value)).size).toBe(230);
	expect(results).toHaveLength(230);
	expect(requests).toBeGreaterThan(1);
});

it('shows none when there are none, after few calls', async () => {
	const { names, requests } = await scroll(scenario, 'searchTasks');
	expect(names).toEqual([]);
	expect(requests).toBeLessThanOrEqual(2);
});

it('cuts long texts between characters', async () => {
	await scenario.createTask({ text: '🌻'.repeat(200) });
	const { names } = await scroll(scenario, 'searchTasks');
	expect(names[0]).toMatch(/: (🌻)+…$/u);
});
