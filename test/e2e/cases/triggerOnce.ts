/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console --
   rules for shipped code; the long run is asked for in the environment and reports its figures */
import type { CallbackDelivery } from '../../sandbox';
import { N8N_VERSIONS } from '../support/cache';
import { CallbackUrl, customersIn } from '../support/callbackUrl';
import { E2eEnvironment } from '../support/environment';
import { pause } from '../support/processes';
import type { WorkflowNode } from '../support/workflows';
import { chain } from '../support/workflows';

const REPEATS = 50;
const BURST = 50;
const EVENTS_PER_SECOND = 5;
/** `E2E_EVENTS=600` makes it a run of two minutes, in which WeCom needs no repetition: every answer is in time. */
const EVENTS = Number(process.env.E2E_EVENTS ?? 60);

const NO_DUPLICATES: WorkflowNode = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.dedupe_key }}',
	},
};

/** Every message starts one execution, however often and however many at once WeCom sends them. */
export function triggerOnceCases(environment: E2eEnvironment): void {
	let callbackUrl: CallbackUrl;
	beforeEach(async () => {
		callbackUrl = await CallbackUrl.create(environment.callbackSurroundings);
		Object.assign(environment.sandbox.world.settings, { callbackVerifyMilliseconds: 30_000 });
	});
	const settings = (given: object) => Object.assign(environment.sandbox.world.settings, given);
	const names = (count: number) => Array.from({ length: count }, (_, index) => `wmEVENT${index}`);

	it(`${REPEATS} repetitions of one message at once, and one more afterwards`, async () => {
		settings({ callbackAnswerMilliseconds: 60_000 });
		const workflow = await callbackUrl.publish(chain('Trigger', [callbackUrl.trigger()]));
		const first = callbackUrl.emit('wmAMY');
		const url = callbackUrl.productionUrl;
		const answers = await Promise.all(
			Array.from({ length: REPEATS - 1 }, async () => await callbackUrl.sendTo(url, first)),
		);
		answers.push(await callbackUrl.sendTo(url, first));
		expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
			new Set([JSON.stringify({ status: 200, body: '' })]),
		);
		expect(customersIn(await callbackUrl.allExecutions(workflow))).toEqual(['wmAMY']);
		expect(first.state).toBe('delivered');
	});

	it(`a burst of ${BURST}, with the repetitions that slow answers cause`, async () => {
		const workflow = await callbackUrl.publish(chain('Trigger', [callbackUrl.trigger()]));
		// Less than n8n needs for all of them: WeCom hangs up and sends again, on any machine.
		settings({ callbackAnswerMilliseconds: 1_000 });
		const { callbacks } = environment.sandbox.world;
		const deliveries = names(BURST).map((name) => callbackUrl.emit(name));
		await callbacks.idle();
		const attempts = deliveries.flatMap((delivery) => delivery.attempts);
		expect(attempts.length).toBeGreaterThan(BURST);
		// What WeCom has given up, somebody sends once more on the sandbox's page: n8n may have it or not.
		settings({ callbackAnswerMilliseconds: 60_000 });
		const failed = deliveries.filter(({ state }) => state === 'failed');
		const again = failed.map(({ id }) => callbacks.repeat(id));
		await callbacks.idle();
		expect(again.filter(({ state }) => state !== 'delivered')).toEqual([]);
		const executions = await callbackUrl.allExecutions(workflow);
		expect(executions.every(({ status }) => status === 'success')).toBe(true);
		expect(customersIn(executions).sort()).toEqual(names(BURST).sort());
	});

	it('n8n killed in between: the URL is there again, and dedupe_key tells what was there before', async () => {
		const { n8n } = environment;
		const workflow = await callbackUrl.publish(
			chain('Trigger', [callbackUrl.trigger(), NO_DUPLICATES]),
		);
		settings({ callbackAnswerMilliseconds: 60_000 });
		const before = await callbackUrl.deliver('wmBEFORE');
		await callbackUrl.executions(workflow, 1);
		await n8n.server.kill();
		settings({ callbackRetryPauseMilliseconds: 10 });
		const meanwhile = await callbackUrl.deliver('wmMEANWHILE');
		expect(meanwhile).toMatchObject({ state: 'failed' });
		await n8n.restart();

		expect((await callbackUrl.save()).verified).toBe(true);
		const { callbacks } = environment.sandbox.world;
		for (const { id } of [meanwhile, before, before]) callbacks.repeat(id);
		const executions = await callbackUrl.allExecutions(workflow);
		// The memory of the process was lost with it: the workflow starts once more with what was there before.
		expect(customersIn(executions).sort()).toEqual(['wmBEFORE', 'wmBEFORE', 'wmMEANWHILE']);
		const passed = executions.flatMap((each) => each.output(NO_DUPLICATES.name));
		expect(passed.map(({ json }) => json.external_userid).sort()).toEqual([
			'wmBEFORE',
			'wmMEANWHILE',
		]);
	});

	if (E2eEnvironment.version !== N8N_VERSIONS[0] && !process.env.E2E_EVENTS) return;

	it(`${EVENTS} events at ${EVENTS_PER_SECOND} a second are all delivered and run once`, async () => {
		const workflow = await callbackUrl.publish(chain('Trigger', [callbackUrl.trigger()]));
		// No case depends on the speed of the machine but the long run, which holds n8n to WeCom's limit.
		const isLongRun = process.env.E2E_EVENTS !== undefined;
		if (!isLongRun) {
			settings({ callbackAnswerMilliseconds: 60_000, callbackRetryPauseMilliseconds: 5_000 });
		}
		const deliveries: CallbackDelivery[] = [];
		const start = performance.now();
		for (const [index, name] of names(EVENTS).entries()) {
			await pause(start + (index * 1_000) / EVENTS_PER_SECOND - performance.now());
			deliveries.push(callbackUrl.emit(name));
		}
		const executions = await callbackUrl.allExecutions(workflow);
		const times = deliveries
			.flatMap(({ attempts }) => attempts.map(({ milliseconds }) => milliseconds))
			.sort((a, b) => a - b);
		const share = (part: number) => times[Math.floor(part * (times.length - 1))];
		console.log(`Answers: ${share(0.5)} ms p50, ${share(0.99)} ms p99, ${share(1)} ms at most`);
		expect(executions.every(({ status }) => status === 'success')).toBe(true);
		expect(customersIn(executions).sort()).toEqual(names(EVENTS).sort());
		if (isLongRun) expect(times).toHaveLength(EVENTS);
		expect(deliveries.filter(({ state }) => state !== 'delivered')).toEqual([]);
	});
}
