import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function failSecondOfThree(onError?: 'continueRegularOutput' | 'continueErrorOutput') {
	const ids = scenario.customersOf('lin');
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: 2,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	return await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', text: '={{ $json.text }}' },
		{
			input: ids
				.slice(0, 3)
				.map((external_userid, index) => ({ external_userid, text: `${index}` })),
			node: { ...(onError && { onError }) },
		},
	);
}

it('stops the run at a failed batch and names the tasks that exist', async () => {
	const { error } = await failSecondOfThree();
	const [first] = scenario.tasks();
	expect(error).toMatchObject({ message: 'A parameter is not valid', context: { itemIndex: 1 } });
	expect(error?.description).toContain(`Already created; do not create again: ${first?.msgid}`);
	expect(scenario.tasks()).toHaveLength(1);
});

it('puts a failed batch between the others under Continue (regular output)', async () => {
	const { items } = await failSecondOfThree('continueRegularOutput');
	expect(items.map(({ json, pairedItem }) => [json.state ?? json.error, pairedItem])).toEqual([
		['created', { item: 0 }],
		['A parameter is not valid', { item: 1 }],
		['created', { item: 2 }],
	]);
});

it('puts a failed batch into the error output under Continue (error output)', async () => {
	const { items, errorItems } = await failSecondOfThree('continueErrorOutput');
	expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
	expect(errorItems.map(({ json }) => [json.error, json.text])).toEqual([
		['A parameter is not valid', '1'],
	]);
});
