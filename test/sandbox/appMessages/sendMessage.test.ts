import type { Corp, Phone, Sandbox } from '../index';
import { CALLABLE_AGENT_ID, OTHER_AGENT_ID, phoneOf, setDepartment, setMemberTag } from '../index';
import type { Body } from '../testClient';
import { TestClient, useSandbox } from '../testClient';

describe('application messages (docs 90227, 90236 and 94867)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	useSandbox({ frozen: true }, (fresh) => ({ sandbox, client, corp } = fresh));

	const send = async (body: object, from = client): Promise<Body> =>
		await from.post('/cgi-bin/message/send', {
			agentid: from.agentId,
			msgtype: 'text',
			text: { content: 'Three tasks wait' },
			...body,
		});
	const recall = async (msgid: unknown, from = client): Promise<Body> =>
		await from.post('/cgi-bin/message/recall', { msgid });
	/** Tokens end meanwhile. */
	const later = async (seconds: number) => {
		sandbox.clock.advance(seconds);
		await client.signIn();
	};
	const phone = (userid: string): Phone => phoneOf(corp, userid);
	const reached = () =>
		[...corp.members.keys()].filter((userid) => phone(userid).messages.length > 0);

	describe('agent/list', () => {
		const list = async (from = client): Promise<Body> => await from.get('/cgi-bin/agent/list');

		test('the app of the token, and no other', async () => {
			expect(await list()).toEqual({
				errcode: 0,
				errmsg: 'ok',
				agentlist: [
					{
						agentid: CALLABLE_AGENT_ID,
						name: 'Campaigns',
						square_logo_url: expect.any(String),
					},
				],
			});
			// An app needs no customer contact to send messages.
			expect(await list(new TestClient(sandbox, corp, OTHER_AGENT_ID))).toMatchObject({
				agentlist: [{ agentid: OTHER_AGENT_ID, name: 'Meal Planner' }],
			});
		});

		test('A127: a system secret has no app', async () => {
			client.app.kind = 'system';
			expect(await list()).toMatchObject({ errcode: 0, agentlist: [] });
			sandbox.world.settings.agentListWithoutApp = '48002';
			expect(await list()).toMatchObject({ errcode: 48002, agentlist: [] });
			expect(await send({ touser: 'lin' })).toMatchObject({ errcode: 301002 });
		});
	});

	describe('whom it is for', () => {
		test('members, in order of arrival', async () => {
			const first = await send({ touser: 'lin|wei' });
			expect(first).toEqual({ errcode: 0, errmsg: 'ok', msgid: expect.any(String) });
			sandbox.clock.advance(5);
			await send({ touser: 'LIN', text: { content: 'And a fourth' } });
			expect(phone('lin').messages).toMatchObject([
				{ msgid: first.msgid, from: 'Campaigns', content: { content: 'Three tasks wait' } },
				{ content: { content: 'And a fourth' }, time: sandbox.clock.now() },
			]);
			expect(phone('wei').messages).toHaveLength(1);
			expect(phone('chen').messages).toEqual([]);
		});

		test('departments and tags, each member once', async () => {
			setDepartment(corp, 7, ['wei', 'chen']);
			setMemberTag(corp, 3, ['chen']);
			await send({ touser: 'chen', toparty: '7', totag: '3' });
			expect(phone('chen').messages).toHaveLength(1);
			expect(reached()).toEqual(['wei', 'chen']);
			await send({ toparty: '1' });
			expect(reached()).toEqual(['lin', 'wei', 'chen']);
		});

		test('@all is the visible range, whatever else is named', async () => {
			client.app.visibleMembers = ['lin', 'wei'];
			expect(await send({ touser: '@all', toparty: '99', totag: '99' })).toEqual({
				errcode: 0,
				errmsg: 'ok',
				msgid: expect.any(String),
			});
			expect(reached()).toEqual(['lin', 'wei']);
		});

		test('some out of reach: errcode 0, and they are named', async () => {
			client.app.visibleMembers = ['lin', 'wei'];
			sandbox.world.setLicensed('wei', false);
			setDepartment(corp, 7, ['chen']);
			expect(
				await send({ touser: 'lin|Nobody|chen|wei', toparty: '7|8', totag: '9' }),
			).toMatchObject({
				errcode: 0,
				invaliduser: 'nobody|chen',
				invalidparty: '7|8',
				invalidtag: '9',
				unlicenseduser: 'wei',
			});
			expect(reached()).toEqual(['lin']);
		});

		test('A130: empty lists may be there', async () => {
			sandbox.world.settings.emptyNotReached = 'empty';
			expect(await send({ touser: 'lin|nobody' })).toMatchObject({
				invaliduser: 'nobody',
				invalidparty: '',
				invalidtag: '',
				unlicenseduser: '',
			});
		});

		const ids = (count: number) => Array.from({ length: count }, (_, n) => n + 1).join('|');
		test.each([
			['nobody named', {}, 82001],
			['only blanks', { touser: ' | ', toparty: '' }, 82001],
			['nobody within reach', { touser: 'nobody' }, 81013],
			['1,001 members', { touser: ids(1001) }, 40032],
			['101 departments', { touser: 'lin', toparty: ids(101) }, 82002],
			['101 tags', { touser: 'lin', totag: ids(101) }, 82003],
			['a list instead of text', { touser: ['lin'] }, 40058],
		])('%s is refused', async (_name, body, errcode) => {
			expect(await send(body)).toMatchObject({ errcode });
			expect(reached()).toEqual([]);
		});

		test('a member without licence alone is nobody', async () => {
			sandbox.world.setLicensed('wei', false);
			expect(await send({ touser: 'wei' })).toMatchObject({ errcode: 81013 });
		});
	});

	describe('which app', () => {
		test.each([
			['no agent', undefined, 41011],
			['text', '1000002', 40056],
			['another app', OTHER_AGENT_ID, 301002],
		])('%s: refused', async (_name, agentid, errcode) => {
			expect(await send({ touser: 'lin', agentid })).toMatchObject({ errcode });
		});

		test('one that was switched off', async () => {
			await client.signIn();
			client.app.enabled = false;
			expect(await send({ touser: 'lin' })).toMatchObject({ errcode: 50003 });
		});
	});

	describe('the same message again', () => {
		const again = async (body: object = {}): Promise<Body> =>
			await send({ touser: 'lin', enable_duplicate_check: 1, ...body });

		test('reaches nobody within half an hour, and says nothing', async () => {
			const first = await again();
			expect(await again()).toEqual(first);
			expect(phone('lin').messages).toHaveLength(1);
			sandbox.clock.advance(1799);
			await again();
			expect(phone('lin').messages).toHaveLength(1);
			sandbox.clock.advance(1);
			expect((await again()).msgid).not.toBe(first.msgid);
			expect(phone('lin').messages).toHaveLength(2);
		});

		test('another text, another member or another app is another message', async () => {
			await again();
			await again({ touser: 'lin|wei' });
			await again({ text: { content: 'Four tasks wait' } });
			expect(phone('lin').messages).toHaveLength(3);
			const other = new TestClient(sandbox, corp, OTHER_AGENT_ID);
			await send({ touser: 'lin', enable_duplicate_check: 1 }, other);
			expect(phone('lin').messages).toHaveLength(4);
		});

		test('without the check it comes again', async () => {
			await send({ touser: 'lin' });
			await send({ touser: 'lin' });
			expect(phone('lin').messages).toHaveLength(2);
		});

		test('the interval is the request’s, up to 4 hours', async () => {
			const interval = { duplicate_check_interval: 14_400 };
			await again(interval);
			await later(14_399);
			expect(await again(interval)).toMatchObject({ errcode: 0 });
			expect(phone('lin').messages).toHaveLength(1);
			expect(await again({ duplicate_check_interval: 14_401 })).toMatchObject({ errcode: 40058 });
		});

		test('A128: it may get an msgid of its own', async () => {
			sandbox.world.settings.duplicateMsgid = 'new';
			const [first, second] = [await again(), await again()];
			expect(second.msgid).not.toBe(first.msgid);
			expect(phone('lin').messages).toHaveLength(1);
		});
	});

	describe('too many to one member', () => {
		test('the 31st of a minute is dropped without an error', async () => {
			for (let count = 0; count < 30; count++) await send({ touser: 'lin' });
			expect(await send({ touser: 'lin|wei' })).toMatchObject({ errcode: 0 });
			expect(phone('lin')).toMatchObject({ dropped: 1, messages: { length: 30 } });
			expect(phone('wei')).toMatchObject({ dropped: 0, messages: { length: 1 } });
			sandbox.clock.advance(60);
			await send({ touser: 'lin' });
			expect(phone('lin')).toMatchObject({ dropped: 1, messages: { length: 31 } });
		});

		test('each app has its own count', async () => {
			sandbox.world.settings.appMessagesPerMinute = 1;
			await send({ touser: 'lin' });
			await send({ touser: 'lin' }, new TestClient(sandbox, corp, OTHER_AGENT_ID));
			expect(phone('lin')).toMatchObject({ dropped: 0, messages: { length: 2 } });
		});

		test('and so is the first above the limit of an hour', async () => {
			sandbox.world.settings.appMessagesPerHour = 2;
			for (let count = 0; count < 3; count++) {
				await send({ touser: 'lin' });
				sandbox.clock.advance(600);
			}
			expect(phone('lin')).toMatchObject({ dropped: 1, messages: { length: 2 } });
			sandbox.clock.advance(1800);
			await send({ touser: 'lin' });
			expect(phone('lin').messages).toHaveLength(3);
		});
	});

	describe('recall', () => {
		test('within 24 hours, also twice', async () => {
			const { msgid } = await send({ touser: 'lin|wei' });
			await later(86_399);
			expect(await recall(msgid)).toEqual({ errcode: 0, errmsg: 'ok' });
			const recalledAt = sandbox.clock.now();
			expect(await recall(msgid)).toMatchObject({ errcode: 0 });
			expect(phone('lin').messages).toMatchObject([{ msgid, recalledAt }]);
			expect(phone('wei').messages).toMatchObject([{ recalledAt }]);
		});

		test('refusals', async () => {
			const { msgid } = await send({ touser: 'lin' });
			expect(await recall(undefined)).toMatchObject({ errcode: 40058 });
			expect(await recall('unknown')).toMatchObject({ errcode: 40058 });
			const other = new TestClient(sandbox, corp, OTHER_AGENT_ID);
			expect(await recall(msgid, other)).toMatchObject({ errcode: 40058 });
			await later(86_400);
			expect(await recall(msgid)).toMatchObject({ errcode: 40058 });
			expect(phone('lin').messages[0]?.recalledAt).toBeUndefined();
		});
	});

	test('another corp sees nothing of it', async () => {
		const [, second] = [...sandbox.world.corps.values()] as [Corp, Corp];
		const { msgid } = await send({ touser: 'lin' });
		expect(phoneOf(second, 'lin').messages).toEqual([]);
		expect(await recall(msgid, new TestClient(sandbox, second))).toMatchObject({ errcode: 40058 });
	});
});
