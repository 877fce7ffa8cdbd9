import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { continueOnFail, retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

/** A customer enters; gives the code of the event. */
function enter(position = 0): string {
	const code = scenario.service.enter(scenario.account, scenario.customer(position));
	if (code === undefined) throw new Error('There is no code');
	return code;
}

async function welcome(codes: unknown[], parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'message', operation: 'sendOnEvent', text: 'Welcome!', ...parameters },
		{ input: codes.map((event_code) => ({ event_code }) as IDataObject), ...run },
	);
}

it('welcomes the customer of each event, outside the five', async () => {
	const codes = [enter(0), enter(1)];
	const { items } = await welcome(codes, { text: '=Welcome, number {{ $itemIndex + 1 }}' });
	expect(items).toEqual(
		[0, 1].map((item) => ({
			json: {
				msgid: expect.stringMatching(/^[\w-]{32}$/) as string,
				msgtype: 'text',
				state: 'sent',
				reason: null,
				explanation: null,
			},
			pairedItem: { item },
		})),
	);
	expect([scenario.texts(0), scenario.texts(1)]).toEqual([
		['Welcome, number 1'],
		['Welcome, number 2'],
	]);
	const { items: reply } = await scenario.reply({}, { input: [scenario.heard()] });
	expect(reply[0]?.json.replies_left).toBe(4);
});

it('sends a menu', async () => {
	const { items } = await welcome([enter()], {
		messageType: 'msgmenu',
		menuHead: 'How can we help?',
		menuEntries: { entry: [{ content: 'Prices', id: 'prices' }] },
	});
	expect(items[0]?.json).toMatchObject({ state: 'sent', msgtype: 'msgmenu' });
	expect(scenario.received()[0]?.content).toMatchObject({
		head_content: 'How can we help?',
		list: [{ type: 'click', click: { id: 'prices', content: 'Prices' } }],
	});
});

it('says a word when a human takes over, with the code of Session > Assign', async () => {
	scenario.heard();
	const { items } = await scenario.run(
		{ resource: 'session', operation: 'assign' },
		{ input: [scenario.pair()] },
	);
	const code = '={{ $json.msg_code }}';
	const run = { input: [items[0]?.json ?? {}] };
	const result = await welcome([], { code, text: 'One moment please.' }, run);
	expect(result.items[0]?.json.state).toBe('sent');
	expect(scenario.texts()).toEqual(['One moment please.']);
});

describe('bad input is an error before any request', () => {
	it.each<[string, unknown, IDataObject, string]>([
		['an event without a code', undefined, {}, "'Event Code' is empty, so nothing can be sent"],
		['an empty code', '', {}, "'Event Code' is empty, so nothing can be sent"],
		['no text', 'code', { text: ' ' }, "'Message' is empty"],
		['a text that is too long', 'code', { text: '茶'.repeat(683) }, "'Message'"],
		['an empty menu', 'code', { messageType: 'msgmenu' }, 'The menu is empty'],
		['a type that no code allows', 'code', { messageType: 'image' }, "'Message Type'"],
	])('%s', async (_, code, parameters, message) => {
		const { error } = await welcome([code], parameters);
		expect(error?.message).toContain(message);
		expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(0);
	});

	it('an event without a code says why, and the others are welcomed under Continue On Fail', async () => {
		const { items } = await welcome([enter(0), undefined, enter(1)], {}, continueOnFail);
		expect(items.map(({ json }) => json.state ?? json.error)).toEqual([
			'sent',
			expect.stringContaining("'Event Code' is empty"),
			'sent',
		]);
		expect(JSON.stringify(items[1]?.json)).toContain('Filter out the items without one.');
	});
});

it('a code that is used or too old is an error that says how long codes last', async () => {
	const code = enter();
	scenario.sandbox.clock.advance(20);
	const { error } = await welcome([code]);
	expect(error?.description).toContain('20 seconds');
	expect(scenario.received()).toEqual([]);
});

it('a session that has moved on is an outcome', async () => {
	scenario.heard();
	const { items } = await scenario.run(
		{ resource: 'session', operation: 'assign' },
		{ input: [scenario.pair()] },
	);
	scenario.service.servicers.take(scenario.account, scenario.customer(), 'lin');
	const { items: sent } = await welcome([items[0]?.json.msg_code]);
	expect(sent[0]?.json).toMatchObject({ state: 'not_sent', reason: 'session_not_open' });
});

describe('a lost answer', () => {
	beforeEach(() => scenario.sandbox.faults.add({ path: PATHS.sendOnEvent, fault: RESET_AFTER }));

	it('is unknown, and the code is not used again', async () => {
		const { items } = await welcome([enter()]);
		expect(items[0]?.json).toMatchObject({
			state: 'unknown',
			reason: 'answer_lost',
			explanation: expect.any(String) as string,
		});
		expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(1);
		expect(scenario.texts()).toEqual(['Welcome!']);
	});

	it('is not asked for again by Retry On Fail', async () => {
		const { error } = await welcome([enter()], { options: { ifNotSent: 'error' } }, retryOnFail);
		expect(error?.message).toBe('WeCom may or may not have delivered the message');
		expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(1);
	});
});

it('Retry On Fail keeps who is welcomed already', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.sendOnEvent,
		call: 2,
		fault: { kind: 'errcode', errcode: 48007 },
	});
	const { items } = await welcome([enter(0), enter(1)], {}, retryOnFail);
	expect(items.map(({ json }) => json.state)).toEqual(['sent', 'sent']);
	expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(3);
});
