/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- reads which size was asked for, prints the numbers */
import { nameOf, reducedMatrix, wholeMatrix } from './cells';
import { runCell } from './runCell';

// 3 batches of 4 customers instead of 10,000, and short waits for answers that never come: the same requests in a
// thousandth of the time.
jest.mock('../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 150,
}));
jest.mock('../../nodes/shared/client/massMessages/limits', () => ({
	...jest.requireActual<object>('../../nodes/shared/client/massMessages/limits'),
	MAX_CUSTOMERS_PER_TASK: 4,
}));

const whole = process.env.FAULT_MATRIX === 'whole';

it(
	'whatever fails, nobody is in two tasks, no task is lost, nobody is forgotten in silence',
	async () => {
		const failures: string[] = [];
		let cells = 0;
		let repeated = 0;
		let allowed = 0;
		for (const cell of whole ? wholeMatrix() : reducedMatrix()) {
			cells++;
			const outcome = await runCell(cell);
			if (outcome.allowed && outcome.repeated > 0) allowed++;
			else repeated += outcome.repeated;
			failures.push(...outcome.broken.map((broken) => `${nameOf(cell)}: ${broken}`));
		}
		console.log(
			`Fault matrix: ${cells} cells, ${failures.length} failures, ${repeated} duplicates, ${allowed} cells with the documented exception`,
		);
		expect(failures).toEqual([]);
		expect(cells).toBeGreaterThan(100);
	},
	whole ? 3_600_000 : 300_000,
);
