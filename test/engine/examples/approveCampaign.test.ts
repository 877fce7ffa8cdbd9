import type { EngineResult } from '../../harness/engine';
import { runExample, waitingExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';
import type { WaitingExecution } from '../../harness/waiting';
import { phoneOf } from '../../sandbox';

const scenario = useScenario();

const FILE = 'approve-campaign.json';

let waiting: WaitingExecution | undefined;
afterEach(async () => await waiting?.stop());

const messages = () =>
	phoneOf(scenario.sandbox.world.corp, 'lin').messages.map(
		({ content }) => content as Record<string, string | undefined>,
	);

/** Runs until the lead is asked, and gives what a decision leads to. */
async function ask(): Promise<(decision: string) => Promise<EngineResult | undefined>> {
	const result = await runExample(scenario, FILE, { startNode: 'Every Monday' });
	expect(result.error).toBeUndefined();
	expect(result.status).toBe('waiting');
	const execution = await waitingExample(scenario, FILE, result);
	waiting = execution;
	return async (decision) => {
		const link = messages().at(-1)?.url ?? '';
		await execution.press(link, { decision });
		return await execution.resumed[0];
	};
}

it('shows the lead the message and the numbers, and creates nothing before the approval', async () => {
	await ask();
	expect(scenario.tasks()).toEqual([]);
	const [preview, sums, card] = messages();
	expect(preview?.content).toContain('a free cup of the new Oolong');
	expect(sums?.content).toContain('The run would create 3 tasks for 11 customers');
	expect(card?.description).toMatch(/^Send this to 11 customers\?/);
	expect(card?.description).toContain('Confirmations: wei 1, lin 1, chen 1');
});

it('after the approval, sends it to exactly those customers', async () => {
	const decide = await ask();
	// Whoever gets the tag in the meantime was not approved.
	const gold = scenario.tagId('Gold');
	scenario.sandbox.world.corp.members.get('lin')?.relations[4]?.tagIds.push(gold);
	const result = await decide('approve');
	expect(result?.error).toBeUndefined();
	const approved = result?.output('List Tagged Customers').map(({ json }) => json.external_userid);
	expect(approved).toHaveLength(11);
	expect(scenario.recipientsOfTasks().flat().sort()).toEqual([...(approved ?? [])].sort());
	expect(result?.output('Get Task Status').map(({ json }) => json.state)).toEqual([
		'awaiting_members',
		'awaiting_members',
		'awaiting_members',
	]);
});

it('after a disapproval, sends nothing and says so', async () => {
	const decide = await ask();
	const result = await decide('disapprove');
	expect(result?.error).toBeUndefined();
	expect(scenario.tasks()).toEqual([]);
	expect(messages().at(-1)?.content).toBe(
		'The campaign of the week was not sent: it was disapproved.',
	);
});

it('sends nothing when nobody responds in time', async () => {
	await ask();
	const result = await waiting?.expire();
	expect(result?.error).toBeUndefined();
	expect(scenario.tasks()).toEqual([]);
	expect(messages().at(-1)?.content).toContain('nobody responded in time');
});
