import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';

const scenario = useScenario();
const trigger = useServiceTrigger(scenario);

const SYNC = '/cgi-bin/kf/sync_msg';
const chosen = (...accounts: string[]) => ({ accountScope: 'chosen', accounts });
const syncs = () => scenario.sandbox.log.calls(SYNC).map(({ body }) => body as { open_kfid: string });

it('starts one execution for each message, in order', async () => {
	const server = await trigger.publish();
	const ann = trigger.customer();
	const written = ['one', 'two', 'three'].map((text) => trigger.write(ann, text));
	const results = await trigger.executions(server, 3);
	expect(results.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	expect(await trigger.msgidsOf(server)).toEqual(written);
	expect(server.failures).toEqual([]);
});

it('starts from now on: three days of history start nothing', async () => {
	const ann = trigger.customer();
	for (let count = 0; count < 5; count++) trigger.write(ann);
	scenario.sandbox.clock.advance(60);
	const server = await trigger.publish();
	const fresh = trigger.write(ann);
	await trigger.executions(server, 1);
	expect(await trigger.msgidsOf(server)).toEqual([fresh]);
});

it('starts with the last hours if asked', async () => {
	const ann = trigger.customer();
	trigger.write(ann);
	scenario.sandbox.clock.advance(3_600);
	const recent = trigger.write(ann);
	scenario.sandbox.clock.advance(1_800);
	const server = await trigger.publish({ options: { startWith: 1 } });
	await trigger.executions(server, 1);
	expect(await trigger.msgidsOf(server)).toEqual([recent]);
});

