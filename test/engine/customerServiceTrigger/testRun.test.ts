import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';

const scenario = useScenario({ kfPageRows: 2, kfEmptyPages: true });
const trigger = useServiceTrigger(scenario);

const SYNC = '/cgi-bin/kf/sync_msg';

it('returns the messages written since one minute before the callback, and no history', async () => {
	const ann = trigger.customer();
	for (let count = 0; count < 5; count++) trigger.write(ann, 'old');
	scenario.sandbox.clock.advance(61);
	const server = await trigger.publish({}, { mode: 'manual' });
	expect(scenario.sandbox.log.count(SYNC)).toBe(0);
	const msgid = trigger.write(ann);
	const [result] = await trigger.executions(server, 1);
	expect(result?.status).toBe('success');
	expect(result?.items.map(({ json }) => json.msgid)).toEqual([msgid]);
	expect(scenario.sandbox.log.calls(SYNC)[0]?.body).toHaveProperty('token');
});

it('has all messages of the moment in one execution', async () => {
	const stored = trigger.newWorkflow();
	const ann = trigger.customer();
	scenario.sandbox.world.callbacks.setTarget(undefined);
	const first = trigger.write(ann, 'one');
	const server = await trigger.publish({}, { mode: 'manual', stored });
	const second = trigger.write(ann, 'two');
	const [result] = await trigger.executions(server, 1);
	expect(result?.items.map(({ json }) => json.msgid)).toEqual([first, second]);
	// The cursor of the published workflow is where it was.
	expect(stored.staticData).toEqual({});
});

it('starts for nothing that was not asked for', async () => {
	const parameters = { accountScope: 'chosen', accounts: ['wkOther'] };
	const other = await trigger.publish(parameters, { mode: 'manual' });
	trigger.write(trigger.customer());
	await trigger.settle();
	expect(other.executions).toHaveLength(0);
	const events = await trigger.publish({ events: ['event.enter_session'] }, { mode: 'manual' });
	trigger.write(trigger.customer());
	await trigger.settle();
	expect(events.executions).toHaveLength(0);
	expect(events.failures).toEqual([]);
});

it('shows what WeCom refuses', async () => {
	scenario.sandbox.faults.add({ path: SYNC, fault: { kind: 'errcode', errcode: 48007 } });
	const server = await trigger.publish({}, { mode: 'manual' });
	trigger.write(trigger.customer());
	await trigger.settle();
	expect(server.failures[0]?.message).toBe('The app may not use this customer service account');
});

it.each([true, false])(
	'ends where the list has no end; the same cursor: %s',
	async (sameCursor) => {
		scenario.sandbox.faults.add({ path: SYNC, fault: { kind: 'endlessPages', sameCursor } });
		const server = await trigger.publish({}, { mode: 'manual' });
		trigger.write(trigger.customer());
		while (server.failures.length === 0) await trigger.settle();
		expect(server.failures[0]?.message).toMatch(/^WeCom gave .*, so the list has no end$/);
		expect(server.executions).toHaveLength(0);
	},
);
