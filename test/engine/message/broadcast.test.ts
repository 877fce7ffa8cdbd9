import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import { wait } from '../../sandbox';

const scenario = useScenario();

it('plans without creating in a dry run', async () => {
	const ids = scenario.customersOf('lin');
	const { items, hints } = await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: ids,
		text: '茶',
		options: { dryRun: true },
	});
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^1 task planned, none created\. .* not checked with WeCom/),
		'Confirmations: lin 1.',
	]);
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			state: 'planned',
			msgid: '',
			recipient_count: ids.length,
			batch_count: 1,
			text_bytes: 3,
		}),
	]);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['tags', { sendTo: 'tags', tagGroups: { group: [{ tags: ['Gold'] }] } }],
	['all customers of members', { sendTo: 'allOfMembers', members: ['lin', 'chen'] }],
	['groups', { sendTo: 'groups', chatIds: 'wr1' }],
])('refuses Skip Customers at Their Limit for %s before any request', async (_, to) => {
	const { error } = await scenario.broadcast({ ...to, options: { skipAtLimit: 'perDay' } });
	expect(error).toMatchObject({
		message: 'Customers at their limit can be skipped only in a message that names its customers',
		context: { itemIndex: 0 },
	});
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	[
		'Send To',
		// n8n requires all fields that Send To can show.
		{
			sendTo: '={{ $json.missing }}',
			externalUserIds: 'wm1',
			members: ['lin'],
			chatIds: 'wr1',
			tagGroups: { group: [{ tags: ['Gold'] }] },
		},
	],
	['Sent By', { sendTo: 'customers', externalUserIds: 'wm1', sentBy: '={{ $json.missing }}' }],
])('refuses %s that resolved to nothing', async (name, parameters) => {
	const { error } = await scenario.broadcast(parameters);
	expect(error?.message).toBe(`'${name}' has an unknown value`);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('says how many tasks already existed', async () => {
	const run = async (members: string[]) =>
		await scenario.broadcast({
			sendTo: 'allOfMembers',
			members,
			options: { skipCreatedHours: 24 },
		});
	await run(['lin', 'chen']);
	const { hints } = await run(['lin', 'chen']);
	expect(hints.map(({ message }) => message)).toContain(
		'2 tasks not created: the same task already exists.',
	);
	const { hints: some } = await run(['lin', 'wei']);
	expect(some.map(({ message }) => message)).toEqual(
		expect.arrayContaining([
			'1 task created. Nothing is delivered before the members confirm in WeCom.',
			'1 task not created: the same task already exists.',
		]),
	);
});

it('lets the member change the recipients if wanted', async () => {
	await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: scenario.customersOf('lin'),
		options: { allowSelect: true },
	});
	expect(scenario.tasks()[0]?.allowSelect).toBe(true);
});

it('names the batch, the code and what to do when WeCom refuses', async () => {
	const { error } = await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: 'wm-unknown',
		member: byId('nobody'),
	});
	expect(error).toMatchObject({
		message: 'WeCom does not know this member',
		description: expect.stringMatching(
			/ of the app\.\nTask 1 of 1 of member nobody \(1 recipient named\)\.\nWeCom: .*errcode 40003/,
		) as string,
		context: { itemIndex: 0 },
	});
});

it('creates no further task once the execution is stopped', async () => {
	const ids = scenario.customersOf('lin');
	const { sandbox, engine, credential } = scenario;
	sandbox.faults.add({ path: PATHS.create, call: 2, fault: { kind: 'delay', ms: 100 } });
	const execution = engine.start({
		credential,
		input: ids.slice(0, 5).map((external_userid, index) => ({ external_userid, text: `${index}` })),
		node: {
			parameters: {
				resource: 'message',
				operation: 'broadcast',
				sendTo: 'inputItems',
				idField: 'external_userid',
				sentBy: 'member',
				member: byId('lin'),
				text: '={{ $json.text }}',
			},
		},
	});
	while (sandbox.log.count(PATHS.create) < 2) await wait(1);
	execution.cancel();
	const { status } = await execution.result;
	expect(status).toBe('canceled');
	expect(scenario.tasks()).toHaveLength(2);
	expect(sandbox.log.count(PATHS.create)).toBe(2);
});
