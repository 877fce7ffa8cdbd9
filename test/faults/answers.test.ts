/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- reads which size was asked for, prints the numbers */
import { nameOfAnswer, runAnswer, someAnswers, wholeAnswers } from './answers';

// Short waits for answers that never come, also to a token request.
jest.mock('../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 150,
}));

const whole = process.env.FAULT_MATRIX === 'whole';

it(
	'whatever fails, no customer is answered twice, in another order, or not at all in silence',
	async () => {
		const failures: string[] = [];
		let cells = 0;
		for (const cell of whole ? wholeAnswers() : someAnswers()) {
			cells++;
			const broken = await runAnswer(cell);
			failures.push(...broken.map((each) => `${nameOfAnswer(cell)}: ${each}`));
		}
		const twice = failures.filter((failure) => failure.includes('answered twice')).length;
		console.log(
			`Answers to customers: ${cells} cells, ${failures.length} failures, ${twice} answered twice`,
		);
		expect(failures).toEqual([]);
		expect(cells).toBeGreaterThan(100);
	},
	whole ? 3_600_000 : 300_000,
);
