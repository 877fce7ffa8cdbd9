import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { tagNamed, tagGroupNamed } from '../../harness/sandbox';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function update(parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run({ resource: 'tag', operation: 'update', ...parameters }, run);
}

it('renames and reorders a tag', async () => {
	const { tagId } = tagNamed(scenario.sandbox, 'Gold');
	const { items } = await update({
		target: 'tag',
		tag: byId(tagId),
		updateFields: { name: 'Golden', order: 4_294_967_295 },
	});
	expect(items).toEqual([
		{
			json: { tag_id: tagId, tag_name: 'Golden', order: 4_294_967_295 },
			pairedItem: { item: 0 },
		},
	]);
	expect(tagNamed(scenario.sandbox, 'Golden').order).toBe(4_294_967_295);
});

it('changes only the given fields, of a group as well', async () => {
	const { groupId } = tagGroupNamed(scenario.sandbox, 'Level');
	const { items } = await update({
		target: 'group',
		tagGroup: byId(groupId),
		updateFields: { name: 'Rank' },
	});
	expect(items[0]?.json).toEqual({ group_id: groupId, group_name: 'Rank' });
	expect(tagGroupNamed(scenario.sandbox, 'Rank').order).toBe(10);
	expect(scenario.sandbox.log.calls(PATHS.editTag)[0]?.body).toEqual({
		id: groupId,
		name: 'Rank',
	});
});

it.each([
	['nothing to change', {}, 'There is nothing to change'],
	['an empty name', { name: '' }, "'Name' is empty"],
	['a name that resolved to nothing', { name: '={{ $json.no }}' }, "'Name' has no value"],
	['a long name', { name: '茶'.repeat(31) }, "'Name' has 31 characters"],
	['a negative order', { order: -1 }, "'Order' must be a whole number from 0 to 4,294,967,295"],
	['a huge order', { order: 2 ** 32 }, "'Order' must be a whole number from 0 to 4,294,967,295"],
])('refuses %s before any request', async (_, updateFields, message) => {
	const { error } = await update({
		tag: byId(scenario.tagId('Gold')),
		updateFields: updateFields as IDataObject,
	});
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail, and says whose tags it may change', async () => {
	const { items } = await update(
		{ tag: byId('={{ $json.id }}'), updateFields: { name: '={{ $json.name }}' } },
		{
			...continueOnFail,
			input: [
				// The admin console made it.
				{ id: scenario.tagId('Oolong'), name: 'Black tea' },
				{ id: scenario.tagId('Gold'), name: 'Silver' },
				{ id: 'etNobody', name: 'X' },
				{ name: 'X' },
				{ id: scenario.tagId('Gold'), name: 'Platinum' },
			],
		},
	);
	expect(items.map(({ json, pairedItem }) => [json.tag_name ?? json.error, pairedItem])).toEqual([
		['The app may not change this tag', { item: 0 }],
		['A tag with this name already exists', { item: 1 }],
		['WeCom does not know this tag or tag group', { item: 2 }],
		["'Tag' is empty", { item: 3 }],
		['Platinum', { item: 4 }],
	]);
	expect(items[0]?.json.details).toMatchObject({
		errcode: 81011,
		hint: expect.stringContaining('Only the app that created a tag may change it') as string,
	});
});
