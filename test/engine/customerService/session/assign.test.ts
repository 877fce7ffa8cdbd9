import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import { byId, continueOnFail } from '../../../harness/scenario';

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
