import { useScenario } from '../../harness/scenario';
import { requestCounts } from './requestCounts';

const scenario = useScenario();

/** What the sandbox's own relations say. */
function matching(
	test: (relation: { tagIds: string[]; addWay: number; createTime: number }) => boolean,
) {
	return [...scenario.sandbox.world.corp.members.values()]
		.flatMap((member) => member.relations)
		.filter(test).length;
}

it.each([
	['an ID', () => [scenario.tagId('Gold')]],
	['a name', () => 'Gold'],
	['a group and a name', () => 'Level：Gold'],
])('filters by %s of a tag', async (_, tags) => {
	const { items } = await scenario.listCustomers({ filters: { tags: tags() } });
	expect(items).toHaveLength(matching(({ tagIds }) => tagIds.includes(scenario.tagId('Gold'))));
	expect(items.length).toBeGreaterThan(3);
});

it('filters by any or all of several tags, and by names with spaces', async () => {
	const has = (name: string) => (relation: { tagIds: string[] }) =>
		relation.tagIds.includes(scenario.tagId(name));
	const any = await scenario.listCustomers({ filters: { tags: 'Gold, Green tea' } });
	expect(any.items).toHaveLength(matching((row) => has('Gold')(row) || has('Green tea')(row)));
	const all = await scenario.listCustomers({
		filters: { tags: ['Gold', 'Green tea'], tagMatch: 'all' },
	});
	expect(all.items).toHaveLength(matching((row) => has('Gold')(row) && has('Green tea')(row)));
	expect(all.items.length).toBeLessThan(any.items.length);
});

it('filters by a period in the workflow’s time zone, start included and end excluded', async () => {
	const { items: everybody } = await scenario.listCustomers({
		memberScope: 'chosen',
		members: ['lin'],
	});
	const [first, second, third] = everybody.map(({ json }) => json.created_at as string);
	const { items } = await scenario.listCustomers({
		memberScope: 'chosen',
		members: ['lin'],
		filters: { addedAfter: first?.slice(0, 19), addedBefore: third },
	});
	expect(items.map(({ json }) => json.created_at)).toEqual([first, second]);
});

it('filters by how customers were added and by their type', async () => {
	const { items } = await scenario.listCustomers({ filters: { addWay: [3, 201] } });
	expect(items).toHaveLength(matching(({ addWay }) => addWay === 3 || addWay === 201));
	const wecom = await scenario.listCustomers({ filters: { type: 2 } });
	expect(wecom.items.map(({ json }) => json.type_name)).toEqual(Array(3).fill('wecom_user'));
});

it('filters by a part of the name or the remark, ignoring case', async () => {
	const relation = scenario.sandbox.world.corp.members.get('chen')?.relations[0];
	if (relation) relation.remark = 'Likes ZHAO tea';
	const { items } = await scenario.listCustomers({ filters: { name: ' zhao ' } });
	expect(items.map(({ json }) => json.remark)).toContain('Likes ZHAO tea');
	expect(items).toHaveLength(3);
});

it('keeps only customers who pass all filters', async () => {
	const { items } = await scenario.listCustomers({ filters: { name: 'Amy', addWay: [201] } });
	expect(items.map(({ json }) => json.userid)).toEqual(['wei']);
});

it.each([
	['tags', '={{ $json.missing }}', "'Tag Names or IDs' is empty"],
	['tags', [], "'Tag Names or IDs' is empty"],
	['tags', ' , ', "'Tag Names or IDs' is empty"],
	['tags', '={{ [{ id: 1 }] }}', "'Tag Names or IDs' must be a list of text values"],
	['name', '={{ $json.missing }}', "'Name Contains' has no value"],
	['name', '  ', "'Name Contains' is empty"],
	['addWay', [], "'How Added' is empty"],
	['addWay', '={{ ["by chance"] }}', "'How Added' has an unknown value"],
	['type', '={{ 3 }}', "'Customer Type' has an unknown value"],
	['addedAfter', 'last Tuesday', "'Added After' must be a date and time"],
	['addedBefore', '={{ $json.missing }}', "'Added Before' must be a date and time"],
])('refuses the filter %s with %j', async (name, value, message) => {
	const { status, error } = await scenario.listCustomers({ filters: { [name]: value } });
	expect(status).toBe('error');
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('refuses a period that ends before it begins', async () => {
	const { error } = await scenario.listCustomers({
		filters: { addedAfter: '2026-02-01', addedBefore: '2026-01-01' },
	});
	expect(error?.message).toBe("'Added After' must be before 'Added Before'");
});

it('refuses Tag Match alone, which would keep everybody', async () => {
	const { error } = await scenario.listCustomers({ filters: { tagMatch: 'all' } });
	expect(error).toMatchObject({
		message: "'Tag Match' needs the filter 'Tag Names or IDs'",
		description: expect.stringContaining('remove this one') as string,
	});
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('refuses an empty entry among tags that are all needed, which would keep too many', async () => {
	const tags = "={{ ['Gold', $json.missing] }}";
	const { error } = await scenario.listCustomers({ filters: { tags, tagMatch: 'all' } });
	expect(error?.message).toBe("'Tag Names or IDs' has an empty entry");
	expect(scenario.sandbox.log.count()).toBe(0);
	expect((await scenario.listCustomers({ filters: { tags } })).status).toBe('success');
});

it('refuses an unknown way to match tags', async () => {
	const { error } = await scenario.listCustomers({
		filters: { tags: 'Gold', tagMatch: '={{ "every" }}' },
	});
	expect(error?.message).toBe("'Tag Match' has an unknown value");
});

it('refuses an unknown tag before it lists anybody, and suggests the closest ones', async () => {
	const { error } = await scenario.listCustomers({ filters: { tags: 'gold' } });
	expect(error).toMatchObject({
		message: 'There is no tag "gold"',
		description: expect.stringContaining('The nearest tags: Level: Gold') as string,
	});
	expect(requestCounts(scenario)).toEqual({ members: 0, pages: 0, ids: 0, tags: 1 });
});
