import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { LOST_RESPONSES, RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import { retryOnFail } from '../../../harness/scenario';
import type { Fault } from '../../../sandbox';

const LONG = ['a', 'b', 'c'].map((letter) => `${letter.repeat(2_000)}.`).join(' ');

/** What WeCom may say of a msgid that it has had: nobody has documented it. */
const READINGS = [
	['refuses a repeated msgid', { kfRepeatedMsgid: 'refused' }],
	['refuses it with another code', { kfRepeatedMsgid: 'refused', kfRepeatedMsgidCode: 95032 }],
	['accepts it and delivers nothing', { kfRepeatedMsgid: 'accepted' }],
] as const;

describe.each(READINGS)('where WeCom %s', (_, settings) => {
	const scenario = useCustomerService(settings);

	const fail = (fault: Fault, call: number | number[]) =>
		scenario.sandbox.faults.add({ path: PATHS.reply, call, fault });
	const letters = () => scenario.texts().map((text) => String(text)[0]);

	it.each(LOST_RESPONSES)('a lost answer is no second message: %s', async (_name, fault) => {
		fail(fault, 1);
		const { items } = await scenario.reply({}, { input: [scenario.heard()] });
		expect(items[0]?.json).toMatchObject({ state: 'sent', replies_left: 4 });
		expect(scenario.texts()).toEqual(['Hi']);
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(2);
	});

	it('a lost answer in the middle of a long text leaves the order', async () => {
		fail(RESET_AFTER, 2);
		const { items } = await scenario.reply({ text: LONG }, { input: [scenario.heard()] });
		expect(items[0]?.json).toMatchObject({ state: 'sent', sent_count: 3 });
		expect(letters()).toEqual(['a', 'b', 'c']);
	});

	it('an answer that stays lost is unknown, and the rest is not sent', async () => {
		fail(RESET_AFTER, [2, 3, 4, 5]);
		const { items } = await scenario.reply({ text: LONG }, { input: [scenario.heard()] });
		expect(items[0]?.json).toMatchObject({
			state: 'unknown',
			reason: 'answer_lost',
			sent_count: 1,
			message_count: 3,
			replies_left: null,
			window_ends_at: expect.any(String) as string,
			unsent_text: expect.stringMatching(/^b+\.\nc+\.$/) as string,
		});
		expect(letters()).toEqual(['a', 'b']);
	});

	it('a second execution for the same message, as after a crash, reaches the customer once', async () => {
		const heard = scenario.heard();
		await scenario.reply({ text: LONG }, { input: [heard] });
		const { items } = await scenario.reply({ text: LONG }, { input: [heard] });
		expect(items[0]?.json).toMatchObject({
			state: 'duplicate',
			sent_count: 3,
			unsent_text: null,
			replies_left: 2,
		});
		expect(letters()).toEqual(['a', 'b', 'c']);
	});

	it('the same after other nodes, with Reply to Message ID', async () => {
		const { msgid } = scenario.heard();
		const run = { input: [scenario.pair()] };
		await scenario.reply({ options: { answerTo: msgid } }, run);
		await scenario.reply({ options: { answerTo: msgid } }, run);
		expect(scenario.texts()).toEqual(['Hi']);
	});

	it('two nodes, two items and two messages are different messages', async () => {
		const heard = scenario.heard();
		await scenario.reply({ text: 'One' }, { input: [heard, heard] });
		await scenario.reply({ text: 'Two' }, { input: [scenario.heard()] });
		expect(scenario.texts()).toEqual(['One', 'One', 'Two']);
	});

	it('without a message to answer each execution is another message', async () => {
		scenario.heard();
		await scenario.reply({}, { input: [scenario.pair()] });
		await scenario.reply({}, { input: [scenario.pair()] });
		expect(scenario.texts()).toEqual(['Hi', 'Hi']);
	});

	it('in the editor each run is another message', async () => {
		const input = [scenario.heard()];
		await scenario.reply({}, { input, mode: 'manual' });
		await scenario.reply({}, { input, mode: 'manual' });
		expect(scenario.texts()).toEqual(['Hi', 'Hi']);
	});

	describe('Retry On Fail', () => {
		it('sends what is missing, and nothing twice', async () => {
			// Nothing can be said of the second item in the first try.
			fail({ kind: 'errcode', errcode: 48007 }, 2);
			const input = [scenario.heard('One', 0), scenario.heard('Two', 1)];
			const { items, error } = await scenario.reply({}, { input, ...retryOnFail });
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json.state)).toEqual(['sent', 'sent']);
			expect([scenario.texts(0), scenario.texts(1)]).toEqual([['Hi'], ['Hi']]);
			expect(scenario.sandbox.log.count(PATHS.reply)).toBe(3);
		});

		it('sends the rest of a long text, cut as before, though expressions change', async () => {
			fail({ kind: 'errcode', errcode: 48007 }, 2);
			const text = `=${LONG} {{ Math.random() }}`;
			const { items } = await scenario.reply(
				{ text, options: { ifNotSent: 'error' } },
				{ input: [scenario.heard()], ...retryOnFail },
			);
			expect(items[0]?.json).toMatchObject({ state: 'sent', sent_count: 3, replies_left: 2 });
			expect(letters()).toEqual(['a', 'b', 'c']);
			expect(scenario.sandbox.log.count(PATHS.reply)).toBe(4);
		});

		it('finds out about a lost answer', async () => {
			fail(RESET_AFTER, [1, 2, 3, 4]);
			const { items } = await scenario.reply(
				{ options: { ifNotSent: 'error' } },
				{ input: [scenario.heard()], ...retryOnFail },
			);
			expect(items[0]?.json.state).toBe('sent');
			expect(scenario.texts()).toEqual(['Hi']);
		});
	});

	it('a lost answer is an error where the builder wants it', async () => {
		fail(RESET_AFTER, [1, 2, 3, 4]);
		const { error } = await scenario.reply(
			{ options: { ifNotSent: 'error' } },
			{ input: [scenario.heard()] },
		);
		expect(error).toMatchObject({
			message: 'WeCom may or may not have delivered the message',
			description: expect.stringContaining('Look at the chat') as string,
		});
	});

	it('a copy of the workflow answers for itself', async () => {
		const heard = scenario.heard();
		const node = { name: 'Answer', type: 'weComCustomerService', parameters: { text: 'Hi' } };
		const workflow = (id: string) => ({
			id,
			nodes: [{ name: 'Trigger', type: 'n8n-nodes-base.manualTrigger' }, node],
			connections: { Trigger: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] } },
		});
		const run = { credentials: [scenario.credential], triggerItems: [heard as IDataObject] };
		for (const id of ['original', 'copy', 'original']) {
			const result = await scenario.engine.runWorkflow(workflow(id), run);
			expect(result.error).toBeUndefined();
		}
		expect(scenario.texts()).toEqual(['Hi', 'Hi']);
	});
});

describe('a refusal of the msgid in words that nobody has seen', () => {
	const scenario = useCustomerService();

	it('is an error of the second execution, and the customer has one message', async () => {
		const options = { answerTo: scenario.heard().msgid };
		const input = [scenario.pair()];
		await scenario.reply({ options }, { input });
		scenario.sandbox.faults.add({
			path: PATHS.reply,
			fault: { kind: 'errcode', errcode: 95099 },
		});
		const { error } = await scenario.reply({ options }, { input });
		expect(error?.message).toContain('WeCom refused the request');
		expect(scenario.texts()).toEqual(['Hi']);
	});

	it('is none to the process that has sent it: it does not ask', async () => {
		const input = [scenario.heard()];
		await scenario.reply({}, { input });
		expect((await scenario.reply({}, { input })).items[0]?.json.state).toBe('duplicate');
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(1);
	});
});
