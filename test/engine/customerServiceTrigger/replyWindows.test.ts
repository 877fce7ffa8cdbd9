import { replyWindows } from '../../../nodes/shared/client/customerService/replyWindows';
import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';

const scenario = useScenario();
const trigger = useServiceTrigger(scenario);

const windowOf = (external_userid: string) =>
	replyWindows.of({ open_kfid: trigger.account, external_userid });

it('is known of customers who write while the trigger listens, whatever it starts for', async () => {
	const [before, ann] = [trigger.customer('Bob'), trigger.customer('Ann')];
	trigger.write(before);
	scenario.sandbox.clock.advance(60);
	const first = await trigger.publish({ events: ['event.enter_session'] });
	const second = await trigger.publish({ events: ['event.msg_send_fail'] });
	trigger.enter(first);
	trigger.write(ann);
	await trigger.settle();
	expect(first.executions).toHaveLength(0);
	const known = { repliesLeft: 5, endsAt: scenario.sandbox.clock.now() + 48 * 3_600 };
	expect(windowOf(ann)).toEqual(known);
	// Who may have been answered before, nobody knows how often.
	expect(windowOf(before)).toBeUndefined();

	await first.stop();
	expect(windowOf(ann)).toEqual(known);
	await second.stop();
	expect(windowOf(ann)).toBeUndefined();
});

it('begins anew with a message that starts an execution, also one that waited for n8n', async () => {
	const ann = trigger.customer();
	trigger.write(ann);
	scenario.sandbox.clock.advance(60);
	const server = await trigger.publish({ options: { startWith: 1 } });
	await trigger.executions(server, 1);
	expect(windowOf(ann)).toMatchObject({ repliesLeft: 5 });
});
