import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';

const scenario = useCustomerService();

/** Sentences of 1,000 bytes: two fit into one message. */
function sentences(count: number): string {
	return Array.from({ length: count }, (_, index) => `${`${index}`.repeat(998)}.`).join(' ');
}

async function answer(text: string, options: IDataObject = {}, heard = scenario.heard()) {
	const { items, error } = await scenario.reply({ text, options }, { input: [heard] });
	return { json: items[0]?.json, error };
}

/** Uses up what the customer may receive, but for this many. */
async function leave(count: number) {
	const heard = scenario.heard();
	for (let number = 5; number > count; number--) {
		// Each in a message of its own, as answers of several nodes are.
		await scenario.reply(
			{ text: `Used ${number}`, options: { answerTo: `other ${number}` } },
			{ input: [heard] },
		);
	}
	return heard;
}

describe('a long text', () => {
	it('becomes several messages, cut after sentences, in order', async () => {
		const { json } = await answer(sentences(5));
		expect(json).toMatchObject({
			state: 'sent',
			message_count: 3,
			sent_count: 3,
			unsent_text: null,
			replies_left: 2,
		});
		expect(scenario.texts()).toEqual([
			`${'0'.repeat(998)}. ${'1'.repeat(998)}.`,
			`${'2'.repeat(998)}. ${'3'.repeat(998)}.`,
			`${'4'.repeat(998)}.`,
		]);
		expect(scenario.received().map(({ msgid }) => msgid)).toEqual(json?.msgids);
	});

	it('arrives in order although an answer is slow', async () => {
		const { faults } = scenario.sandbox;
		faults.add({ path: PATHS.reply, call: 1, fault: { kind: 'delay', ms: 80 } });
		await answer(sentences(5));
		expect(scenario.texts().map((text) => String(text)[0])).toEqual(['0', '2', '4']);
	});

	it('of exactly 2,048 bytes is one message', async () => {
		const text = `${'茶'.repeat(682)}ab`;
		expect(Buffer.byteLength(text)).toBe(2_048);
		expect((await answer(text)).json).toMatchObject({ message_count: 1 });
		expect(scenario.texts()).toEqual([text]);
	});
});

describe('a text that needs more messages than are left', () => {
	it('is an error before the request, unless the builder says otherwise', async () => {
		const heard = await leave(2);
		const { error } = await answer(sentences(5), {}, heard);
		expect(error).toMatchObject({
			message: 'The message needs more than the 2 messages that the customer can still receive',
			description: expect.stringContaining("'If Text Does Not Fit'") as string,
		});
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(3);
	});

	it('is cut in finer pieces rather than not sent', async () => {
		const heard = await leave(1);
		const text = `${'a'.repeat(1_000)} ${'b'.repeat(1_000)}`;
		expect((await answer(text, {}, heard)).json).toMatchObject({ state: 'sent', replies_left: 0 });
	});

	it('goes as a text file', async () => {
		const heard = await leave(1);
		const text = sentences(5);
		const { json } = await answer(text, { ifTooLong: 'file' }, heard);
		expect(json).toMatchObject({
			state: 'sent',
			msgtype: 'file',
			message_count: 1,
			unsent_text: null,
			replies_left: 0,
		});
		const mediaId = String(scenario.received().at(-1)?.content.media_id);
		const file = scenario.sandbox.world.corp.media.get(mediaId);
		expect(file).toMatchObject({ type: 'file', fileName: 'message.txt' });
		expect(file?.content.toString()).toBe(`\ufeff${text}`);
	});

	it('is cut, and says so to the customer and to the workflow', async () => {
		const heard = await leave(1);
		const text = sentences(3);
		const { json } = await answer(text, { ifTooLong: 'cut' }, heard);
		const [last] = scenario.texts().slice(-1) as string[];
		expect(last).toMatch(/…$/);
		expect(Buffer.byteLength(last ?? '')).toBeLessThanOrEqual(2_048);
		expect(json).toMatchObject({ state: 'sent', sent_count: 1 });
		const whole = `${last?.slice(0, -1)}${String(json?.unsent_text)}`;
		expect(whole.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
	});

	it('a text above five messages does not fit for anybody', async () => {
		const { error } = await answer('a'.repeat(5 * 2_048 + 1));
		expect(error?.message).toContain('more than the 5 messages');
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(0);
	});
});

describe('the five messages', () => {
	it('are counted over several items and executions; the sixth is refused before the request', async () => {
		const heard = await leave(1);
		const { items } = await scenario.reply(
			{ text: '=Item {{ $itemIndex }}' },
			{ input: [heard, heard] },
		);
		expect(items.map(({ json }) => [json.state, json.reason, json.replies_left])).toEqual([
			['sent', null, 0],
			['not_sent', 'limit_reached', 0],
		]);
		expect(items[1]?.json).toMatchObject({
			explanation: expect.stringContaining('The customer must write') as string,
			unsent_text: 'Item 1',
			msgids: [],
		});
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(5);
	});

	it('are five again when the customer writes', async () => {
		await leave(0);
		scenario.sandbox.clock.advance(1);
		const { json } = await answer('Hi', {}, scenario.heard('And?'));
		expect(json).toMatchObject({ state: 'sent', replies_left: 4 });
	});

	it('a file above them is not even uploaded', async () => {
		const heard = await leave(0);
		const input = [await scenario.itemWithFile('tea.png', { json: heard })];
		const { items } = await scenario.reply(
			{ messageType: 'image', options: { answerTo: 'one more' } },
			{ input },
		);
		expect(items[0]?.json).toMatchObject({ state: 'not_sent', msgtype: 'image' });
		expect(scenario.sandbox.log.count(PATHS.upload)).toBe(0);
	});

	it('that somebody else has used: what was sent is named, and the rest is returned', async () => {
		const heard = scenario.heard();
		scenario.service.chat(scenario.account, scenario.customer()).replies = 4;
		const { json } = await answer(sentences(5), {}, heard);
		expect(json).toMatchObject({
			state: 'partly_sent',
			reason: 'limit_reached',
			sent_count: 1,
			message_count: 3,
			replies_left: 0,
		});
		expect(json?.unsent_text).toBe(`${'2'.repeat(998)}. ${'3'.repeat(998)}.\n${'4'.repeat(998)}.`);
		expect(scenario.texts()).toHaveLength(1);
	});

	it('an error after the first piece says what the customer has got', async () => {
		const heard = scenario.heard();
		scenario.service.chat(scenario.account, scenario.customer()).replies = 4;
		const { error } = await answer(sentences(5), { ifNotSent: 'error' }, heard);
		expect(error?.message).toContain('The 5 messages');
		expect(error?.description).toContain('The customer has got 1 of 3 messages.');
	});
});

describe('where WeCom says it otherwise', () => {
	it('95026 is the limit, too', async () => {
		await scenario.restart({ kfOverLimit: 'refused_95026' });
		const heard = scenario.heard();
		scenario.service.chat(scenario.account, scenario.customer()).replies = 5;
		expect((await answer('Hi', {}, heard)).json).toMatchObject({
			state: 'not_sent',
			reason: 'limit_reached',
			replies_left: 0,
		});
	});

	it('a message that fails later was sent, as far as the answer says', async () => {
		await scenario.restart({ kfOverLimit: 'fails' });
		const heard = scenario.heard();
		scenario.service.chat(scenario.account, scenario.customer()).replies = 5;
		expect((await answer('Hi', {}, heard)).json?.state).toBe('sent');
		expect(scenario.received()).toEqual([]);
	});
});
