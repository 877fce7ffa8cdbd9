import type { Receiver } from '../callbacks/receiver';
import { nodeOf, startReceiver } from '../callbacks/receiver';
import type { Sandbox } from '../index';
import { fireCallback, startSandbox } from '../index';
import type { Body } from '../testClient';
import { customersOf, TestClient } from '../testClient';

describe('send_welcome_msg (doc 92137)', () => {
	let sandbox: Sandbox;
	let receiver: Receiver;
	let client: TestClient;
	let id: string;
	beforeEach(async () => {
		sandbox = await startSandbox();
		receiver = await startReceiver();
		client = new TestClient(sandbox);
		sandbox.clock.freeze();
		[id] = customersOf(sandbox.world.corp, 'lin', 1) as [string];
		await client.signIn();
	});
	afterEach(async () => {
		receiver.stop();
		await sandbox.stop();
	});

	const added = async (): Promise<string> => {
		const { welcomeCode = '', xml } = await fireCallback(sandbox.world, receiver.target, {
			event: 'change_external_contact',
			changeType: 'add_external_contact',
			nodes: { UserID: 'lin', ExternalUserID: id },
			welcomeCode: true,
		});
		expect(nodeOf(xml, 'WelcomeCode')).toBe(welcomeCode);
		return welcomeCode;
	};
	const welcome = async (welcome_code: unknown, content: object = {}): Promise<Body> =>
		await client.contact('send_welcome_msg', {
			welcome_code,
			text: { content: 'Welcome!' },
			...content,
		});

	test('once, and outside every receive limit', async () => {
		const code = await added();
		expect(await welcome(code)).toEqual({ errcode: 0, errmsg: 'ok' });
		expect(await welcome(code)).toMatchObject({ errcode: 41050 });
		expect(sandbox.world.welcomes.receivedBy(id)).toMatchObject([
			{ userid: 'lin', sent: { text: 'Welcome!' } },
		]);
		expect(sandbox.world.receivedBy(id)).toEqual([]);
	});

	test('within 20 seconds', async () => {
		const code = await added();
		sandbox.clock.advance(19);
		expect(await welcome(code)).toMatchObject({ errcode: 0 });
		const late = await added();
		sandbox.clock.advance(20);
		expect(await welcome(late)).toMatchObject({ errcode: 41050 });
	});

	test('refusals', async () => {
		const code = await added();
		expect(await welcome(undefined)).toMatchObject({ errcode: 41049 });
		expect(await welcome('made-up')).toMatchObject({ errcode: 41050 });
		expect(await welcome(code, { text: undefined })).toMatchObject({ errcode: 40063 });
		expect(await welcome(code, { text: { content: 'x'.repeat(4001) } })).toMatchObject({
			errcode: 45002,
		});
		const [, other] = [...sandbox.world.corps.values()];
		const stranger = new TestClient(sandbox, other);
		expect(
			await stranger.contact('send_welcome_msg', {
				welcome_code: code,
				text: { content: 'Hi' },
			}),
		).toMatchObject({ errcode: 41050 });
		sandbox.world.interact('lin', id);
		expect(await welcome(code)).toMatchObject({ errcode: 41051 });
	});

	test('A85: a used code may answer 41051', async () => {
		sandbox.world.settings.usedWelcomeCode = '41051';
		const code = await added();
		await welcome(code);
		expect(await welcome(code)).toMatchObject({ errcode: 41051 });
	});

	test.each([
		['delivered', 41051],
		['failed', 0],
	] as const)('A86: another app was sending; its welcome %s', async (rivalWelcome, errcode) => {
		Object.assign(sandbox.world.settings, { rivalWelcomeSeconds: 3, rivalWelcome });
		const code = await added();
		expect(await welcome(code)).toMatchObject({ errcode: 41096 });
		sandbox.clock.advance(2);
		expect(await welcome(code)).toMatchObject({ errcode: 41096 });
		sandbox.clock.advance(1);
		expect(await welcome(code)).toMatchObject({ errcode });
	});

	test('A86: a rival that takes too long leaves an expired code', async () => {
		Object.assign(sandbox.world.settings, { rivalWelcomeSeconds: 60, rivalWelcome: 'failed' });
		const code = await added();
		sandbox.clock.advance(20);
		expect(await welcome(code)).toMatchObject({ errcode: 41050 });
	});
});
