import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('says a hint once per run, however many items have it to say', async () => {
	const msgid = await scenario.createTask();
	await scenario.cancel(msgid);
	const { items, hints } = await scenario.run(
		{
			resource: 'message',
			operation: 'getTaskStatus',
			msgid: byId('={{ $json.msgid }}'),
			output: 'summary',
		},
		{ input: Array.from({ length: 20 }, () => ({ msgid })) },
	);
	expect(items).toHaveLength(20);
	expect(hints).toEqual([
		{
			message: expect.stringContaining('When the state is cancelled') as string,
			type: 'info',
			location: 'outputPane',
		},
	]);
});
