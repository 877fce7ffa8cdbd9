import { useScenario } from '../../harness/scenario';
import { scroll } from './scroll';

const scenario = useScenario({ seed: { members: 500, customersPerMember: 0, tags: 0 } });

it('shows members in pages', async () => {
	const { results, requests } = await scroll(scenario, 'searchMembers');
	expect(results).toHaveLength(500);
	expect(results[0]).toEqual({ name: 'member1', value: 'member1' });
	expect(requests).toBe(5);
});

it('finds members by a part of the ID', async () => {
	const { names } = await scroll(scenario, 'searchMembers', { filter: ' MEMBER49 ' });
	expect(names).toEqual(['member49', ...Array.from({ length: 10 }, (_, i) => `member49${i}`)]);
});
