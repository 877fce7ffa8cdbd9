import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { phoneOf } from '../../sandbox';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function newMessage(text = 'Hello'): Promise<string> {
	const { items, error } = await scenario.run({
		resource: 'member',
		operation: 'sendAppMessage',
		members: ['lin'],
		appText: text,
	});
	if (error) throw error;
	return String(items[0]?.json.msgid);
}

async function recall(run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'member', operation: 'recallAppMessage', appMsgid: '={{ $json.msgid }}' },
		run,
	);
}

function recalled(): unknown[] {
	return scenario.sandbox.log.calls(PATHS.recallAppMessage).map(({ body }) => body);
}

it('recalls the message of each item, and one that several items name once', async () => {
	const [first, second] = [await newMessage('One'), await newMessage('Two')];
	const input = [{ msgid: first }, { msgid: second }, { msgid: first }];
	const { items } = await recall({ input });
	expect(items).toEqual(
		input.map(({ msgid }, item) => ({ json: { msgid, recalled: true }, pairedItem: { item } })),
	);
	expect(recalled()).toEqual([{ msgid: first }, { msgid: second }]);
});

it('refuses an item without msgid, and recalls the others with Continue On Fail', async () => {
	const msgid = await newMessage();
	const { items } = await recall({ ...continueOnFail, input: [{}, { msgid }] });
	expect(items.map(({ json }) => json.error ?? json.recalled)).toEqual([
		"'Message ID' has no value",
		true,
	]);
	expect(recalled()).toHaveLength(1);
});

it('recalls for 24 hours', async () => {
	const [first, second] = [await newMessage('One'), await newMessage('Two')];
	const HOUR = 3_600;
	scenario.sandbox.clock.advance(24 * HOUR - 1);
	expect((await recall({ input: [{ msgid: first }] })).items).toHaveLength(1);
	scenario.sandbox.clock.advance(1);
	const { error } = await recall({ input: [{ msgid: second }] });
	expect(error?.description).toContain('can be recalled for 24 hours');
	const { messages } = phoneOf(scenario.sandbox.world.corp, 'lin');
	expect(messages.map(({ recalledAt }) => recalledAt !== undefined)).toEqual([true, false]);
});

it('says which messages can be recalled when WeCom refuses', async () => {
	const { error } = await recall({ input: [{ msgid: 'unknown' }] });
	expect(error?.description).toMatch(/^An application message can be recalled for 24 hours/);
	expect(error?.description).toContain('doc 94867');
});
