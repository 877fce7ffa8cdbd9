import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('lets an AI agent create again what it deleted', async () => {
	const tool = { asTool: { arguments: {} }, executionId: 'a conversation about tags' };
	const season = {
		resource: 'tag',
		operation: 'create',
		into: 'new',
		groupName: 'Season',
		tagNames: 'Autumn',
	};
	await scenario.run(season, tool);
	await scenario.run(
		{ resource: 'tag', operation: 'delete', target: 'tag', tag: byId(scenario.tagId('Autumn')) },
		tool,
	);
	expect(scenario.tagLibrary()).not.toHaveProperty('Season');
	const { items } = await scenario.run(season, tool);
	expect(scenario.tagLibrary().Season).toEqual(['Autumn']);
	const live = [...scenario.sandbox.world.corp.tags.values()].find(
		({ name, deleted }) => name === 'Autumn' && !deleted,
	);
	expect(JSON.stringify(items)).toContain(live?.tagId);
});
