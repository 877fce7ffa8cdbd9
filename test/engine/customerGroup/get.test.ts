import type { IDataObject } from 'n8n-workflow';

import { groupNamed } from '../../harness/sandbox';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

function chatId(name: string): string {
	return groupNamed(scenario.sandbox, name).chatId;
}

async function get(parameters: IDataObject, run: ScenarioRun = {}) {
	return await scenario.run({ resource: 'customerGroup', operation: 'get', ...parameters }, run);
}

it('gives a simplified group with the names of its members', async () => {
	const { items } = await get({ chat: byId(chatId('Tea tasting club')) });
	expect(items[0]).toEqual({
		json: {
			chat_id: chatId('Tea tasting club'),
			name: 'Tea tasting club',
			owner: 'lin',
			notice: 'Welcome to Tea tasting club!',
			create_time: expect.any(Number) as number,
			created_at: expect.stringContaining('+08:00') as string,
			admins: ['wei'],
			member_count: 10,
			customer_count: 8,
			member_list: expect.arrayContaining([
				{
					userid: 'lin',
					name: 'Lin Xiaomei',
					type_name: 'member',
					join_time: expect.any(Number) as number,
					joined_at: expect.any(String) as string,
				},
				expect.objectContaining({ name: 'Amy Zhao', type_name: 'customer' }),
			]) as object[],
		},
		pairedItem: { item: 0 },
	});
});

it('gives everything WeCom knows when Simplify is off', async () => {
	const { items } = await get({ chat: byId(chatId('Tea tasting club')), simple: false });
	const { member_list } = items[0]?.json as { member_list: IDataObject[] };
	expect(member_list[2]).toMatchObject({
		type: 2,
		join_scene: 3,
		join_scene_name: 'qr_code',
		join_time: expect.any(Number) as number,
		state: 'spring-expo',
	});
	expect(member_list[3]).toMatchObject({ join_scene: 1, invitor: { userid: 'lin' } });
});

it('refuses an empty group before any request', async () => {
	const { error } = await get({ chat: byId('={{ $json.no }}') });
	expect(error).toMatchObject({
		message: "'Customer Group' is empty",
		context: { itemIndex: 0 },
	});
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('reads one group per item and keeps the other items with Continue On Fail', async () => {
	const { items } = await get(
		{ chat: byId('={{ $json.chat_id }}') },
		{
			...continueOnFail,
			input: [{ chat_id: chatId('Cake lovers') }, { chat_id: 'wrNobody' }, {}],
		},
	);
	expect(items.map(({ json, pairedItem }) => [json.name ?? json.error, pairedItem])).toEqual([
		['Cake lovers', { item: 0 }],
		['WeCom does not know this customer group', { item: 1 }],
		["'Customer Group' is empty", { item: 2 }],
	]);
	expect(items[1]?.json.details).toMatchObject({ errcode: 40050, retryable: false });
});
