import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';

const scenario = useCustomerService();

function serving(): string[] {
	return [...scenario.service.locate(scenario.account).account.servicers.keys()];
}

it('takes members from the account of each item', async () => {
	const input = [{ who: 'lin' }, { who: 'chen' }];
	const { items } = await scenario.ofAccount(
		'servicer',
		'remove',
		{ members: '={{ $json.who }}' },
		{ input },
	);
	expect(items.map(({ json, pairedItem }) => [json.result, pairedItem])).toEqual([
		['done', { item: 0 }],
		['unchanged', { item: 1 }],
	]);
	expect(serving()).toEqual(['wei']);
});

it.each<[IDataObject, string]>([
	[{ members: '={{ $json.missing }}' }, "'Members'"],
	[{ members: '={{ [] }}' }, "'Members'"],
])('%j changes nothing', async (parameters, message) => {
	const { error } = await scenario.ofAccount('servicer', 'remove', parameters);
	expect(error?.message).toContain(message);
	expect(scenario.sandbox.log.count()).toBe(0);
	expect(serving()).toEqual(['lin', 'wei']);
});
