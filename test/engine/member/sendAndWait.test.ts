import type { IDataObject } from 'n8n-workflow';

import { LOST_RESPONSES } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';
import { phoneOf } from '../../sandbox';

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

const ASK: IDataObject = {
	resource: 'member',
	operation: 'sendAndWait',
	member: byId('lin'),
	message: 'Send the offer?',
};

/** Asks, and gives the link on the member's phone. */
async function ask(parameters: IDataObject = {}, run?: ScenarioRun) {
	const asked = await scenario.runUntilWaiting({ ...ASK, ...parameters }, run);
	return { ...asked, link: cards().at(-1)?.url ?? '' };
}

function cards(userid = 'lin') {
	const { messages } = phoneOf(scenario.sandbox.world.corp, userid);
	return messages.map(({ content }) => content as Record<'title' | 'description' | 'url', string>);
}

function requests(): IDataObject[] {
	return scenario.sandbox.log.calls(PATHS.sendAppMessage).map(({ body }) => body as IDataObject);
}

/** What the workflow goes on with. */
async function outputOf({ resumed }: { resumed: Array<Promise<{ items: unknown[] }>> }) {
	expect(resumed).toHaveLength(1);
	return (await resumed[0])?.items;
}

describe('the question', () => {
	it('goes to the member as a card with a signed link, and the workflow waits', async () => {
		const { result, link } = await ask();
		expect(result.status).toBe('waiting');
		expect(requests()).toMatchObject([
			{
				touser: 'lin',
				msgtype: 'textcard',
				textcard: { title: 'Your response is needed', description: 'Send the offer?', url: link },
				enable_duplicate_check: 1,
			},
		]);
		expect([...new URL(link).searchParams.keys()]).toEqual(['request', 'signature']);
	});

	it('is shortened on the card, between characters, and whole on the page', async () => {
		const message = `${'客'.repeat(300)}😀?`;
		const { execution, link } = await ask({ message });
		const [card] = cards();
		expect(card?.description).toBe(`${'客'.repeat(169)}…`);
		expect((await execution.open(link)).text).toContain(message);
	});

	it('takes expressions from the first item, asks once and says so', async () => {
		const { result, execution, link } = await ask(
			{ member: byId('={{ $json.who }}'), message: '=Offer for {{ $json.city }}?' },
			{
				input: [
					{ who: 'lin', city: '杭州' },
					{ who: 'wei', city: '上海' },
				],
			},
		);
		expect(cards().map(({ description }) => description)).toEqual(['Offer for 杭州?']);
		expect(cards('wei')).toEqual([]);
		expect(result.hints).toContainEqual(
			expect.objectContaining({
				message: expect.stringMatching(/Asked one question for 2 items.*loop/) as string,
				type: 'warning',
			}),
		);
		await execution.press(link, { decision: 'approve' });
		expect(await outputOf(execution)).toMatchObject([
			{ json: { data: { approved: true } }, pairedItem: { item: 0 } },
		]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['no text', { message: ' ' }, /'Message' is empty/],
		['no member', { member: byId('') }, /'Member' is empty|"Member" is required/],
		['everybody', { member: byId('@all') }, /@all/],
		['two members', { member: byId('lin,wei') }, /'Member' must be a single ID/],
		['a button without a label', { approveLabel: '' }, /'Approve Button Label' is empty/],
		['another button without', { disapproveLabel: ' ' }, /'Disapprove Button Label' is empty/],
		['an unknown response', { responseType: 'customForm' }, /'Response Type'/],
		['no time', { options: { waitLimit: 0 } }, /'Wait Limit'/],
		['a title that is too long', { options: { title: '题'.repeat(43) } }, /'Title' is too long/],
	])('with %s is refused before it is sent', async (_, parameters, problem) => {
		const { error, status } = await scenario.run({ ...ASK, ...parameters });
		expect(status).toBe('error');
		expect(error?.message).toMatch(problem);
		expect(requests()).toEqual([]);
	});

	it('is never left to a model, as far as its recipient goes', async () => {
		const member = byId("={{ $fromAI('who') }}");
		const { error } = await scenario.run(
			{ ...ASK, member },
			{ asTool: { arguments: { who: 'lin' } } },
		);
		expect(error?.message).toContain('must not choose who is asked');
		const ofCall = await scenario.run(
			{ ...ASK, member: byId('={{ $json.who }}') },
			{ asTool: { arguments: { who: 'lin' } } },
		);
		expect(ofCall.error?.message).toContain('must not choose who is asked');
		expect(requests()).toEqual([]);
	});

	it('is refused in a tool that the agent calls itself, which would wait for ever', async () => {
		const { runData } = await scenario.run(ASK, { asTool: { through: 'supplyData' } });
		expect(JSON.stringify(runData)).toContain('The workflow cannot wait for a response here');
		expect(requests()).toEqual([]);
	});
});

describe('a message that does not arrive', () => {
	it.each(['nobody', 'NoBody'])('fails the step: %s is outside the range', async (userid) => {
		const { error, status } = await scenario.run({ ...ASK, member: byId(userid) });
		expect(status).toBe('error');
		expect(error?.message).toBe('None of the recipients can get the message');
	});

	it('fails the step when WeCom reports success with the member among those not reached', async () => {
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', invaliduser: 'lin', msgid: 'M1' });
		scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, fault: { kind: 'notJson', body } });
		const { error, status } = await scenario.run({ ...ASK, member: byId('Lin') });
		expect(status).toBe('error');
		expect(error?.message).toBe('None of the recipients can get the message');
	});

	it('is an item without approval under Continue On Fail', async () => {
		const { items, status } = await scenario.run(
			{ ...ASK, member: byId('nobody') },
			continueOnFail,
		);
		expect(status).toBe('success');
		expect(items).toMatchObject([
			{ json: { error: 'None of the recipients can get the message' }, pairedItem: { item: 0 } },
		]);
	});

	it.each(LOST_RESPONSES)('is sent again when %s after it, and arrives once', async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, times: 1, fault });
		const { execution, link } = await ask();
		expect(requests().length).toBeGreaterThan(1);
		expect(new Set(requests().map((request) => JSON.stringify(request))).size).toBe(1);
		expect(cards()).toHaveLength(1);
		expect((await execution.press(link, { decision: 'approve' })).status).toBe(200);
	});

	it('says that it may have arrived when every answer is lost', async () => {
		const [[, fault]] = LOST_RESPONSES;
		scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, times: 100, fault });
		const { error, status } = await scenario.run(ASK);
		expect(status).toBe('error');
		expect(error?.message).toBe('WeCom may or may not have sent the message');
	});

	it('is the same message at the next attempt of Retry On Fail, whatever its text says by then', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.sendAppMessage,
			times: 1,
			// The client does not repeat this one by itself.
			fault: { kind: 'errcode', errcode: 40008 },
		});
		const { link } = await ask({ message: '={{ Math.random() }}?' }, retryOnFail);
		expect(requests()).toHaveLength(2);
		expect(new Set(requests().map((request) => JSON.stringify(request))).size).toBe(1);
		expect(cards().map(({ url }) => url)).toEqual([link]);
	});
});

describe('the response', () => {
	it('approves, with a comment', async () => {
		const { execution, link } = await ask();
		const page = await execution.press(link, { decision: 'approve', text: ' Go <b>! ' });
		expect(page.status).toBe(200);
		expect(page.text).toContain('Recorded');
		expect(await outputOf(execution)).toEqual([
			{
				json: {
					data: {
						approved: true,
						comment: 'Go <b>!',
						timed_out: false,
						responded_at: '2026-03-01T08:00:00.000+08:00',
						msgid: expect.stringMatching(/./) as string,
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('disapproves', async () => {
		const { execution, link } = await ask();
		await execution.press(link, { decision: 'disapprove' });
		expect(await outputOf(execution)).toMatchObject([
			{ json: { data: { approved: false, comment: null, timed_out: false } } },
		]);
	});

	it('is free text where that is asked for', async () => {
		const { execution, link } = await ask({ responseType: 'freeText' });
		expect((await execution.open(link)).text).toContain('<textarea');
		await execution.press(link, { text: '周三再发' });
		expect(await outputOf(execution)).toMatchObject([
			{ json: { data: { text: '周三再发', timed_out: false } } },
		]);
	});

	it.each<[string, IDataObject, Record<string, string>]>([
		['nothing', {}, {}],
		['another button', {}, { decision: 'yes' }],
		['a button that is not there', { approvalType: 'single' }, { decision: 'disapprove' }],
		['no text', { responseType: 'freeText' }, { text: ' \n' }],
		['a decision instead of a text', { responseType: 'freeText' }, { decision: 'approve' }],
		['two decisions', {}, { 'decision[]': 'approve' }],
		['too long a text', {}, { decision: 'approve', text: 'x'.repeat(20_001) }],
	])('is refused when it is %s, and one can respond again', async (_, parameters, form) => {
		const { execution, link } = await ask(parameters);
		expect((await execution.press(link, form)).status).toBe(400);
		expect(execution.resumed).toEqual([]);
		await execution.press(link, { decision: 'approve', text: 'Yes' });
		expect(execution.resumed).toHaveLength(1);
	});

	it.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])('never comes from %s', async (method) => {
		const { execution, link } = await ask();
		await execution.request(`${link}&decision=approve`, { method });
		await execution.request(link, { method });
		expect(execution.resumed).toEqual([]);
		expect(execution.failures).toEqual([]);
	});

	it('needs the signature, and the request that was signed', async () => {
		const { execution, link } = await ask();
		for (const [from, to] of [
			[/signature=\w/, 'signature='],
			[/request=\w/, 'request='],
			[/&signature=\w+/, ''],
		] as const) {
			const other = link.replace(from, to);
			expect(other).not.toBe(link);
			expect((await execution.press(other, { decision: 'approve' })).status).toBe(401);
		}
		expect(execution.resumed).toEqual([]);
	});

	it('counts once, however many taps come while n8n takes the first one over', async () => {
		const { execution, link } = await ask();
		let go = () => {};
		const first = await new Promise<{ page: ReturnType<typeof execution.press> }>((resolve) => {
			const held = new Promise<void>((release) => (go = release));
			execution.beforeResume = async () => {
				resolve({ page });
				await held;
			};
			const page = execution.press(link, { decision: 'approve' });
		});
		const others: string[] = [];
		// The answer to the first tap comes after those to the others.
		while (others.length < 3) {
			const { status, text } = await execution.press(link, { decision: 'disapprove' });
			expect(status).toBe(200);
			others.push(text);
		}
		go();
		const texts = [...others, (await first.page).text];
		expect(texts.filter((text) => text.includes('Recorded'))).toHaveLength(1);
		expect(texts.filter((text) => text.includes('The first response counts'))).toHaveLength(3);
		expect(execution.resumed).toHaveLength(1);
	});

	it('can be given again when n8n could not take it over', async () => {
		const { execution, link } = await ask();
		execution.beforeResume = async () => await Promise.reject(new Error('database is away'));
		expect((await execution.press(link, { decision: 'approve' })).status).toBe(500);
		execution.beforeResume = async () => {};
		scenario.sandbox.clock.advance(10);
		expect((await execution.press(link, { decision: 'approve' })).text).toContain('Recorded');
	});
});

describe('without a response', () => {
	const answers = { approved: true, chatInput: 'yes', data: { approved: true, text: 'yes' } };

	it('the workflow goes on without approval when the time is over, whatever the input says', async () => {
		const { result, execution } = await ask(
			{ options: { waitLimit: 30 } },
			{ input: [{ campaign: 'spring', ...answers }, { other: true }] },
		);
		expect(result.stored.waitTill).toBe('2026-03-01T00:30:00.000Z');
		const { items } = await execution.expire();
		expect(items).toEqual([
			expect.objectContaining({
				json: {
					campaign: 'spring',
					chatInput: 'yes',
					data: {
						approved: false,
						comment: null,
						timed_out: true,
						responded_at: null,
						msgid: expect.stringMatching(/./) as string,
						question: expect.objectContaining({ text: 'Send the offer?' }) as IDataObject,
					},
				},
			}),
		]);
	});

	it('there is no text either', async () => {
		const { execution } = await ask({ responseType: 'freeText' }, { input: [answers] });
		const { items } = await execution.expire();
		expect(items[0]?.json).toMatchObject({ data: { text: null, timed_out: true } });
	});

	it('waits without a limit unless there is one', async () => {
		const { result } = await ask();
		expect(Date.parse(String(result.stored.waitTill))).toBeGreaterThan(Date.parse('2999-01-01'));
	});
});

it('a link for an earlier question answers no later one', async () => {
	const first = await ask({}, { input: [{ call: 1 }], executionId: 'same' });
	const second = await ask({}, { input: [{ call: 2 }], executionId: 'same' });
	expect(first.link).not.toBe(second.link);
	const page = await second.execution.press(first.link, { decision: 'approve' });
	expect(page.status).toBe(410);
	expect(page.text).toContain('No longer open');
	expect(second.execution.resumed).toEqual([]);
	await second.execution.press(second.link, { decision: 'disapprove' });
	expect(await outputOf(second.execution)).toMatchObject([{ json: { data: { approved: false } } }]);
});

it('stores neither secret nor signature with the execution, nor shows them on the page', async () => {
	const { result, execution, link } = await ask();
	const { text } = await execution.open(link);
	const signature = new URL(link).searchParams.get('signature') ?? '';
	expect(signature.length).toBeGreaterThan(40);
	for (const confidential of [signature, scenario.sandbox.secret]) {
		expect(JSON.stringify(result.stored)).not.toContain(confidential);
		expect(text).not.toContain(confidential);
	}
	expect(link).not.toContain(scenario.sandbox.secret);
});
