import type { IDataObject } from 'n8n-workflow';

import { LOST_RESPONSES, RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function deleteTags(parameters: IDataObject = {}, run?: ScenarioRun) {
	return await scenario.run({ resource: 'tag', operation: 'delete', ...parameters }, run);
}

it('deletes a tag and keeps its group', async () => {
	const { items, hints } = await deleteTags({ target: 'tag', tag: byId(scenario.tagId('Gold')) });
	expect(items).toEqual([
		{
			json: {
				group_id: scenario.tagGroupId('Level'),
				group_name: 'Level',
				group_deleted: false,
				deleted_tag_count: 1,
				deleted_tag_id: [scenario.tagId('Gold')],
				deleted_tag_name: ['Gold'],
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(scenario.tagLibrary().Level).toEqual(['Silver', 'Bronze']);
	expect(hints).toEqual([]);
});

it('says that the group is gone with its last tag', async () => {
	const names = ['Gold', 'Silver', 'Bronze'];
	const { items, hints } = await deleteTags(
		{ tag: byId('={{ $json.id }}') },
		{ input: names.map((name) => ({ id: scenario.tagId(name) })) },
	);
	expect(items.map(({ json }) => json.group_deleted)).toEqual([false, false, true]);
	expect(hints.map(({ message }) => message)).toEqual([
		'The tag group "Level" disappeared with its last tag.',
	]);
	expect(scenario.tagLibrary()).not.toHaveProperty('Level');
	expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
});

it('deletes a group and counts its tags', async () => {
	const { items } = await deleteTags({
		target: 'group',
		tagGroup: byId(scenario.tagGroupId('Level')),
	});
	expect(items[0]?.json).toMatchObject({
		group_name: 'Level',
		group_deleted: true,
		deleted_tag_count: 3,
		deleted_tag_name: ['Gold', 'Silver', 'Bronze'],
	});
	expect(Object.keys(scenario.tagLibrary())).toEqual(['Interest', 'Consent']);
});

it.each([
	['no tag', { target: 'tag', tag: byId('={{ $json.no }}') }, "'Tag' is empty"],
	['no group', { target: 'group', tagGroup: byId('={{ " " }}') }, "'Tag Group' is empty"],
	[
		'a choice that resolved to nothing',
		{ target: '={{ $json.no }}', tag: byId('et1'), tagGroup: byId('et1') },
		"'Type' has an unknown value",
	],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await deleteTags(parameters as IDataObject);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['the name of a tag', 'tag', 'Gold', 'There is no tag with the ID "Gold"'],
	['an unknown group', 'group', 'etNobody', 'There is no tag group with the ID "etNobody"'],
])('deletes nothing for %s', async (_, target, id, message) => {
	const { error } = await deleteTags({ target, tag: byId(id), tagGroup: byId(id) });
	expect(error?.message).toBe(message);
	expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const { items } = await deleteTags(
		{ tag: byId('={{ $json.id }}') },
		{
			...continueOnFail,
			input: [
				{ id: scenario.tagId('Oolong') },
				{ id: scenario.tagId('Gold') },
				{ id: scenario.tagId('Gold') },
				{ id: scenario.tagId('Silver') },
			],
		},
	);
	expect(
		items.map(({ json, pairedItem }) => [json.deleted_tag_name ?? json.error, pairedItem]),
	).toEqual([
		['The app may not change this tag', { item: 0 }],
		[['Gold'], { item: 1 }],
		[`There is no tag with the ID "${scenario.tagId('Gold')}"`, { item: 2 }],
		[['Silver'], { item: 3 }],
	]);
	expect(scenario.tagLibrary()).toEqual({
		Level: ['Bronze'],
		Interest: ['Green tea', 'Oolong', 'Cakes'],
		Consent: ['Do not contact'],
	});
});

it.each(LOST_RESPONSES)(
	'is sent once, and says that the outcome is unknown, when %s',
	async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.deleteTags, fault });
		const { items } = await deleteTags({ tag: byId(scenario.tagId('Gold')) }, continueOnFail);
		expect(items[0]?.json).toMatchObject({
			error: 'WeCom may or may not have deleted the tag',
			details: {
				retryable: false,
				hint: expect.stringContaining('Check Tag > List') as string,
			},
		});
		expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(1);
	},
);

it('names the tag group that may be deleted, and is not repeated by Retry On Fail', async () => {
	scenario.sandbox.faults.add({ path: PATHS.deleteTags, fault: RESET_AFTER });
	const { error } = await deleteTags(
		{ target: 'group', tagGroup: byId(scenario.tagGroupId('Level')) },
		retryOnFail,
	);
	expect(error?.message).toBe('WeCom may or may not have deleted the tag group');
	expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(1);
});

it('continues where it stopped under Retry On Fail, and gives what all items deleted', async () => {
	const input = ['Gold', 'Silver', 'Bronze'].map((name) => ({ name, id: scenario.tagId(name) }));
	const fault = { kind: 'errcode', errcode: 40058 } as const;
	scenario.sandbox.faults.add({ path: PATHS.deleteTags, call: 2, fault });
	const { items, error, hints } = await deleteTags(
		{ tag: byId('={{ $json.id }}') },
		{ input, ...retryOnFail },
	);
	expect(error).toBeUndefined();
	expect(
		items.map(({ json, pairedItem }) => [json.deleted_tag_name, json.group_deleted, pairedItem]),
	).toEqual([
		[['Gold'], false, { item: 0 }],
		[['Silver'], false, { item: 1 }],
		[['Bronze'], true, { item: 2 }],
	]);
	expect(hints).toHaveLength(1);
	expect(scenario.sandbox.log.count(PATHS.deleteTags)).toBe(4);
});
