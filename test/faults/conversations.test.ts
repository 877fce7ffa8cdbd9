/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- reads which size was asked for, prints the numbers */
import { nameOfConversation, someConversations, wholeConversations } from './conversationCells';
import { runConversation } from './conversations';

// Short waits for answers that never come.
jest.mock('../../nodes/shared/client/core/settings', () => ({
	...jest.requireActual<object>('../../nodes/shared/client/core/settings'),
	REQUEST_TIMEOUT_MS: 250,
}));

const whole = process.env.FAULT_MATRIX === 'whole';

it(
	'whatever fails, and whenever n8n is killed, no message is lost, answered twice or out of order',
	async () => {
		const failures: string[] = [];
		const total = { cells: 0, messages: 0, lost: 0, answeredTwice: 0, outOfOrder: 0 };
		for (const cell of whole ? wholeConversations() : someConversations()) {
			total.cells++;
			const { broken, ...outcome } = await runConversation(cell);
			total.messages += outcome.messages;
			total.lost += outcome.lost;
			total.answeredTwice += outcome.answeredTwice;
			total.outOfOrder += outcome.outOfOrder;
			failures.push(...broken.map((each) => `${nameOfConversation(cell)}: ${each}`));
		}
		console.log(
			`Customer service: ${total.cells} cells, ${total.messages} messages, ${total.lost} lost, ${total.answeredTwice} answered twice, ${total.outOfOrder} out of order`,
		);
		expect(failures).toEqual([]);
		expect(total.cells).toBeGreaterThan(30);
	},
	whole ? 7_200_000 : 600_000,
);
