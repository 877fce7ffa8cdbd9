import { useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario({ seed: { members: 1, customersPerMember: 0, tags: 10_000 } });

it('shows tags with their group, 100 at a time', async () => {
	const { results, paginationToken } = await scenario.search('searchTags');
	expect(results).toHaveLength(100);
	expect(results[0]?.name).toBe('Tags 1: Tag 1');
	expect(paginationToken).toBe('100');
});

it('finds tags by name or group', async () => {
	expect((await scroll(scenario, 'searchTags', { filter: 'tag 9999' })).names).toEqual([
		'Tags 100: Tag 9999',
	]);
	expect((await scroll(scenario, 'searchTags', { filter: 'tags 77:' })).names).toHaveLength(100);
	expect((await scroll(scenario, 'searchTags', { filter: 'no such tag' })).names).toEqual([]);
});

it('finds tag groups', async () => {
	const { names } = await scroll(scenario, 'searchTagGroups', { filter: 'tags 10' });
	expect(names).toEqual(['Tags 10', 'Tags 100']);
});
