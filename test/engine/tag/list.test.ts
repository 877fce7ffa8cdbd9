import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { tagNamed } from '../../harness/sandbox';
import type { ScenarioRun } from '../../harness/scenario';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function list(parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run({ resource: 'tag', operation: 'list', ...parameters }, run);
}

it('gives one item per tag with its group', async () => {
	const { items } = await list({ returnAll: true });
	expect(items).toHaveLength(7);
	expect(items[0]).toEqual({
		json: {
			tag_id: scenario.tagId('Gold'),
			tag_name: 'Gold',
			order: 0,
			create_time: tagNamed(scenario.sandbox, 'Gold').createTime,
			created_at: expect.stringContaining('+08:00') as string,
			group_id: scenario.tagGroupId('Level'),
			group_name: 'Level',
			group_order: 10,
		},
		pairedItem: { item: 0 },
	});
	expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
});

it('gives one item per group with its tags', async () => {
	const { items } = await list({ returnAll: true, output: 'groups' });
	expect(items.map(({ json }) => [json.group_name, json.tag_count])).toEqual([
		['Level', 3],
		['Interest', 3],
		['Consent', 1],
	]);
	expect((items[0]?.json.tags as IDataObject[])[1]).toMatchObject({ tag_name: 'Silver' });
});

it('keeps the limit and lists for every item', async () => {
	const { items } = await list({ limit: 2 }, { input: [{}, {}] });
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 0 },
		{ item: 1 },
		{ item: 1 },
	]);
});

it('gives no items when there are no tags', async () => {
	for (const each of scenario.sandbox.world.corp.tagGroups.values()) each.deleted = true;
	const { items, status } = await list();
	expect([status, items]).toEqual(['success', []]);
});

it.each([
	['an output that does not exist', { output: '={{ "x" }}' }, "'Output' has an unknown value"],
	[
		'a limit that is no number',
		{ limit: '={{ null }}' },
		"'Limit' must be a whole number of at least 1",
	],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await list(parameters);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});
