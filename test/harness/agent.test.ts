import type { IDataObject } from 'n8n-workflow';

import { engineWith } from './toys';

const engine = engineWith(async function () {
	const { rewireOutputLogTo, type } = this.getNode();
	const seen = {
		isToolExecution: this.isToolExecution(),
		rewireOutputLogTo,
		type,
		word: this.getNodeParameter('word', 0),
		forPeople: this.getNodeParameter('forPeople', 0, 'hidden'),
	};
	return [[{ json: seen }]];
});
const node = { parameters: { word: "={{ $fromAI('word', 'A word', 'string') }}" } };

it('of today has the engine run its tool, which is then no tool execution', async () => {
	const { items, status } = await engine.run({ node, asTool: { arguments: { word: 'W' } } });

	expect(status).toBe('success');
	expect(items[0]?.json).toEqual({
		isToolExecution: false,
		rewireOutputLogTo: 'ai_tool',
		type: 'toyTool',
		word: 'W',
		forPeople: 'hidden',
	});
});

it('of older versions calls its tool itself', async () => {
	const { items, status } = await engine.run({
		node,
		asTool: { arguments: { word: 'W' }, through: 'supplyData' },
	});

	expect(status).toBe('success');
	const [seen] = items[0]?.json.response as IDataObject[];
	expect(seen).toEqual({
		isToolExecution: true,
		type: 'toyTool',
		word: 'W',
		forPeople: 'hidden',
	});
});
