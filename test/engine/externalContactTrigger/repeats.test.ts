import { useScenario } from '../../harness/scenario';
import { eventRequest, resultsOf, send, useTrigger } from '../../harness/triggerScenario';

const scenario = useScenario();
const trigger = useTrigger(scenario);

const OK = { status: 200, text: '' };

/** Events that differ in nothing but their channel. */
let messages = 0;
const newMessage = () => eventRequest({ State: `channel ${++messages}` });

it('starts one execution for a message that comes fifty times at once', async () => {
	const server = await trigger.publish();
	const message = newMessage();
	const answers = await Promise.all(Array.from({ length: 50 }, () => send(server, message)));
	expect(answers).toEqual(Array.from({ length: 50 }, () => OK));
	expect(await resultsOf(server)).toHaveLength(1);
});

it('knows a message that is encrypted anew', async () => {
	const server = await trigger.publish();
	for (let count = 0; count < 4; count++) expect(await send(server, eventRequest())).toEqual(OK);
	expect(await resultsOf(server)).toHaveLength(1);
});

it('starts one for each of fifty messages of the same second, and none for their repeats', async () => {
	const server = await trigger.publish();
	const sent = Array.from({ length: 50 }, newMessage);
	await Promise.all(sent.map(async (message) => await send(server, message)));
	await Promise.all(sent.map(async (message) => await send(server, message)));
	const items = (await resultsOf(server)).map(({ items: [item] }) => item?.json.dedupe_key);
	expect(items).toHaveLength(50);
	expect(new Set(items).size).toBe(50);
});

it('takes a message again that n8n could not store', async () => {
	const server = await trigger.publish();
	const message = newMessage();
	server.beforeStart = async () => await Promise.reject(new Error('The database is away'));
	expect((await send(server, message)).status).toBe(500);
	server.beforeStart = async () => {};
	expect(await send(server, message)).toEqual(OK);
	expect(await send(server, message)).toEqual(OK);
	expect(await resultsOf(server)).toHaveLength(1);
});

/** n8n stores the execution when the test says so. */
function held() {
	let open: (error?: Error) => void = () => {};
	const gate = new Promise<void>((resolve, reject) => {
		open = (error) => (error ? reject(error) : resolve());
	});
	let arrived: () => void = () => {};
	const arrival = new Promise<void>((resolve) => (arrived = resolve));
	const wait = async () => {
		arrived();
		await gate;
	};
	return { open, wait, arrival };
}

it('keeps a repetition waiting while n8n stores the first, after which WeCom no longer waits', async () => {
	const server = await trigger.publish();
	const message = newMessage();
	const { open, wait, arrival } = held();
	server.beforeStart = wait;
	const hangUp = new AbortController();
	const first = send(server, message, hangUp.signal).catch((error: Error) => error.name);
	await arrival;
	hangUp.abort();
	expect(await first).toBe('AbortError');

	const second = send(server, message);
	const third = send(server, message);
	open();
	expect(await Promise.all([second, third])).toEqual([OK, OK]);
	expect(await resultsOf(server)).toHaveLength(1);
});

it('lets one of the repetitions take over when the first fails', async () => {
	const server = await trigger.publish();
	const message = newMessage();
	const { open, wait, arrival } = held();
	server.beforeStart = wait;
	const first = send(server, message);
	await arrival;
	server.beforeStart = async () => {};
	const others = Array.from({ length: 5 }, () => send(server, message));
	open(new Error('The database is away'));
	expect((await first).status).toBe(500);
	expect(await Promise.all(others)).toEqual([OK, OK, OK, OK, OK]);
	expect(await resultsOf(server)).toHaveLength(1);
});

it('is the memory of one workflow: another one gets the same message', async () => {
	const message = newMessage();
	for (const server of [await trigger.publish(), await trigger.publish()]) {
		expect(await send(server, message)).toEqual(OK);
		expect(await resultsOf(server)).toHaveLength(1);
	}
});

it('forgets a message after ten minutes', async () => {
	const server = await trigger.publish();
	const message = newMessage();
	await send(server, message);
	scenario.sandbox.clock.advance(599);
	await send(server, message);
	expect(await resultsOf(server)).toHaveLength(1);
	scenario.sandbox.clock.advance(1);
	await send(server, message);
	expect(await resultsOf(server)).toHaveLength(2);
});

it('remembers nothing of the test URL, so that an event can be sent again', async () => {
	const server = await trigger.publish({}, { mode: 'manual' });
	const message = newMessage();
	for (let count = 0; count < 2; count++) expect(await send(server, message)).toEqual(OK);
	expect(await resultsOf(server)).toHaveLength(2);
});
