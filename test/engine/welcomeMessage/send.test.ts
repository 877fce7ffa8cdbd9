import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { fileOf } from '../../harness/files';
import { LOST_RESPONSES } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { attach, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

function receivedBy(position = 0) {
	return scenario.sandbox.world.welcomes
		.receivedBy(scenario.customersOf('lin')[position] ?? '')
		.map(({ sent }) => ({ text: sent?.text, attachments: sent?.attachments.length }));
}

async function welcome(
	input: INodeExecutionData[],
	parameters: IDataObject = {},
	run: ScenarioRun = {},
) {
	return await scenario.run(
		{
			resource: 'welcomeMessage',
			operation: 'send',
			welcomeCode: '={{ $json.welcome_code }}',
			text: 'Welcome!',
			...parameters,
		},
		{ input, ...run },
	);
}

function itemsFor(...codes: unknown[]): INodeExecutionData[] {
	return codes.map((welcome_code) => ({ json: { welcome_code } as IDataObject }));
}

it('welcomes the customer of each event with its own text', async () => {
	const codes = [scenario.welcomeCode(0), scenario.welcomeCode(1)];
	const input = codes.map((welcome_code, index) => ({ json: { welcome_code, n: index + 1 } }));
	const { items } = await welcome(input, { text: '=Welcome, number {{ $json.n }}' });
	expect(items).toEqual(
		codes.map((welcome_code, item) => ({
			json: {
				welcome_code,
				sent: true,
				reason: null,
				send_time: 1_772_323_200,
				sent_at: '2026-03-01T08:00:00.000+08:00',
			},
			pairedItem: { item },
		})),
	);
	expect(receivedBy(0)).toEqual([{ text: 'Welcome, number 1', attachments: 0 }]);
	expect(receivedBy(1)).toEqual([{ text: 'Welcome, number 2', attachments: 0 }]);
});

it('starts with the code of the trigger', async () => {
	const code = scenario.welcomeCode();
	const { items } = await scenario.run(
		{ resource: 'welcomeMessage', operation: 'send', text: 'Welcome!' },
		{ input: itemsFor(code) },
	);
	expect(items[0]?.json).toMatchObject({ welcome_code: code, sent: true });
});

it('uploads the attachments before it sends them, in the order of the builder', async () => {
	const code = scenario.welcomeCode();
	const item = await scenario.itemWithFile('tea.png', { json: { welcome_code: code } });
	const { items } = await welcome(
		[{ ...item, binary: { ...item.binary, film: await scenario.file('film.mp4') } }],
		attach(
			{ type: 'video', source: 'binary', binaryField: 'film' },
			{ type: 'link', title: 'Shop', url: 'https://example.com/' },
			{ type: 'any', binaryField: 'data' },
		),
	);
	expect(items[0]?.json.sent).toBe(true);
	const [request] = scenario.sandbox.log.calls(PATHS.welcome);
	expect(request?.body).toMatchObject({
		attachments: [{ msgtype: 'video' }, { msgtype: 'link' }, { msgtype: 'image' }],
	});
	expect(receivedBy()).toEqual([{ text: 'Welcome!', attachments: 3 }]);
});

describe('a welcome message that is not sent', () => {
	it.each([
		['a code that nobody issued', () => 'x'.repeat(43), 'code_not_valid'],
		[
			'a code after 20 seconds',
			() => {
				const code = scenario.welcomeCode();
				scenario.sandbox.clock.advance(20);
				return code;
			},
			'code_not_valid',
		],
		[
			'a customer who chats already',
			() => {
				const code = scenario.welcomeCode();
				scenario.sandbox.world.welcomes.chatStarted('lin', scenario.customersOf('lin')[0] ?? '');
				return code;
			},
			'chat_started',
		],
	])('says why: %s', async (_, make, reason) => {
		const code = make();
		const { items, error } = await welcome(itemsFor(code));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			welcome_code: code,
			sent: false,
			reason,
			send_time: null,
			sent_at: null,
		});
		expect(receivedBy()).toEqual([]);
	});

	it('is an error where the builder wants it, and the other items go on', async () => {
		const code = scenario.welcomeCode();
		const { items } = await welcome(
			itemsFor('x'.repeat(43), code),
			{ options: { ifNotSent: 'error' } },
			continueOnFail,
		);
		expect(items.map(({ json }) => json.error ?? json.sent)).toEqual([
			expect.stringContaining('The welcome code is not valid'),
			true,
		]);
	});

	it('waits for another app while the code is valid', async () => {
		for (const call of [1, 2, 3]) {
			scenario.sandbox.faults.add({
				path: PATHS.welcome,
				call,
				fault: { kind: 'errcode', errcode: 41096 },
			});
		}
		const { items } = await welcome(itemsFor(scenario.welcomeCode()));
		expect(items[0]?.json.sent).toBe(true);
		expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(4);
	});

	it('gives up on another app when the code expires', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.welcome,
			fault: { kind: 'errcode', errcode: 41096 },
		});
		const code = scenario.welcomeCode();
		const { items } = await welcome(itemsFor(code), {
			options: { validUntil: '2026-03-01T08:00:05' },
		});
		expect(items[0]?.json).toMatchObject({ sent: false, reason: 'another_app_is_sending' });
		expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(5);
	});

	it('still tries once where the code should have expired', async () => {
		const { items } = await welcome(itemsFor(scenario.welcomeCode()), {
			options: { validUntil: '2026-03-01T07:00:00' },
		});
		expect(items[0]?.json.sent).toBe(true);
	});

	it('gives up when a minute limit outlasts the code', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.welcome,
			fault: { kind: 'errcode', errcode: 45009 },
		});
		const { error } = await welcome(itemsFor(scenario.welcomeCode()));
		expect(error?.message).toMatch(/WeCom|call/i);
		expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(1);
	});
});

describe('a lost answer', () => {
	it.each(LOST_RESPONSES)('is unknown, and nothing is sent again: %s', async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.welcome, call: 1, fault });
		const code = scenario.welcomeCode();
		const { items, hints } = await welcome(itemsFor(code), {}, retryOnFail);
		expect(items[0]?.json).toEqual({
			welcome_code: code,
			sent: null,
			reason: 'unknown',
			send_time: null,
			sent_at: null,
		});
		expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(1);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('was lost') as string }),
		]);
	});

	it.each(LOST_RESPONSES)(
		'of an upload costs nothing but a second upload: %s',
		async (_, fault) => {
			scenario.sandbox.faults.add({ path: PATHS.upload, call: 1, fault });
			const code = scenario.welcomeCode();
			const item = await scenario.itemWithFile('tea.png', { json: { welcome_code: code } });
			const { items } = await welcome([item], attach({ type: 'any', binaryField: 'data' }));
			expect(items[0]?.json.sent).toBe(true);
			expect(receivedBy()).toEqual([{ text: 'Welcome!', attachments: 1 }]);
			expect(scenario.sandbox.log.count(PATHS.upload)).toBe(2);
		},
	);

	it('stays unknown under Retry On Fail where it is an error', async () => {
		scenario.sandbox.faults.add({ path: PATHS.welcome, call: 1, fault: LOST_RESPONSES[0][1] });
		const { error } = await welcome(
			itemsFor(scenario.welcomeCode()),
			{ options: { ifNotSent: 'error' } },
			retryOnFail,
		);
		expect(error?.message).toBe('The welcome message may or may not have been sent');
		expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(1);
	});
});

it('does not send again what an earlier try of Retry On Fail sent', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.welcome,
		call: 2,
		fault: { kind: 'errcode', errcode: 48002 },
	});
	const { items } = await welcome(
		itemsFor(scenario.welcomeCode(0), scenario.welcomeCode(1)),
		{},
		retryOnFail,
	);
	expect(items.map(({ json }) => json.sent)).toEqual([true, true]);
	expect(receivedBy(0)).toHaveLength(1);
	expect(scenario.sandbox.log.count(PATHS.welcome)).toBe(3);
});

it.each([
	['no code', undefined, /'Welcome Code' is empty/],
	['an empty code', '', /'Welcome Code' is empty/],
	['a code of blanks', ' \u200b ', /'Welcome Code' is empty/],
	['the text undefined', 'undefined', /'Welcome Code'/],
	['an object', {}, /'Welcome Code'/],
])('refuses %s before any request', async (_, code, message) => {
	const { error } = await welcome(itemsFor(code));
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['nothing to say', { text: '' }, /The message is empty/],
	['a text of 4,001 bytes', { text: 'x'.repeat(4_001) }, /4,?001 bytes/],
	[
		'ten attachments',
		attach(
			...Array.from({ length: 10 }, () => ({
				type: 'link',
				title: 'Shop',
				url: 'https://example.com/',
			})),
		),
		/10 attachments/,
	],
	['an option of no kind', { options: { ifNotSent: 'perhaps' } }, /'If Not Sent'/],
	['a time of no kind', { options: { validUntil: 'soon' } }, /'Valid Until' must be a date/],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await welcome(itemsFor(scenario.welcomeCode()), parameters);
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('leaves the code usable when a file cannot be sent', async () => {
	const code = scenario.welcomeCode();
	const item = await scenario.itemWithFile('a.gif', {
		content: fileOf('gif'),
		json: { welcome_code: code },
	});
	const { error } = await welcome([item], attach({ type: 'any', binaryField: 'data' }));
	expect(error?.message).toMatch(/is not JPG or PNG/);
	const { items } = await welcome(itemsFor(code));
	expect(items[0]?.json.sent).toBe(true);
});
