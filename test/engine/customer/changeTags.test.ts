import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function change(parameters: IDataObject, run: ScenarioRun = {}) {
	return await scenario.run(
		{
			resource: 'customer',
			operation: 'changeTags',
			member: byId('lin'),
			customer: byId(amy()),
			...parameters,
		},
		run,
	);
}

function amy(): string {
	return scenario.customersOf('lin')[0] ?? '';
}

function tagsOf(userid: string, externalUserid: string): string[] {
	const { corp } = scenario.sandbox.world;
	const ids = corp.relation(userid, externalUserid)?.tagIds ?? [];
	return ids.map((id) => corp.tags.get(id)?.name ?? id).sort();
}

describe('adds and removes tags', () => {
	it.each([
		['names', () => ({ addTags: ['Cakes', 'Silver'], removeTags: ['Gold'] })],
		[
			'IDs',
			() => ({
				addTags: [scenario.tagId('Cakes'), scenario.tagId('Silver')],
				removeTags: [scenario.tagId('Gold')],
			}),
		],
		[
			'groups and names',
			() => ({ addTags: ['Interest: Cakes', 'Level：Silver'], removeTags: 'Level:Gold' }),
		],
		['text with commas', () => ({ addTags: '={{ "Cakes, Silver" }}', removeTags: ' Gold ' })],
	])('by %s', async (_, parameters) => {
		const { items, status } = await change(parameters());
		expect(status).toBe('success');
		expect(items).toEqual([
			{
				json: {
					userid: 'lin',
					external_userid: amy(),
					add_tag: [scenario.tagId('Cakes'), scenario.tagId('Silver')],
					add_tag_name: ['Cakes', 'Silver'],
					remove_tag: [scenario.tagId('Gold')],
					remove_tag_name: ['Gold'],
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(tagsOf('lin', amy())).toEqual(['Cakes', 'Green tea', 'Silver']);
		// The same customer of another member keeps its own.
		expect(tagsOf('wei', amy())).toEqual(['Gold']);
	});

	it('keeps the spaces inside a name', async () => {
		await change({ removeTags: 'Green tea' });
		expect(tagsOf('lin', amy())).toEqual(['Gold']);
	});

	it('accepts the ID of a strategy tag, which is in no library, as is', async () => {
		const id = `st${'A'.repeat(30)}`;
		const { error } = await change({ addTags: [id] });
		// The sandbox has no strategy tags.
		expect(error?.description).toContain('(errcode 40068, doc 92118)');
		expect(scenario.sandbox.log.calls(PATHS.markTag)[0]?.body).toMatchObject({ add_tag: [id] });
	});

	it('reads the library once for all items and calls once per customer', async () => {
		const ids = scenario.customersOf('lin');
		const { items } = await change(
			{ customer: byId('={{ $json.id }}'), addTags: '={{ $json.tag }}' },
			{ input: ids.map((id) => ({ id, tag: 'Bronze' })) },
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(items.map(({ json }) => json.external_userid)).toEqual(ids);
		for (const id of ids) expect(tagsOf('lin', id)).toContain('Bronze');
		expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(12);
	});

	it('merges the items of one member and customer into one call, in which the last item wins', async () => {
		const [, ben] = scenario.customersOf('lin') as [string, string];
		const { items } = await change(
			{
				customer: byId('={{ $json.id }}'),
				addTags: '={{ $json.add }}',
				removeTags: '={{ $json.remove }}',
			},
			{
				input: [
					{ id: amy(), add: 'Cakes' },
					{ id: ben, add: 'Cakes' },
					{ id: amy(), add: ['Silver', 'Cakes'] },
					{ id: amy(), add: 'Oolong', remove: 'Cakes, Gold' },
				],
			},
		);
		expect(items).toEqual([
			{
				json: expect.objectContaining({
					external_userid: amy(),
					add_tag_name: ['Silver', 'Oolong'],
					remove_tag_name: ['Cakes', 'Gold'],
				}) as object,
				pairedItem: [{ item: 0 }, { item: 2 }, { item: 3 }],
			},
			{
				json: expect.objectContaining({ external_userid: ben }) as object,
				pairedItem: { item: 1 },
			},
		]);
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(2);
		expect(tagsOf('lin', amy())).toEqual(['Green tea', 'Oolong', 'Silver']);
	});

	it('keeps the same customer of different members apart', async () => {
		await change(
			{ member: byId('={{ $json.member }}'), addTags: ['Bronze'] },
			{ input: [{ member: 'lin' }, { member: 'wei' }] },
		);
		expect(tagsOf('lin', amy())).toContain('Bronze');
		expect(tagsOf('wei', amy())).toContain('Bronze');
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(2);
	});

	it('repeats a change that conflicted with another one of the same pair (45035)', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.markTag,
			times: 2,
			fault: { kind: 'errcode', errcode: 45035 },
		});
		const { status } = await change({ addTags: ['Cakes'] });
		expect(status).toBe('success');
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(3);
		expect(tagsOf('lin', amy())).toContain('Cakes');
	});

	it('repeats a change whose response was lost: it is idempotent', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.markTag,
			call: 1,
			fault: RESET_AFTER,
		});
		const { status } = await change({ addTags: ['Cakes'] });
		expect(status).toBe('success');
		expect(tagsOf('lin', amy())).toEqual(['Cakes', 'Gold', 'Green tea']);
	});

	it('gives up on a lasting conflict and calls it retryable', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.markTag,
			fault: { kind: 'errcode', errcode: 45035 },
		});
		const { items } = await change({ addTags: ['Cakes'] }, continueOnFail);
		expect(items[0]?.json).toMatchObject({ details: { errcode: 45035, retryable: true } });
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(4);
	});
});

describe('names without exactly one tag', () => {
	function markCalls() {
		return scenario.sandbox.log.count(PATHS.markTag);
	}

	it('refuses an unknown name, suggests the closest ones and creates nothing', async () => {
		const before = scenario.sandbox.world.corp.tags.size;
		const { error } = await change({ addTags: ['Glod'] });
		expect(error).toMatchObject({
			message: 'There is no tag "Glod"',
			description:
				'The nearest tags: Level: Gold. The node creates no tags here: use Tag > Create for a new one.',
			context: { itemIndex: 0 },
		});
		expect(scenario.sandbox.world.corp.tags.size).toBe(before);
		expect(markCalls()).toBe(0);
	});

	it('says where the tags are when none is near', async () => {
		const { error } = await change({ addTags: ['Platinum'] });
		expect(error).toMatchObject({
			message: 'There is no tag "Platinum"',
			description:
				'Choose one from the list, or read them with Tag > List. The node creates no tags here: use Tag > Create for a new one.',
		});
	});

	it('refuses a name of two tags until the group is given', async () => {
		const { corp } = scenario.sandbox.world;
		corp.addTagGroup('Metal', ['Gold'], { createTime: 0 });
		const { error } = await change({ addTags: ['Gold'] });
		expect(error?.message).toBe('2 tags are called "Gold"');
		expect(error?.description).toMatch(
			/^Write it as "Group: Tag" or give its ID: Level: Gold \(et.+\), Metal: Gold \(et.+\)\.$/,
		);
		expect(markCalls()).toBe(0);

		const { items } = await change({ addTags: ['Metal: Gold'] });
		expect(items[0]?.json.add_tag_name).toEqual(['Gold']);
		expect(items[0]?.json.add_tag).not.toEqual([scenario.tagId('Gold')]);
	});

	it('does not find a deleted tag', async () => {
		const tag = scenario.sandbox.world.corp.tags.get(scenario.tagId('Silver'));
		if (tag) tag.deleted = true;
		const { error } = await change({ addTags: ['Silver'] });
		expect(error?.message).toBe('There is no tag "Silver"');
	});

	it('says if there are no tags at all', async () => {
		for (const group of scenario.sandbox.world.corp.tagGroups.values()) group.deleted = true;
		const { error } = await change({ addTags: ['Gold'] });
		expect(error?.description).toContain('The corporation has no tags');
	});
});

describe('bad input', () => {
	it.each([
		['no tags', {}, 'There is no tag to add or remove'],
		[
			'expressions without tags',
			{ addTags: '={{ $json.no }}', removeTags: '={{ [] }}' },
			'There is no tag to add or remove',
		],
		['blank tags', { addTags: ' , ', removeTags: [''] }, 'There is no tag to add or remove'],
		[
			'tags that are no list',
			{ addTags: '={{ ({ a: 1 }) }}' },
			"'Add Tag Names or IDs' must be a list of text values",
		],
		['no member', { member: byId('={{ $json.no }}'), addTags: ['Gold'] }, "'Member' is empty"],
		['no customer', { customer: byId('={{ " " }}'), addTags: ['Gold'] }, "'Customer' is empty"],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { status, error } = await change(parameters as IDataObject);
		expect(status).toBe('error');
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('refuses to add and remove the same tag', async () => {
		const { error } = await change({ addTags: ['Gold'], removeTags: [scenario.tagId('Gold')] });
		expect(error?.message).toBe('The tag "Gold" is to be both added and removed');
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(0);
	});

	it('changes nothing at all when one bad item stops the run', async () => {
		const { error } = await change(
			{ addTags: '={{ $json.tag }}' },
			{ input: [{ tag: 'Cakes' }, { tag: 'Nonsense' }] },
		);
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		expect(scenario.sandbox.log.count(PATHS.markTag)).toBe(0);
	});

	it('does what it can under Continue On Fail and pairs every failure with its item', async () => {
		const chens = scenario.customersOf('chen')[0] as string;
		const { items, status } = await change(
			{ customer: byId('={{ $json.id }}'), addTags: '={{ $json.tag }}' },
			{
				...continueOnFail,
				input: [
					{ id: amy(), tag: 'Nonsense' },
					{ id: chens, tag: 'Cakes' },
					{ id: 'wmNobody', tag: 'Cakes' },
					{ id: amy(), tag: 'Cakes' },
				],
			},
		);
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['There is no tag "Nonsense"', { item: 0 }],
			['The customer is not a contact of this member', { item: 1 }],
			['WeCom does not know this customer', { item: 2 }],
			[undefined, { item: 3 }],
		]);
		expect(items[1]?.json.details).toMatchObject({
			errcode: 84061,
			hint: expect.stringContaining(`Customer ${chens} of member lin.`) as string,
		});
		expect(items[1]?.json.details).toMatchObject({
			hint: expect.stringMatching(/^The customer is a contact of chen\. /) as string,
		});
		expect(tagsOf('lin', amy())).toContain('Cakes');
	});

	it('reads the library once, and tells every item why that failed', async () => {
		for (const app of scenario.sandbox.world.corp.apps.values()) app.callable = false;
		const { items } = await change(
			{ addTags: ['Gold'] },
			{ ...continueOnFail, input: [{}, {}, {}] },
		);
		expect(items).toHaveLength(3);
		expect(items[2]?.json.details).toMatchObject({ errcode: 48002 });
	});
});
