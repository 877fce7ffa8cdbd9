import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import type { ScenarioRun } from '../../../harness/scenario';
import { byId, continueOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

async function servicer(operation: string, parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run(
		{ resource: 'servicer', operation, account: byId(scenario.account), ...parameters },
		run,
	);
}

function serving(): string[] {
	return [...scenario.service.locate(scenario.account).account.servicers.keys()];
}

describe('List', () => {
	it('says who serves the account and who is receiving now', async () => {
		await servicer('add', { departments: '2' });
		scenario.service.servicers.setStatus(scenario.account, 'wei', 'suspended');
		const { items } = await servicer('list', { returnAll: true });
		const row = (json: IDataObject) => ({
			open_kfid: scenario.account,
			userid: null,
			department_id: null,
			status: null,
			status_name: null,
			stop_type: null,
			stop_type_name: null,
			...json,
		});
		expect(items.map(({ json }) => json)).toEqual([
			row({ userid: 'lin', status: 0, status_name: 'receiving' }),
			row({
				userid: 'wei',
				status: 1,
				status_name: 'stopped',
				stop_type: 1,
				stop_type_name: 'suspended',
			}),
			row({ department_id: 2 }),
		]);
	});

	it('reads the account of each item, up to the limit', async () => {
		const other = scenario.service.addAccount('Other', ['chen']).openKfId;
		const { items } = await servicer(
			'list',
			{ account: byId('={{ $json.id }}'), limit: 1 },
			{ input: [{ id: scenario.account }, { id: other }] },
		);
		expect(items.map(({ json, pairedItem }) => [json.userid, pairedItem])).toEqual([
			['lin', { item: 0 }],
			['chen', { item: 1 }],
		]);
	});
});

describe('Add', () => {
	it('says what became of each member and department', async () => {
		const { items, hints } = await servicer('add', {
			members: 'lin, chen nobody',
			departments: '={{ [2, "7"] }}',
		});
		expect(items.map(({ json }) => [json.userid, json.department_id, json.result])).toEqual([
			['lin', null, 'unchanged'],
			['chen', null, 'done'],
			['nobody', null, 'refused'],
			[null, 2, 'done'],
			[null, 7, 'done'],
		]);
		expect(items[2]?.json).toMatchObject({ errcode: 60111, errmsg: 'userid not found' });
		expect(hints.map(({ message }) => message)).toEqual([
			'WeCom refused some: see errcode and errmsg.',
		]);
		expect(serving()).toEqual(['lin', 'wei', 'chen']);
	});

	it('takes more than one call allows, and keeps those of earlier calls when a later one fails', async () => {
		const members = Array.from({ length: 150 }, (_, number) => `m${number}`);
		scenario.sandbox.faults.add({
			path: PATHS.addServicers,
			call: 2,
			fault: { kind: 'errcode', errcode: 48007 },
		});
		const { items } = await servicer('add', { members }, continueOnFail);
		expect(items).toHaveLength(101);
		expect(items[100]?.json.error).toContain('The app may not use this customer service account');
	});
});

describe('Remove', () => {
	it('takes members from the account of each item', async () => {
		const input = [{ who: 'lin' }, { who: 'chen' }];
		const { items } = await servicer('remove', { members: '={{ $json.who }}' }, { input });
		expect(items.map(({ json, pairedItem }) => [json.result, pairedItem])).toEqual([
			['done', { item: 0 }],
			['unchanged', { item: 1 }],
		]);
		expect(serving()).toEqual(['wei']);
	});
});

it.each<[string, IDataObject, string]>([
	['add', {}, "'Members' and 'Departments' are empty"],
	['remove', { members: '={{ $json.missing }}' }, "'Members'"],
	['remove', { members: '={{ [] }}' }, "'Members'"],
	['add', { departments: 'sales' }, "'Departments'"],
	['add', { account: byId(''), members: 'lin' }, 'Account'],
])('%s with %j changes nothing', async (operation, parameters, message) => {
	const { error } = await servicer(operation, parameters);
	expect(JSON.stringify([error?.message, error])).toContain(message);
	expect(scenario.sandbox.log.count()).toBe(0);
	expect(serving()).toEqual(['lin', 'wei']);
});
