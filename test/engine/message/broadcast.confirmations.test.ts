import type { IDataObject } from 'n8n-workflow';

import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

/** A broadcast of the messages of the items, each to one customer of its member. */
async function personal(members: readonly string[], parameters: IDataObject = {}) {
	const seen: Record<string, number> = {};
	const input = members.map((member) => {
		const index = seen[member] ?? 0;
		seen[member] = index + 1;
		return { member, external_userid: scenario.customersOf(member)[index] ?? `wm${index}` };
	});
	const { hints, items, error } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			idField: 'external_userid',
			member: byId('={{ $json.member }}'),
			text: '=Dear {{ $json.external_userid }}',
			...parameters,
		},
		{ input },
	);
	if (error) throw error;
	return { items, told: hints.filter(({ message }) => message.startsWith('Confirmations')) };
}

const times = (count: number, member: string) => Array.from({ length: count }, () => member);

it.each([false, true])(
	'says how many tasks each member has to confirm when a text is personal (dry run: %j)',
	async (dryRun) => {
		const members = [...times(2, 'chen'), ...times(3, 'lin')];
		const { items, told } = await personal(members, { options: { dryRun } });
		expect(items).toHaveLength(5);
		expect(told).toEqual([
			expect.objectContaining({
				type: 'info',
				message:
					'Confirmations: lin 3, chen 2. Members confirm every task by itself. Items with the same message share one.',
			}),
		]);
	},
);

it('says nothing while each member has one task', async () => {
	const members = [...times(2, 'chen'), ...times(3, 'lin')];
	expect((await personal(members, { text: 'The same' })).told).toEqual([]);
	expect((await personal(['chen', 'lin'])).told).toEqual([]);
});

it('names the ten members with the most', async () => {
	const members = Array.from({ length: 14 }, (_, index) => `member${index}`);
	const { told } = await personal([...members, 'member13', 'member13'], {
		options: { dryRun: true },
	});
	expect(told[0]?.message).toMatch(
		/^Confirmations: member13 3, (member\d+ 1, ){8}member\d+ 1 and 4 more members\. /,
	);
});

it('counts only what is new', async () => {
	const options = { skipCreatedHours: 24 };
	await personal(times(3, 'lin'), { options });
	expect((await personal(times(4, 'lin'), { options })).told).toEqual([]);
});

it('says that WeCom chooses the members of tasks without one', async () => {
	const { hints } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			idField: 'external_userid',
			sentBy: 'lastContact',
			text: '=Dear {{ $json.external_userid }}',
		},
		{
			input: scenario
				.customersOf('lin')
				.slice(0, 3)
				.map((external_userid) => ({ external_userid })),
		},
	);
	expect(hints.map(({ message }) => message)).toContainEqual(
		expect.stringMatching(/^For 3 tasks WeCom chooses the members/),
	);
});
