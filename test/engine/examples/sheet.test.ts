import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** What somebody copies in a spreadsheet and pastes into the form. */
const run = async (rows: string[][]) =>
	await runExample(scenario, 'sheet.json', {
		startNode: 'Paste Rows',
		triggerItems: [{ Rows: rows.map((row) => row.join('\t')).join('\r\n') + '\r\n' }],
	});

it('makes one task of the rows with the same member and text, and skips them the second time', async () => {
	const [amy = '', ben = '', cathy = ''] = scenario.customersOf('lin');
	const [, , , , mia = ''] = scenario.customersOf('wei');
	const rows = [
		['lin', amy, 'Your order is here'],
		['lin', ben, 'Hello Ben'],
		['lin', cathy, 'Your order is here'],
		['wei', mia, 'Your order is here'],
	];
	const { error, ...result } = await run(rows);
	expect(error).toBeUndefined();
	expect(result.status).toBe('success');
	expect(scenario.tasks().map(({ text, parts }) => [[...parts.keys()], text])).toEqual([
		[['lin'], 'Your order is here'],
		[['lin'], 'Hello Ben'],
		[['wei'], 'Your order is here'],
	]);
	expect(scenario.recipientsOfTasks()).toEqual([[amy, cathy], [ben], [mia]]);

	const again = await run(rows);
	expect(again.output('Broadcast').map(({ json }) => json.state)).toEqual([
		'duplicate',
		'duplicate',
		'duplicate',
	]);
	expect(scenario.tasks()).toHaveLength(3);
});

it('creates nothing for a row without a customer', async () => {
	const [amy = ''] = scenario.customersOf('lin');
	const { error } = await run([
		['lin', amy, 'Hello'],
		['lin', '', 'Hello'],
	]);
	expect(error?.message).toContain('external user ID');
	expect(scenario.tasks()).toEqual([]);
});

it('creates nothing when a member would have to confirm more than the builder allows', async () => {
	const [amy = ''] = scenario.customersOf('lin');
	const { error } = await run(Array.from({ length: 21 }, (_, n) => ['lin', amy, `Text ${n}`]));
	expect(error?.message).toBe(
		"Member lin would get 21 tasks to confirm, and 'Max Tasks per Member' is 20",
	);
	expect(scenario.tasks()).toEqual([]);
});
