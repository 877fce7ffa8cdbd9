import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import { byId } from '../../../harness/scenario';

const scenario = useCustomerService();

let conversations = 0;

/** An agent that answers in one execution; account and customer are fixed, as the builder would. */
function agent(parameters: IDataObject = {}, through?: 'engine' | 'supplyData') {
	const executionId = `conversation ${++conversations}`;
	return async (args: IDataObject) =>
		await scenario.reply(
			{
				account: byId(scenario.account),
				customer: scenario.customer(),
				text: "={{ $fromAI('text') }}",
				...parameters,
			},
			{ asTool: { arguments: args, through }, executionId },
		);
}

it.each(['engine', 'supplyData'] as const)('answers its customer through %s', async (through) => {
	scenario.heard();
	const { items } = await agent({}, through)({ text: 'Hi' });
	expect(items).toHaveLength(1);
	expect(scenario.texts()).toEqual(['Hi']);
});

describe.each(['refused', 'accepted'] as const)('a repeated msgid is %s', (kfRepeatedMsgid) => {
	beforeEach(async () => await scenario.restart({ kfRepeatedMsgid }));

	it('says the same twice: it arrives once', async () => {
		scenario.heard();
		const say = agent();
		const first = await say({ text: 'Hi' });
		const second = await say({ text: 'Hi' });
		expect(first.items[0]?.json.state).toBe('sent');
		expect(second.items[0]?.json).toMatchObject({
			state: 'duplicate',
			msgids: first.items[0]?.json.msgids,
		});
		expect(scenario.texts()).toEqual(['Hi']);
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(1);
	});

	it('says the same twice at the same time: it arrives once', async () => {
		scenario.heard();
		const say = agent();
		const results = await Promise.all([say({ text: 'Hi' }), say({ text: 'Hi' })]);
		expect(results.map(({ items }) => items[0]?.json.state).sort()).toEqual(['duplicate', 'sent']);
		expect(scenario.texts()).toEqual(['Hi']);
	});

	it('says something else: both arrive', async () => {
		scenario.heard();
		const say = agent();
		await say({ text: 'Hi' });
		await say({ text: 'How are you?' });
		expect(scenario.texts()).toEqual(['Hi', 'How are you?']);
	});

	it('repeats itself in a second execution for the same message, as after a crash: it arrives once', async () => {
		const { msgid } = scenario.heard();
		const options = { answerTo: msgid };
		await agent({ options })({ text: 'Hi' });
		await agent({ options })({ text: 'Hi' });
		expect(scenario.texts()).toEqual(['Hi']);
	});
});

it('says the same to two customers in one execution: both get it', async () => {
	scenario.heard('One', 0);
	scenario.heard('Two', 1);
	for (const position of [0, 1]) {
		await scenario.reply(
			{ account: byId(scenario.account), customer: scenario.customer(position) },
			{ asTool: { arguments: {} }, executionId: 'two customers' },
		);
	}
	expect([scenario.texts(0), scenario.texts(1)]).toEqual([['Hi'], ['Hi']]);
});

it('sends two menus in one execution: both arrive', async () => {
	scenario.heard();
	const say = agent({ messageType: 'msgmenu', menuHead: "={{ $fromAI('head') }}" });
	await say({ head: 'One' });
	await say({ head: 'Two' });
	expect(scenario.received().map(({ content }) => content.head_content)).toEqual(['One', 'Two']);
});

describe('account and customer', () => {
	/** What a model writes that would like to talk with somebody else. */
	const wish = () => ({
		text: 'Hi',
		open_kfid: scenario.account,
		external_userid: scenario.customer(1),
		origin: 3,
		msgid: 'mine',
		send_time: 1,
	});

	it('are not free for the model, whatever it writes', async () => {
		scenario.heard('One', 0);
		scenario.heard('Two', 1);
		const { error } = await scenario.reply(
			{ text: "={{ $fromAI('text') }}" },
			{ asTool: { arguments: wish() } },
		);
		expect(error).toBeDefined();
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(0);
	});

	it.each([
		['account', { account: byId('={{ $json.open_kfid }}') }, "'Account'"],
		['customer', { customer: '={{ $json.external_userid }}' }, "'Customer'"],
		['customer', { customer: '={{ $input.item.json.external_userid }}' }, "'Customer'"],
	])(
		'a builder who takes the %s from $json learns what that would be: %j',
		async (_, fields, label) => {
			scenario.heard('Two', 1);
			const { error } = await agent(fields)(wish());
			expect(error).toMatchObject({
				message: `${label} of a tool cannot come from $json, which is what the model wrote`,
				description: expect.stringContaining('To let the model choose, use $fromAI.') as string,
			});
			expect(scenario.texts(1)).toEqual([]);
		},
	);

	it('are free once the builder opens them', async () => {
		scenario.heard('Two', 1);
		const { items } = await agent({ customer: "={{ $fromAI('customer') }}" })({
			text: 'Hi',
			customer: scenario.customer(1),
		});
		expect(items[0]?.json.state).toBe('sent');
		expect(scenario.texts(1)).toEqual(['Hi']);
	});

	it('of sessions are not free either', async () => {
		scenario.heard('Two', 1);
		const { error } = await scenario.run(
			{ resource: 'session', operation: 'end', customer: '={{ $json.external_userid }}' },
			{ asTool: { arguments: wish() } },
		);
		expect(error).toBeDefined();
		expect(scenario.sandbox.log.count(PATHS.transferSession)).toBe(0);
	});
});

it('does not take what the model writes for the message that it answers', async () => {
	scenario.heard();
	const { items } = await agent()({ text: 'Hi', origin: 3, msgid: 'mine', send_time: 1 });
	expect(items[0]?.json).toMatchObject({ replies_left: null, window_ends_at: null });
});
