import type { Task } from '../../sandbox';
import { CALLABLE_AGENT_ID } from '../../sandbox';
import { addTask } from '../../sandbox/massMessages/world';
import { tagNamed } from '../../harness/sandbox';
import type { Execution } from '../support/editor';
import type { E2eEnvironment } from '../support/environment';
import type { ModelStub } from '../support/modelStub';
import { startModelStub } from '../support/modelStub';
import { appMessages, open, press, untilAsked } from '../support/question';
import type { WorkflowDefinition } from '../support/workflows';
import { byId, example, reference } from '../support/workflows';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** The importable workflows in which members are asked, reminded or told, as they are and with a credential. */
export function exampleCases(environment: E2eEnvironment): void {
	describe('approve-campaign.json', () => campaignCases(environment));
	describe('nudge.json', () => nudgeCases(environment));
	describe('deadline.json', () => deadlineCases(environment));
	describe('agent-approval.json', () => agentCases(environment));
}

function campaignCases(environment: E2eEnvironment): void {
	const tasks = () => environment.sandbox.world.tasks();
	const ask = async () =>
		await untilAsked(environment, await started(environment, 'approve-campaign.json'));

	it('shows the lead the message and the numbers, and creates each task once after the approval', async () => {
		const { id, link } = await ask();
		const [preview, sums, card] = appMessages(environment, 'lin');
		expect(preview?.content).toContain('a free cup of the new Oolong');
		expect(sums?.content).toContain('The run would create 3 tasks for 11 customers');
		expect(card?.description).toMatch(/^Send this to 11 customers\?/);
		expect((await open(link)).text).toContain('Confirmations: wei 1, lin 1, chen 1');
		expect(tasks()).toEqual([]);

		// Two taps at once, as an impatient thumb does.
		await Promise.all([1, 2].map(async () => await press(link, { decision: 'approve' })));
		const execution = await succeeded(environment, id);
		const approved = execution.output('List Tagged Customers');
		expect(tasks().map(({ parts }) => [...parts.keys()])).toEqual([['wei'], ['lin'], ['chen']]);
		expect(approved).toHaveLength(11);
		expect(tasks().flatMap(recipientsOf).sort()).toEqual(
			approved.map(({ json }) => String(json.external_userid)).sort(),
		);
		expect(execution.output('Get Task Status').map(({ json }) => [json.msgid, json.state])).toEqual(
			tasks().map(({ msgid }) => [msgid, 'awaiting_members']),
		);
		expect(appMessages(environment, 'lin')).toHaveLength(3);
	});

	it('messages no customer after a disapproval, and says so', async () => {
		const { id, link } = await ask();
		await press(link, { decision: 'disapprove' });
		await succeeded(environment, id);
		expect(tasks()).toEqual([]);
		expect(appMessages(environment, 'lin').at(-1)?.content).toBe(
			'The campaign of the week was not sent: it was disapproved.',
		);
	});
}

function nudgeCases(environment: E2eEnvironment): void {
	it('tells each member how many customers wait, of old tasks alone', async () => {
		const lin = environment.customersOf('lin');
		taskOf(environment, 'lin', { text: 'One', secondsAgo: 3 * DAY, to: lin.slice(0, 4) });
		taskOf(environment, 'lin', { text: 'Two', secondsAgo: 2 * DAY, to: lin.slice(0, 3) });
		taskOf(environment, 'wei', { text: 'Young', secondsAgo: DAY / 2 });
		const done = taskOf(environment, 'chen', { text: 'Done', secondsAgo: 3 * DAY });
		environment.sandbox.world.confirmTask(done.msgid);

		await succeeded(environment, await started(environment, 'nudge.json'));
		expect(appMessages(environment, 'lin').map(({ content }) => content)).toEqual([
			expect.stringContaining('7 customers wait for a message from you: 2 tasks'),
		]);
		for (const userid of ['wei', 'chen']) expect(appMessages(environment, userid)).toEqual([]);
	});
}

function deadlineCases(environment: E2eEnvironment): void {
	const text = 'Our autumn teas have arrived.';

	it('reminds at half time, cancels after the deadline, asks once more and reports', async () => {
		const { world } = environment.sandbox;
		const hourly = async () =>
			await succeeded(environment, await started(environment, 'deadline.json'));
		const halfTime = 12 * HOUR + 60;
		const to = environment.customersOf('lin').slice(3, 9);
		const open = taskOf(environment, 'lin', { text, secondsAgo: halfTime, to });
		const other = taskOf(environment, 'wei', { text: 'Winter', secondsAgo: halfTime });
		const done = taskOf(environment, 'chen', { text, secondsAgo: halfTime });
		world.confirmTask(done.msgid);

		await hourly();
		expect([open, other, done].map(({ reminders }) => reminders.length)).toEqual([1, 0, 0]);
		expect([open, other, done].map(({ cancelled }) => cancelled)).toEqual([false, false, false]);

		// n8n's clock cannot be moved: the tasks get older instead.
		for (const task of [open, other, done]) {
			Object.assign(task, { createTime: task.createTime - 12 * HOUR });
		}
		await hourly();
		const [, , , ...followUps] = world.tasks();
		expect([open, other, done].map(({ cancelled }) => cancelled)).toEqual([true, false, false]);
		expect(followUps.map((task) => [task.text, recipientsOf(task)])).toEqual([
			['Last days: the first autumn teas are waiting for you.', to],
		]);
		const report = () => appMessages(environment, 'lin').map(({ content }) => content);
		expect(report()).toEqual([
			'The deadline of “Our autumn teas” has passed. Cancelled and asked again:\nlin: 6 customers',
		]);

		// The next hour has nothing more to do.
		await hourly();
		expect(world.tasks()).toHaveLength(4);
		expect(report()).toHaveLength(1);
		expect(open.reminders).toHaveLength(1);
	});
}

function agentCases(environment: E2eEnvironment): void {
	const draft = 'The new Oolong is here. 新乌龙到店。';
	const tasks = () => environment.sandbox.world.tasks();
	let model: ModelStub;
	beforeEach(async () => {
		model = await startModelStub({ toolParameters: { text: draft }, hitlParameters: {} });
	});
	afterEach(async () => await model.stop());

	/** Chats with the agent until the member is asked. */
	async function ask() {
		const openAi = await environment.editor.createCredential('Model', 'openAiApi', {
			apiKey: 'no-key-needed',
			url: model.url,
			header: false,
		});
		const id = await started(environment, 'agent-approval.json', (definition) => ({
			...definition,
			nodes: definition.nodes.map((node) =>
				node.name === 'Model'
					? {
							...node,
							parameters: { ...node.parameters, model: byId('stub') },
							credentials: reference(openAi),
						}
					: node,
			),
			// What the chat gives.
			pinData: {
				Chat: [{ json: { sessionId: 'one', action: 'sendMessage', chatInput: 'Send it!' } }],
			},
		}));
		return await untilAsked(environment, id);
	}

	it("sends the agent's draft once, after the approval", async () => {
		const { id, link } = await ask();
		expect(appMessages(environment, 'lin')[0]?.description).toContain(draft);
		expect((await open(link)).text).toContain(draft);
		expect(tasks()).toEqual([]);

		await press(link, { decision: 'approve' });
		const execution = await succeeded(environment, id);
		expect(tasks().map((task) => [task.text, [...task.parts.keys()]])).toEqual([[draft, ['lin']]]);
		expect(tasks().flatMap(recipientsOf).sort()).toEqual(goldOf(environment, 'lin').sort());
		expect(JSON.stringify(execution.output('AI Agent'))).toContain(tasks()[0]?.msgid);
	});

	it('sends nothing after a disapproval, and tells the agent why', async () => {
		const { id, link } = await ask();
		await press(link, { decision: 'disapprove', text: 'Not before Monday' });
		const execution = await succeeded(environment, id);
		expect(tasks()).toEqual([]);
		expect(JSON.stringify(execution.output('AI Agent'))).toContain('Not before Monday');
	});
}

/** Imports the example, fills in what is missing and presses "Execute workflow"; gives the execution's ID. */
async function started(
	{ editor, credential }: E2eEnvironment,
	file: string,
	fillIn = (definition: WorkflowDefinition) => definition,
): Promise<string> {
	const workflow = await editor.createWorkflow(fillIn(example(file, credential)));
	return await editor.start(workflow);
}

async function succeeded({ editor }: E2eEnvironment, id: string): Promise<Execution> {
	const execution = await editor.ended(id);
	expect(execution.error).toBeUndefined();
	expect(execution.status).toBe('success');
	return execution;
}

/** A task that an app created some time ago; for all customers of the member unless it says for whom. */
function taskOf(
	environment: E2eEnvironment,
	userid: string,
	task: { text: string; secondsAgo: number; to?: readonly string[] },
): Task {
	const { world, clock } = environment.sandbox;
	const { text, secondsAgo, to = environment.customersOf(userid) } = task;
	return addTask(
		world.corp,
		{
			agentId: CALLABLE_AGENT_ID,
			createType: 0,
			chatType: 'single',
			text,
			attachments: [],
			allowSelect: false,
			ownerChooses: false,
			recipients: new Map([[userid, to]]),
		},
		clock.now() - secondsAgo,
	);
}

function recipientsOf({ parts }: Task): string[] {
	return [...parts.values()].flatMap(({ recipients }) => recipients.map(({ id }) => id));
}

/** The member's customers with the tag Gold whom no member must leave alone. */
function goldOf({ sandbox }: E2eEnvironment, userid: string): string[] {
	const { members } = sandbox.world.corp;
	const [gold, leaveOut] = ['Gold', 'Do not contact'].map((name) => tagNamed(sandbox, name).tagId);
	const relations = [...members.values()].flatMap((member) => member.relations);
	const leftOut = relations
		.filter(({ tagIds }) => tagIds.includes(leaveOut ?? ''))
		.map(({ customer }) => customer);
	return (members.get(userid)?.relations ?? [])
		.filter(({ tagIds, customer }) => tagIds.includes(gold ?? '') && !leftOut.includes(customer))
		.map(({ customer }) => customer.externalUserid);
}
