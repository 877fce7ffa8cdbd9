import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import { byId, continueOnFail, retryOnFail } from '../../../harness/scenario';
import type { Fault } from '../../../sandbox/core/faults';

const scenario = useCustomerService();

it('lets the customer wait in the pool, with a code for one message', async () => {
	scenario.heard();
	const { items } = await scenario.session('assign');
	expect(items[0]?.json).toEqual({
		...scenario.pair(),
		service_state: 2,
		service_state_name: 'waiting_for_servicer',
		servicer_userid: null,
		msg_code: expect.any(String) as string,
	});
	expect(scenario.stateOf()).toBe(2);
	const { items: reply } = await scenario.reply({}, { input: [scenario.pair()] });
	expect(reply[0]?.json).toMatchObject({ state: 'not_sent', reason: 'session_not_open' });
});

describe('Message to the Customer', () => {
	const tell = { options: { messageToCustomer: 'A colleague will be with you in a moment.' } };
	const told = ['A colleague will be with you in a moment.'];

	it('reaches the customer, beside the 5 messages', async () => {
		const input = [scenario.heard()];
		const { items } = await scenario.session('assign', tell, { input });
		expect(items[0]?.json).toMatchObject({
			service_state: 2,
			message: {
				msgid: expect.any(String) as string,
				state: 'sent',
				reason: null,
				explanation: null,
			},
		});
		expect(scenario.texts()).toEqual(told);
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(0);
	});

	it('is sent once in all tries of Retry On Fail', async () => {
		const input = [scenario.heard('One', 0), scenario.pair(1)];
		scenario.heard('Two', 1);
		scenario.sandbox.faults.add({
			path: PATHS.transferSession,
			call: 2,
			fault: { kind: 'errcode', errcode: 48002 },
		});
		await scenario.session('assign', tell, { input, ...retryOnFail });
		expect([scenario.texts(0), scenario.texts(1)]).toEqual([told, told]);
		expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(2);
	});

	it.each<[string, Fault, string, string | null]>([
		['a lost answer', RESET_AFTER, 'unknown', 'answer_lost'],
		['a refusal', { kind: 'errcode', errcode: 48002 }, 'not_sent', 'refused'],
		[
			'a session that is closed',
			{ kind: 'errcode', errcode: 95018 },
			'not_sent',
			'session_not_open',
		],
	])(
		'that meets %s is an outcome, since the session has changed',
		async (_, fault, state, reason) => {
			scenario.heard();
			scenario.sandbox.faults.add({ path: PATHS.sendOnEvent, fault });
			const { items, error } = await scenario.session('assign', tell, retryOnFail);
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ service_state: 2, message: { state, reason } });
			expect(scenario.stateOf()).toBe(2);
			expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(1);
		},
	);

	it('is not sent where WeCom gives no code for it', async () => {
		scenario.heard();
		const servicer = { assignTo: 'servicer', servicer: byId('lin') };
		await scenario.session('assign', servicer);
		const { items } = await scenario.session('assign', {
			...servicer,
			servicer: byId('wei'),
			...tell,
		});
		expect(items[0]?.json).toMatchObject({
			servicer_userid: 'wei',
			msg_code: null,
			message: { msgid: null, state: 'not_sent', reason: 'no_event_code' },
		});
		expect(scenario.sandbox.log.count(PATHS.sendOnEvent)).toBe(0);
	});

	it('of more than 2,048 bytes is an error before the session changes', async () => {
		scenario.heard();
		const options = { messageToCustomer: '茶'.repeat(683) };
		const { error } = await scenario.session('assign', { options });
		expect(error?.message).toContain("'Message to the Customer'");
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(0);
	});
});

it('hands the session to the servicer of each item', async () => {
	scenario.heard('One', 0);
	scenario.heard('Two', 1);
	const input = ['lin', 'wei'].map((who, position) => ({ ...scenario.pair(position), who }));
	const parameters = { assignTo: 'servicer', servicer: byId('={{ $json.who }}') };
	const { items } = await scenario.session('assign', parameters, { input });
	expect(items.map(({ json, pairedItem }) => [json.servicer_userid, pairedItem])).toEqual([
		['lin', { item: 0 }],
		['wei', { item: 1 }],
	]);
	expect([scenario.stateOf(0), scenario.stateOf(1)]).toEqual([3, 3]);
});

it.each<[string, IDataObject, string]>([
	[
		'no servicer',
		{ assignTo: 'servicer', servicer: byId('={{ $json.missing }}') },
		"'Servicer' is empty",
	],
	['an unknown place', { assignTo: 'somebody' }, "'Assign To' has an unknown value"],
	['no customer', { customer: '={{ $json.missing }}' }, "'Customer' is empty"],
])('%s is an error before any request', async (_, parameters, message) => {
	const { error, status } = await scenario.session('assign', parameters);
	expect(status).toBe('error');
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(0);
});

it.each<[string, string, string]>([
	['somebody who does not serve the account', 'chen', 'The member is no servicer of this account'],
	['a servicer who takes a break', 'wei', 'The servicer is not receiving customers'],
])('%s is an error that says what to do', async (_, userid, message) => {
	scenario.heard();
	scenario.service.servicers.setStatus(scenario.account, 'wei', 'stopped');
	const { error } = await scenario.session('assign', {
		assignTo: 'servicer',
		servicer: byId(userid),
	});
	expect(error?.message).toContain(message);
	expect(scenario.stateOf()).toBe(0);
});

it('fails its item alone under Continue On Fail', async () => {
	scenario.heard('Two', 1);
	const input = [scenario.pair(0), scenario.pair(1)];
	const { items } = await scenario.session('assign', {}, { input, ...continueOnFail });
	expect(items.map(({ json }) => json.service_state_name ?? json.error)).toEqual([
		expect.stringContaining('The session has ended'),
		'waiting_for_servicer',
	]);
});
