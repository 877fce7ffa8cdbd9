import type { INodeExecutionData } from 'n8n-workflow';

import { runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** What the form gives for an uploaded sheet. */
async function upload(rows: string[][]): Promise<INodeExecutionData[]> {
	const lines = [['userid', 'external_userid', 'text'], ...rows].map((row) => row.join(','));
	const sheet = await scenario.file('sheet.csv', Buffer.from(lines.join('\n')), 'text/csv');
	return [{ json: {}, binary: { Sheet: sheet } }];
}

const run = async (rows: string[][]) =>
	await runExample(scenario, 'sheet.json', {
		startNode: 'Upload Sheet',
		triggerItems: await upload(rows),
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

it('creates nothing when a member would have to confirm more than the builder allows', async () => {
	const [amy = ''] = scenario.customersOf('lin');
	const { error } = await run(Array.from({ length: 21 }, (_, n) => ['lin', amy, `Text ${n}`]));
	expect(error?.message).toBe(
		"Member lin would get 21 tasks to confirm, and 'Max Tasks per Member' is 20",
	);
	expect(scenario.tasks()).toEqual([]);
});
