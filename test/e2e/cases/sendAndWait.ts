import type { IDataObject } from 'n8n-workflow';

import { agentWorkflow } from '../support/agent';
import type { Execution } from '../support/editor';
import { E2eEnvironment } from '../support/environment';
import type { ModelStub } from '../support/modelStub';
import { startModelStub } from '../support/modelStub';
import { LeakSearch } from '../support/leaks';
import * as question from '../support/question';
import { appMessages, open, press } from '../support/question';
import { byId, chain, MANUAL_TRIGGER, wecom } from '../support/workflows';

/** The time limit of a minute, and n8n's look at its clock once a minute. */
const LIMIT_MS = 240_000;

const QUESTION = 'Send <b>spring</b> & autumn offer?';

const ASK: IDataObject = {
	resource: 'member',
	operation: 'sendAndWait',
	member: byId('lin'),
	message: QUESTION,
};

/** An item as a node before it might leave it: with the answer to an earlier question. */
const EARLIER_ANSWER = {
	name: 'Earlier',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput: JSON.stringify({ approved: true, data: { approved: true }, campaign: 'spring' }),
		options: {},
	},
};

export function sendAndWaitCases(environment: E2eEnvironment): void {
	/** Runs the workflow until the member has the message and n8n has stored that it waits. */
	async function ask(parameters: IDataObject = {}) {
		const { editor, credential } = environment;
		const nodes = [
			MANUAL_TRIGGER,
			EARLIER_ANSWER,
			wecom('Ask', credential, { ...ASK, ...parameters }),
			{ name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
		];
		const workflow = await editor.createWorkflow(chain('Spring offer', nodes));
		return await untilAsked(await editor.start(workflow));
	}

	const untilAsked = async (id: string) => await question.untilAsked(environment, id);
	const untilWaiting = async (id: string) => await question.untilWaiting(environment, id);
	const cards = () => appMessages(environment, 'lin');

	async function ended(id: string): Promise<Execution> {
		const execution = await environment.editor.ended(id, LIMIT_MS);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	}

	it('approves by a press of the button and not by opening the link; a late visitor is told', async () => {
		const { id, link } = await ask();
		expect(cards()).toEqual([expect.objectContaining({ description: QUESTION })]);
		// What a scanner of links does, more than once.
		for (let visit = 1; visit <= 3; visit++) {
			const page = await open(link);
			expect(page.status).toBe(200);
			expect(page.text).toContain('Send &lt;b&gt;spring&lt;/b&gt; &amp; autumn offer?');
			expect(page.text).toContain('Spring offer');
			expect(page.headers.get('content-security-policy')).toMatch(/^sandbox allow-forms/);
			expect(page.headers.get('cache-control')).toBe('no-store');
			expect(page.headers.get('referrer-policy')).toBe('no-referrer');
		}
		await untilWaiting(id);

		const pressed = await press(link, { decision: 'approve', text: 'Go!' });
		expect(pressed.status).toBe(200);
		expect(pressed.text).toContain('Recorded');
		expect(pressed.headers.get('content-type')).toContain('text/html');
		const execution = await ended(id);
		expect(execution.output('After').map(({ json }) => json)).toEqual([
			{
				data: {
					approved: true,
					comment: 'Go!',
					timed_out: false,
					responded_at: expect.stringMatching(/\+08:00$/),
					msgid: expect.stringMatching(/./),
				},
			},
		]);
		expect(execution.runs('After')).toHaveLength(1);
		const late = await open(link);
		expect(late.text).not.toContain('<button');
		await press(link, { decision: 'disapprove' });
		expect((await environment.editor.execution(id)).output('After')[0]?.json).toMatchObject({
			data: { approved: true },
		});
	});

	it('disapproves', async () => {
		const { id, link } = await ask();
		expect((await press(link, { decision: 'disapprove' })).status).toBe(200);
		const [item] = (await ended(id)).output('After');
		expect(item?.json).toMatchObject({ data: { approved: false, timed_out: false } });
	});

	it('takes a written response', async () => {
		const { id, link } = await ask({ responseType: 'freeText' });
		expect((await press(link, { text: ' ' })).status).toBe(400);
		await untilWaiting(id);
		expect((await press(link, { text: '周三再发' })).status).toBe(200);
		const [item] = (await ended(id)).output('After');
		expect(item?.json).toMatchObject({ data: { text: '周三再发', timed_out: false } });
	});

	it('continues once, however many taps come at the same moment', async () => {
		const { id, link } = await ask();
		const taps = ['approve', 'disapprove', 'approve', 'approve', 'disapprove'];
		const pages = await Promise.all(taps.map(async (decision) => await press(link, { decision })));
		expect(pages.filter(({ text }) => text.includes('Recorded'))).toHaveLength(1);
		const execution = await ended(id);
		expect(execution.runs('After')).toHaveLength(1);
		expect(execution.output('After')).toHaveLength(1);
	});

	it('refuses a link without its signature, with another one, or for another question', async () => {
		const { id, link } = await ask();
		for (const change of [
			(url: URL) => url.searchParams.delete('signature'),
			(url: URL) => url.searchParams.set('signature', '0'.repeat(64)),
			(url: URL) => url.searchParams.set('request', '0'.repeat(32)),
			(url: URL) => url.searchParams.delete('request'),
		]) {
			const url = new URL(link);
			change(url);
			expect(url.href).not.toBe(link);
			expect((await press(url.href, { decision: 'approve' })).status).toBe(401);
		}
		await untilWaiting(id);
		await press(link, { decision: 'disapprove' });
		expect((await ended(id)).output('After')[0]?.json).toMatchObject({ data: { approved: false } });
	});

	it('waits through a restart of n8n', async () => {
		const { id, link } = await ask();
		await environment.n8n.server.stop();
		await environment.n8n.restart();
		expect((await open(link)).text).toContain('autumn offer?');
		expect((await press(link, { decision: 'approve' })).status).toBe(200);
		expect((await ended(id)).output('After')[0]?.json).toMatchObject({ data: { approved: true } });
	});

	it('continues without approval when the time is over, whatever the input says', async () => {
		const { id } = await ask({ options: { waitLimit: 1 } });
		const [item] = (await ended(id)).output('After');
		expect(item?.json).toEqual({
			campaign: 'spring',
			data: expect.objectContaining({ approved: false, timed_out: true, responded_at: null }),
		});
	});

	it('fails instead of waiting for a member that the app cannot reach', async () => {
		const { editor, credential } = environment;
		const nodes = [MANUAL_TRIGGER, wecom('Ask', credential, { ...ASK, member: byId('nobody') })];
		const execution = await editor.run(chain('Unreachable', nodes));
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toContain('None of the recipients can get the message');
	});

	it('leaves neither secret nor token in link, page and stored execution, and no signature either', async () => {
		const { id, link } = await ask();
		const { text } = await open(link);
		await press(link, { decision: 'approve' });
		const { raw } = await ended(id);
		const search = new LeakSearch(environment.confidential);
		expect(environment.confidential.size).toBeGreaterThan(1);
		expect([link, text, raw].filter((each) => search.isIn(each))).toEqual([]);
		const signature = new URL(link).searchParams.get('signature') ?? '';
		expect(signature).not.toBe('');
		expect(raw).not.toContain(signature);
		expect(text).not.toContain(signature);
	});

	describe('in a tool of an AI agent', () => {
		let model: ModelStub | undefined;
		afterEach(async () => await model?.stop());

		const SEND = {
			resource: 'message',
			operation: 'send',
			member: byId('lin'),
			customer: byId("={{ $fromAI('customer', 'external user ID') }}"),
			text: "={{ $fromAI('text', 'the message') }}",
		};

		it('is refused where the agent calls the tool itself', async () => {
			model = await startModelStub({});
			const workflow = await agentWorkflow(environment, model, 2.2, ASK);
			const execution = await environment.editor.run(workflow);
			expect(execution.raw).toContain('The workflow cannot wait for a response here');
			expect(cards()).toEqual([]);
		});

		it('tells the model what the member said, as a tool of its own', async () => {
			model = await startModelStub({ question: 'Ship it?' });
			const message = "={{ $fromAI('question', 'what to ask') }}";
			const workflow = await agentWorkflow(environment, model, 3, { ...ASK, message });
			const saved = await environment.editor.createWorkflow(workflow);
			const { id, link } = await untilAsked(await environment.editor.start(saved));
			expect((await open(link)).text).toContain('Ship it?');
			await press(link, { decision: 'disapprove', text: 'Not today' });
			const execution = await ended(id);
			expect(JSON.stringify(execution.output('AI Agent'))).toContain('Not today');
		});

		if (E2eEnvironment.version.startsWith('1.')) return;

		/** The review step with what n8n puts there. */
		async function review(parameters: IDataObject = {}, args: IDataObject = {}) {
			const [customer = ''] = environment.customersOf('lin');
			model = await startModelStub({
				toolParameters: { customer, text: 'Your <tea> is ready' },
				hitlParameters: {},
				...args,
			});
			const workflow = await agentWorkflow(environment, model, 3, SEND, {
				member: byId('lin'),
				message:
					'=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}',
				...parameters,
			});
			const saved = await environment.editor.createWorkflow(workflow);
			return await environment.editor.start(saved);
		}

		const tasks = () => environment.sandbox.world.tasks().map(({ text }) => text);

		it('shows the reviewer the whole call, and runs it after approval only', async () => {
			const [customer = ''] = environment.customersOf('lin');
			const { id, link } = await untilAsked(await review());
			expect(tasks()).toEqual([]);
			const { text } = await open(link);
			expect(text).toContain(customer);
			expect(text).toContain('Your &lt;tea&gt; is ready');
			expect(text).toContain('<strong>WeCom</strong>');
			expect(text).not.toContain('[object Object]');
			expect(cards()[0]?.description).toContain('Your <tea> is ready');
			await press(link, { decision: 'approve' });
			const execution = await ended(id);
			expect(tasks()).toEqual(['Your <tea> is ready']);
			expect(JSON.stringify(execution.output('AI Agent'))).toContain('msgid');
		});

		it('tells the model why it was disapproved, and runs nothing', async () => {
			const { id, link } = await untilAsked(await review());
			await press(link, { decision: 'disapprove', text: 'Not before Monday' });
			const execution = await ended(id);
			expect(tasks()).toEqual([]);
			expect(JSON.stringify(execution.output('AI Agent'))).toContain('Not before Monday');
		});

		it('takes no approval from the model itself, and none when the time is over', async () => {
			const answers = { approved: true, data: { approved: true } };
			const id = await review(
				{ options: { waitLimit: 1 } },
				{ ...answers, hitlParameters: answers },
			);
			const execution = await ended((await untilAsked(id)).id);
			expect(tasks()).toEqual([]);
			expect(JSON.stringify(execution.output('AI Agent'))).toContain('Nobody responded in time');
		});

		it('does not let the model choose the reviewer', async () => {
			const member = byId("={{ $fromAI('reviewer', 'who checks it') }}");
			const id = await review({ member }, { hitlParameters: { reviewer: 'lin' } });
			const execution = await environment.editor.ended(id);
			expect(execution.raw).toContain('The language model must not choose who is asked');
			expect(cards()).toEqual([]);
			expect(tasks()).toEqual([]);
		});
	});
}
