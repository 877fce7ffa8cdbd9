import { CALLABLE_AGENT_ID, startSandbox, wait } from '../index';
import type { Sandbox } from '../index';
import { customersOf, TestClient } from '../testClient';
import type { Receiver } from './receiver';
import { startReceiver } from './receiver';

describe('events go to the callback URL of the console', () => {
	let sandbox: Sandbox;
	let receiver: Receiver;
	beforeEach(async () => {
		sandbox = await startSandbox();
		receiver = await startReceiver();
		sandbox.world.callbacks.setTarget(receiver.target);
	});
	afterEach(async () => {
		await sandbox.stop();
		receiver.stop();
	});

	const control: TestClient['control'] = async (...call) =>
		await new TestClient(sandbox).control(...call);
	const edited = { event: 'change_external_contact', changeType: 'edit_external_contact' };

	test('an action does not wait for the receiver; the log follows each attempt', async () => {
		const { callbacks, settings } = sandbox.world;
		let answer = () => {};
		receiver.respond = (_request, response) => {
			answer = () => void response.status(503).end();
		};
		settings.callbackRetries = 0;
		const delivery = callbacks.emit(edited);
		expect(delivery).toMatchObject({ state: 'sending', attempts: [] });
		while (receiver.received.length === 0) await wait(1);
		answer();
		await callbacks.idle();
		expect(delivery).toMatchObject({
			state: 'failed',
			attempts: [{ status: 503, time: expect.any(Number), milliseconds: expect.any(Number) }],
		});
		receiver.respond = (_request, response) => void response.end();
		const again = await control('POST', '/callbacks/repeat', { id: delivery.id });
		expect(again).toMatchObject({ repeats: delivery.id, xml: delivery.xml });
		await callbacks.idle();
		expect(await control('GET', `/callbacks?after=${delivery.id}`)).toMatchObject([
			{ id: again.id, state: 'delivered', corpId: sandbox.corpId },
		]);
		expect(await control('POST', '/callbacks/repeat', { id: 99 })).toEqual({
			error: 'There is no delivery 99',
		});
	});

	test('side by side, or one by one (A82)', async () => {
		const { callbacks, settings } = sandbox.world;
		let open = 0;
		let most = 0;
		const waiting: Array<() => void> = [];
		receiver.respond = (_request, response) => {
			open += 1;
			most = Math.max(most, open);
			waiting.push(() => {
				open -= 1;
				response.end();
			});
		};
		const answerWhen = async (count: number) => {
			while (waiting.length < count) await wait(1);
			for (const answer of waiting.splice(0)) answer();
		};
		for (let index = 0; index < 3; index++) callbacks.emit(edited);
		await answerWhen(3);
		await callbacks.idle();
		expect(most).toBe(3);

		settings.callbackOrder = 'one_by_one';
		most = 0;
		for (let index = 0; index < 3; index++) callbacks.emit(edited);
		for (let index = 0; index < 3; index++) await answerWhen(1);
		await callbacks.idle();
		expect([most, receiver.received.length]).toEqual([1, 6]);
	});

	test('a burst: each event is repeated by itself until it is taken', async () => {
		const seen = new Map<string, number>();
		receiver.respond = (request, response) => {
			const body = request.body as string;
			seen.set(body, (seen.get(body) ?? 0) + 1);
			response.status(seen.get(body) === 2 ? 200 : 503).end();
		};
		const { callbacks } = sandbox.world;
		const deliveries = Array.from({ length: 50 }, () => callbacks.emit(edited));
		await callbacks.idle();
		expect(deliveries.every(({ state }) => state === 'delivered')).toBe(true);
		expect([...seen.values()]).toEqual(Array(50).fill(2));
	});

	test('nobody is told who may not know: no URL, not callable, member not seen (A84)', async () => {
		const { callbacks, corp } = sandbox.world;
		const app = corp.apps.get(CALLABLE_AGENT_ID);
		if (!app) throw new Error('No app');
		const about = (userid: string) => callbacks.emit({ ...edited, nodes: { UserID: userid } });
		app.visibleMembers = ['wei'];
		expect(about('lin')).toMatchObject({ state: 'not sent', reason: expect.any(String) });
		expect(about('wei').state).toBe('sending');
		app.callable = false;
		expect(about('wei').reason).toBe('The app is not callable');
		expect(callbacks.emit({ event: 'kf_msg_or_event' }).state).toBe('sending');
		await callbacks.idle();
		await control('DELETE', '/callback-url');
		const unsent = callbacks.emit({ event: 'kf_msg_or_event' });
		expect(unsent.reason).toBe('There is no callback URL');
		expect(await control('POST', '/callbacks/repeat', { id: unsent.id })).toEqual({
			error: 'There is no callback URL',
		});
		expect(receiver.received).toHaveLength(2);
	});

	test('corps have a URL each; Start over forgets the deliveries and keeps the URLs', async () => {
		const { callbacks, corps } = sandbox.world;
		const [first, second] = [...corps.values()];
		expect(callbacks.target(second)).toBeUndefined();
		expect(callbacks.emit(edited, second).state).toBe('not sent');
		await control('POST', '/reset');
		expect(callbacks.deliveries()).toEqual([]);
		expect(sandbox.world.corp).not.toBe(first);
		expect(callbacks.target()).toEqual(receiver.target);
	});

	test('stopping the sandbox ends what is under way', async () => {
		receiver.respond = () => {};
		const delivery = sandbox.world.callbacks.emit(edited);
		while (receiver.received.length === 0) await wait(1);
		await sandbox.stop();
		await sandbox.world.callbacks.idle();
		expect([delivery.state, receiver.received.length]).toEqual(['failed', 1]);
		sandbox = await startSandbox();
	});

	test('what the API changes causes no event (doc 92130)', async () => {
		const client = new TestClient(sandbox);
		const [id] = customersOf(sandbox.world.corp, 'lin', 1);
		const pair = { userid: 'lin', external_userid: id };
		const { tag_group: made } = await client.contact('add_corp_tag', {
			group_name: 'Season',
			tag: [{ name: 'Autumn' }],
		});
		const [tag] = made.tag;
		const calls = [
			await client.contact('remark', { ...pair, remark: 'Amy' }),
			await client.contact('mark_tag', { ...pair, add_tag: [tag.id] }),
			await client.contact('edit_corp_tag', { id: tag.id, name: 'Fall' }),
			await client.contact('del_corp_tag', { tag_id: [tag.id] }),
		];
		expect(calls.map(({ errcode }) => errcode)).toEqual([0, 0, 0, 0]);
		expect(sandbox.world.callbacks.deliveries()).toEqual([]);
	});

	test('an event of any kind, over the control API', async () => {
		const nodes = { Token: 'ENC1', OpenKfId: 'wk1' };
		const sent = await control('POST', '/event', { event: 'kf_msg_or_event', nodes });
		expect(sent.xml).toContain('<Token><![CDATA[ENC1]]></Token><OpenKfId>');
		expect(sent.xml).not.toMatch(/ChangeType|FromUserName/);
		expect(await control('POST', '/event', { corp: 'ww1', event: 'x' })).toEqual({
			error: 'There is no corp ww1',
		});
	});
});
