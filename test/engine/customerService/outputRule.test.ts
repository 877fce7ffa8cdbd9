import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../../nodes/WeComCustomerService/resources';
import { useCustomerService } from '../../harness/customerService';
import { PATHS } from '../../harness/requests';
import { byId } from '../../harness/scenario';
import type { FoundObject } from '../all/outputRules';
import { ODD, objectsIn, violations, ZONE } from '../all/outputRules';

const CODED_HERE = ['gender', 'service_state', 'status', 'stop_type'];

const scenario = useCustomerService();

/** Everything that the operations can be asked for, by `resource.operation`, in an order that leaves something to ask. */
function requests(): Record<string, IDataObject[]> {
	const account = byId(scenario.account);
	const other = byId(scenario.service.addAccount('Other').openKfId);
	const code = scenario.service.enter(scenario.account, scenario.customer(1));
	scenario.heard('Hello', 0);
	scenario.heard('Hello', 2);
	const ofSession = { account, customer: scenario.customer() };
	return {
		'account.create': [{ name: 'New' }],
		'account.getLink': [{ account, options: { scene: 'site' } }],
		'account.list': [{ returnAll: true }],
		'account.update': [{ account: other, name: 'Another' }],
		'account.delete': [{ account: other }],
		'customer.get': [{ customers: scenario.customer(), options: { includeEntry: true } }],
		'message.send': [{ ...ofSession, text: 'Hi' }],
		'message.sendOnEvent': [{ code, text: 'Welcome' }],
		'servicer.add': [{ account, members: 'lin, nobody', departments: '2' }],
		'servicer.list': [{ account }],
		'servicer.remove': [{ account, members: 'lin' }],
		'session.getState': [ofSession],
		'session.returnToAssistant': [{ ...ofSession, customer: scenario.customer(2) }],
		'session.assign': [ofSession],
		'session.end': [ofSession],
		'statistic.account': [{ account }],
		'statistic.servicer': [{ account, servicer: byId('wei') }],
	};
}

async function outputs(): Promise<FoundObject[]> {
	const found: FoundObject[] = [];
	scenario.heard('Yesterday');
	scenario.service.handOver(scenario.account, scenario.customer(), 'wei');
	scenario.service.servicers.end(scenario.account, scenario.customer());
	scenario.sandbox.clock.advance(86_400);
	for (const [operation, all] of Object.entries(requests())) {
		const [resource, value] = operation.split('.');
		for (const parameters of all) {
			const sent_at = scenario.sandbox.clock.now();
			const { items, error } = await scenario.run(
				{ resource, operation: value, ...parameters },
				{
					input: [
						await scenario.itemWithFile('tea.png', {
							json: { origin: 3, msgid: 'm1', send_time: sent_at },
						}),
					],
					timezone: ZONE,
				},
			);
			if (error) throw error;
			expect([operation, items.length > 0]).toEqual([operation, true]);
			found.push(
				...objectsIn(
					operation,
					items.map(({ json }) => json),
				),
			);
		}
	}
	return found;
}

it('asks every operation', () => {
	const operations = resources.flatMap(({ value, operations: all }) =>
		all.map((operation) => `${value}.${operation.value}`),
	);
	expect(Object.keys(requests()).sort()).toEqual(operations.sort());
});

it('gives every time in ISO 8601 in the zone of the workflow, with the Unix number beside it, and names numbers', async () => {
	const found = await outputs();
	expect(found.flatMap(violations)).toEqual([]);
	const keys = found.flatMap(({ object }) => Object.keys(object));
	expect(keys).toEqual(expect.arrayContaining(['window_ends_at', ...CODED_HERE]));
});

it('never takes a number of WeCom that is new for one that it knows', async () => {
	const answer = (path: string, response: object) => {
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', ...response });
		scenario.sandbox.faults.add({ path, fault: { kind: 'notJson', body } });
	};
	answer(PATHS.sessionState, { service_state: ODD });
	answer(PATHS.servicers, { servicer_list: [{ userid: 'lin', status: ODD, stop_type: ODD }] });
	answer(PATHS.serviceCustomers, {
		customer_list: [{ external_userid: scenario.customer(), gender: ODD }],
	});
	const found = await outputs();
	expect(found.flatMap(violations)).toEqual([]);
	const odd = found.flatMap(({ object }) =>
		CODED_HERE.filter((key) => object[`${key}_name`] === `unknown_${ODD}`),
	);
	expect([...new Set(odd)].sort()).toEqual(CODED_HERE);
});

it('takes an answer without its lists for an empty one', async () => {
	for (const path of [PATHS.servicers, PATHS.serviceAccounts, PATHS.accountStatistic]) {
		scenario.sandbox.faults.add({
			path,
			fault: { kind: 'notJson', body: '{"errcode":0,"errmsg":"ok"}' },
		});
	}
	const account = byId(scenario.account);
	for (const parameters of [
		{ resource: 'servicer', operation: 'list', account },
		{ resource: 'account', operation: 'list' },
		{ resource: 'statistic', operation: 'account', account },
	]) {
		const { items, status } = await scenario.run(parameters);
		expect({ status, items }).toEqual({ status: 'success', items: [] });
	}
});
