import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { RESET_AFTER } from '../../../harness/faults';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { byId, continueOnFail, retryOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function session(operation: string, parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'session', operation, ...parameters },
		{ input: [scenario.pair()], ...run },
	);
}

function state(position = 0): number {
	return scenario.service.chat(scenario.account, scenario.customer(position)).state;
}

describe('Get State', () => {
	it('says who has the session of each item', async () => {
		scenario.heard('One', 0);
		scenario.heard('Two', 1);
		scenario.heard('Three', 2);
		scenario.service.handOver(scenario.account, scenario.customer(1), 'wei');
		scenario.service.handOver(scenario.account, scenario.customer(2));
		const input = [scenario.pair(0), scenario.pair(1), scenario.pair(2)];
		const { items } = await session('getState', {}, { input });
		const row = (position: number, service_state: number, name: string, userid?: string) => ({
			json: {
				...scenario.pair(position),
				service_state,
				service_state_name: name,
				servicer_userid: userid ?? null,
			},
			pairedItem: { item: position },
		});
		expect(items).toEqual([
			row(0, 0, 'new'),
			row(1, 3, 'with_servicer', 'wei'),
			row(2, 2, 'waiting_for_servicer'),
		]);
	});

	it('of a customer who has not written is ended', async () => {
		const { items } = await session('getState');
		expect(items[0]?.json.service_state_name).toBe('ended');
	});
});

describe('Assign', () => {
	it('lets the customer wait in the pool, with a code for one message', async () => {
		scenario.heard();
		const { items } = await session('assign');
		expect(items[0]?.json).toEqual({
			...scenario.pair(),
			service_state: 2,
			service_state_name: 'waiting_for_servicer',
			servicer_userid: null,
			msg_code: expect.any(String) as string,
		});
		expect(state()).toBe(2);
		const { items: reply } = await scenario.reply({}, { input: [scenario.pair()] });
		expect(reply[0]?.json).toMatchObject({ state: 'not_sent', reason: 'session_not_open' });
	});

	it('hands the session to the servicer of each item', async () => {
		scenario.heard('One', 0);
		scenario.heard('Two', 1);
		const input = ['lin', 'wei'].map((who, position) => ({ ...scenario.pair(position), who }));
		const parameters = { assignTo: 'servicer', servicer: byId('={{ $json.who }}') };
		const { items } = await session('assign', parameters, { input });
		expect(items.map(({ json, pairedItem }) => [json.servicer_userid, pairedItem])).toEqual([
			['lin', { item: 0 }],
			['wei', { item: 1 }],
		]);
		expect([state(0), state(1)]).toEqual([3, 3]);
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
		const { error, status } = await session('assign', parameters);
		expect(status).toBe('error');
		expect(error?.message).toContain(message);
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(0);
	});

	it.each<[string, string, string]>([
		[
			'somebody who does not serve the account',
			'chen',
			'The member is no servicer of this account',
		],
		['a servicer who takes a break', 'wei', 'The servicer is not receiving customers'],
	])('%s is an error that says what to do', async (_, userid, message) => {
		scenario.heard();
		scenario.service.servicers.setStatus(scenario.account, 'wei', 'stopped');
		const { error } = await session('assign', { assignTo: 'servicer', servicer: byId(userid) });
		expect(error?.message).toContain(message);
		expect(state()).toBe(0);
	});

	it('fails its item alone under Continue On Fail', async () => {
		scenario.heard('Two', 1);
		const input = [scenario.pair(0), scenario.pair(1)];
		const { items } = await session('assign', {}, { input, ...continueOnFail });
		expect(items.map(({ json }) => json.service_state_name ?? json.error)).toEqual([
			expect.stringContaining('The session has ended'),
			'waiting_for_servicer',
		]);
	});
});

describe('End', () => {
	it('ends the session, with a code for a goodbye; the next message opens another', async () => {
		scenario.heard();
		scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
		const { items } = await session('end');
		expect(items[0]?.json).toMatchObject({
			service_state: 4,
			service_state_name: 'ended',
			msg_code: expect.any(String) as string,
		});
		scenario.heard('And?');
		expect(state()).toBe(0);
	});

	it('of one that has ended says how a new one begins', async () => {
		const { error } = await session('end');
		expect(error).toMatchObject({
			message: expect.stringContaining('The session has ended') as string,
			description: expect.stringContaining('next message') as string,
		});
	});
});

describe('Return to Assistant', () => {
	it('takes a new session for the API', async () => {
		scenario.heard();
		const { items } = await session('returnToAssistant');
		expect(items[0]?.json).toMatchObject({ service_state: 1, service_state_name: 'assistant' });
		expect(state()).toBe(1);
	});

	it('cannot take one from a servicer', async () => {
		scenario.heard();
		scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
		const { error } = await session('returnToAssistant');
		expect(error?.message).toContain('The session cannot change like this');
		expect(error?.description).toContain('Session > Get State');
		expect(state()).toBe(3);
	});
});

describe('a lost answer to a change', () => {
	it('is not repeated, and says where to look', async () => {
		scenario.heard();
		scenario.sandbox.faults.add({ path: PATHS.transferSession, fault: RESET_AFTER });
		const { error } = await session('end', {}, retryOnFail);
		expect(error).toMatchObject({
			message: expect.stringContaining('may or may not have changed the session') as string,
			description: expect.stringContaining('Session > Get State') as string,
		});
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(1);
	});

	it('Retry On Fail keeps the changes of earlier items, with their codes', async () => {
		scenario.heard('One', 0);
		scenario.heard('Two', 1);
		scenario.sandbox.faults.add({
			path: PATHS.transferSession,
			call: 2,
			fault: { kind: 'errcode', errcode: 48007 },
		});
		const input = [scenario.pair(0), scenario.pair(1)];
		const { items } = await session('end', {}, { input, ...retryOnFail });
		expect(items.map(({ json }) => [json.service_state, typeof json.msg_code])).toEqual([
			[4, 'string'],
			[4, 'string'],
		]);
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(3);
	});
});
