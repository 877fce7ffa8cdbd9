import { fileOf, MB } from '../../harness/files';
import { PATHS } from '../../harness/requests';
import { attach, byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it('makes 3 tasks of 25,000 rows of one member with 3 create requests and one token', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 25_000 } });
	const { sandbox } = scenario;
	const [member] = [...sandbox.world.corp.members.keys()] as [string];
	const ids = scenario.customersOf(member);
	const { items, hints } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', member: byId(member) },
		{ input: ids.map((external_userid) => ({ external_userid })) },
	);

	expect(items.map(({ json }) => [json.batch, json.batch_count, json.recipient_count])).toEqual([
		[1, 3, 10_000],
		[2, 3, 10_000],
		[3, 3, 5_000],
	]);
	expect(scenario.recipientsOfTasks().flat()).toEqual(ids);
	expect(sandbox.log.count(PATHS.create)).toBe(3);
	expect(sandbox.log.count(PATHS.token)).toBe(1);
	const rows = items.flatMap(({ pairedItem }) => pairedItem as Array<{ item: number }>);
	expect(rows.map(({ item }) => item)).toEqual(ids.map((_, index) => index));
	expect(hints[0]?.message).toContain('3 tasks created');
});

it('makes 5 tasks of 25,000 rows of 5 members', async () => {
	await scenario.restart({ seed: { members: 5, customersPerMember: 5_000 } });
	const { sandbox } = scenario;
	const rows = [...sandbox.world.corp.members.keys()].flatMap((member) =>
		scenario.customersOf(member).map((external_userid) => ({ external_userid, member })),
	);
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', idField: 'external_userid', member: byId('={{ $json.member }}') },
		{ input: rows },
	);
	expect(items.map(({ json }) => json.recipient_count)).toEqual([
		5_000, 5_000, 5_000, 5_000, 5_000,
	]);
	expect(sandbox.log.count(PATHS.create)).toBe(5);
});

it('splits 10,001 IDs into two tasks', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 10_001 } });
	const { sandbox } = scenario;
	const [member] = [...sandbox.world.corp.members.keys()] as [string];
	const { items } = await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: scenario.customersOf(member).join('\n'),
		member: byId(member),
	});
	expect(items.map(({ json }) => json.recipient_count)).toEqual([10_000, 1]);
});

it('uploads an image of 5 MB once for a broadcast of 25,000 items in 3 batches', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 25_000 } });
	const { sandbox } = scenario;
	const data = await scenario.file('cover.png', fileOf('png', 5 * MB));
	const input = scenario.customersOf('member1').map((external_userid) => ({
		json: { external_userid },
		binary: { data },
	}));
	const { error, items } = await scenario.broadcast(
		{
			...attach({ type: 'image' }),
			sendTo: 'inputItems',
			idField: 'external_userid',
			member: byId('member1'),
		},
		{ input },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.recipient_count)).toEqual([10_000, 10_000, 5_000]);
	expect(sandbox.log.count(PATHS.upload)).toBe(1);
	expect(new Set(scenario.tasks().map((task) => JSON.stringify(task.attachments))).size).toBe(1);
});
