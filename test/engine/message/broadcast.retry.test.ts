import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const retry = { node: { ...retryOnFail.node, maxTries: 3 } };

it('continues where the previous attempt stopped', async () => {
	const ids = scenario.customersOf('lin');
	const rows = ids
		.slice(0, 3)
		.map((external_userid, index) => ({ external_userid, text: `${index}` }));
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'errcode', errcode: 40058 } });
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
		{ input: rows, ...retry },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.recipientsOfTasks()).toEqual(ids.slice(0, 3).map((each) => [each]));
	expect(sandbox.log.count(PATHS.create)).toBe(4);
});

it('looks again for a task whose response the previous attempt lost', async () => {
	await scenario.restart({ listDelaySeconds: 9 });
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
	const { items } = await scenario.broadcast({ externalUserIds: ids }, retry);
	expect(items[0]?.json).toMatchObject({
		state: 'recovered',
		msgid: scenario.tasks()[0]?.msgid,
	});
	expect(sandbox.log.count(PATHS.create)).toBe(1);
});

describe('with a text that changes with every attempt', () => {
	const text = '=Hello {{ Math.random() }}';
	const rows = (ids: readonly string[]) => ids.map((id) => ({ id, member: 'lin' }));

	it('creates what is missing and nothing twice', async () => {
		const ids = scenario.customersOf('lin');
		const [other] = scenario.customersOf('chen');
		const { sandbox } = scenario;
		sandbox.faults.add({
			path: PATHS.create,
			call: 2,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const { items } = await scenario.broadcast(
			{ sendTo: 'inputItems', idField: 'id', member: byId('={{ $json.member }}'), text },
			{ input: [...rows(ids.slice(0, 1)), { id: other, member: 'chen' }], ...retry },
		);
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
		expect(scenario.recipientsOfTasks()).toEqual([[ids[0]], [other]]);
	});

	it('looks for the task of the first text', async () => {
		await scenario.restart({ listDelaySeconds: 9 });
		const ids = scenario.customersOf('lin');
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		const { items } = await scenario.broadcast({ externalUserIds: ids, text }, retry);
		expect(items[0]?.json.state).toBe('recovered');
		expect(scenario.tasks()).toHaveLength(1);
	});
});

it('creates nothing twice under Continue On Fail, where n8n also retries the node', async () => {
	const ids = scenario.customersOf('lin');
	const { sandbox } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 1, fault: { kind: 'errcode', errcode: 40058 } });
	const rows = ids
		.slice(0, 3)
		.map((external_userid, index) => ({ external_userid, text: `${index}` }));
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
		{ input: rows, node: { ...retry.node, onError: 'continueRegularOutput' } },
	);
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
	expect(scenario.tasks()).toHaveLength(3);
});
