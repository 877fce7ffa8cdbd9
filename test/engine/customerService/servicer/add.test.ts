import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import { continueOnFail } from '../../../harness/scenario';

const scenario = useCustomerService();

function serving(): string[] {
	return [...scenario.service.locate(scenario.account).account.servicers.keys()];
}

it('says what became of each member and department', async () => {
	const { items, hints } = await scenario.ofAccount('servicer', 'add', {
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
	const { items } = await scenario.ofAccount('servicer', 'add', { members }, continueOnFail);
	expect(items).toHaveLength(101);
	expect(items[100]?.json.error).toContain('The app may not use this customer service account');
});

it.each<[IDataObject, string]>([
	[{}, "'Members' and 'Departments' are empty"],
	[{ departments: 'sales' }, "'Departments'"],
])('%j changes nothing', async (parameters, message) => {
	const { error } = await scenario.ofAccount('servicer', 'add', parameters);
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count()).toBe(0);
	expect(serving()).toEqual(['lin', 'wei']);
});
