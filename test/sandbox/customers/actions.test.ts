import type { Hearing } from '../callbacks/hearing';
import { useHearing } from '../callbacks/hearing';
import type { Corp, Sandbox } from '../index';
import { customersOf, tagId, TestClient } from '../testClient';

describe('members and customers, and the events they cause (doc 92130)', () => {
	let sandbox: Sandbox;
	let corp: Corp;
	let post: Hearing['post'];
	let events: Hearing['events'];
	useHearing((hearing) => ({ sandbox, corp, post, events } = hearing));

	const contact = (changeType: string, nodes: object) => [
		`change_external_contact.${changeType}`,
		nodes,
	];

	test('a new customer adds a member by a channel', async () => {
		const added = await post('/add-customer', { userid: 'wei', name: 'Amy', state: 'expo' });
		const id = added.externalUserid as string;
		expect(await events()).toEqual([
			contact('add_external_contact', {
				UserID: 'wei',
				ExternalUserID: id,
				State: 'expo',
				WelcomeCode: added.welcomeCode,
			}),
		]);
		const client = new TestClient(sandbox);
		const answer = await client.get('/cgi-bin/externalcontact/get', { external_userid: id });
		expect(answer).toMatchObject({
			external_contact: { name: 'Amy' },
			follow_user: [{ userid: 'wei', state: 'expo' }],
		});
		expect(
			await client.contact('send_welcome_msg', {
				welcome_code: added.welcomeCode,
				text: { content: 'Welcome!' },
			}),
		).toMatchObject({ errcode: 0 });
	});

	test('a customer of a colleague, without channel', async () => {
		const [id] = customersOf(corp, 'chen', 1);
		await post('/add-customer', { userid: 'lin', external_userid: id });
		const [[, nodes] = []] = await events();
		expect(nodes).toEqual({
			UserID: 'lin',
			ExternalUserID: id,
			WelcomeCode: expect.any(String),
		});
		expect(await post('/add-customer', { userid: 'lin', external_userid: id })).toEqual({
			error: `${id} is a customer of lin already`,
		});
		expect(await post('/add-customer', { userid: 'x' })).toHaveProperty('error');
		expect(await post('/add-customer', { userid: 'lin', external_userid: 'wm1' })).toHaveProperty(
			'error',
		);
		expect(await events()).toEqual([]);
	});

	test('no code after a chat, for a WeCom user, and beside a welcome text of the console', async () => {
		await post('/console-welcome', { userid: 'wei', text: 'Hello from the console' });
		const wecomUser = customersOf(corp, 'lin').find((id) => id.startsWith('wo'));
		await post('/add-customer', { userid: 'lin', chatStarted: true });
		await post('/add-customer', { userid: 'chen', external_userid: wecomUser });
		const { externalUserid } = await post('/add-customer', { userid: 'wei' });
		for (const [, nodes] of await events()) expect(nodes).not.toHaveProperty('WelcomeCode');
		expect(sandbox.world.welcomes.receivedBy(externalUserid as string)).toMatchObject([
			{ userid: 'wei', sent: { text: 'Hello from the console' } },
		]);
		await post('/console-welcome', { userid: 'wei', text: '' });
		expect(await post('/add-customer', { userid: 'wei' })).toHaveProperty('welcomeCode');
	});

	test.each([true, false])('without verification first; welcomed then: %s', async (welcomed) => {
		const half = await post('/add-customer', { userid: 'lin', state: 'expo', half: true });
		const pair = { UserID: 'lin', ExternalUserID: half.externalUserid };
		expect(await events()).toEqual([
			contact('add_half_external_contact', {
				...pair,
				State: 'expo',
				WelcomeCode: half.welcomeCode,
			}),
		]);
		// A87
		expect(corp.relation('lin', half.externalUserid as string)).toBeUndefined();
		if (welcomed) {
			await new TestClient(sandbox).contact('send_welcome_msg', {
				welcome_code: half.welcomeCode,
				text: { content: 'Hi' },
			});
		}
		await post('/add-customer', { userid: 'lin', external_userid: half.externalUserid });
		const [[name, nodes] = []] = await events();
		expect([name, nodes]).toMatchObject(
			contact('add_external_contact', { ...pair, State: 'expo' }),
		);
		expect('WelcomeCode' in (nodes ?? {})).toBe(!welcomed);
	});

	test('deleted by the customer, by the member, by a transfer', async () => {
		const [first, second, third] = customersOf(corp, 'chen', 3);
		const remove = async (id: string | undefined, by?: string) =>
			await post('/delete-relation', { userid: 'chen', external_userid: id, by });
		await remove(first);
		await remove(second, 'member');
		await remove(third, 'transfer');
		expect(await remove(first)).toHaveProperty('error');
		expect(await events()).toEqual([
			contact('del_follow_user', { UserID: 'chen', ExternalUserID: first }),
			contact('del_external_contact', { UserID: 'chen', ExternalUserID: second }),
			contact('del_external_contact', {
				UserID: 'chen',
				ExternalUserID: third,
				Source: 'DELETE_BY_TRANSFER',
			}),
		]);
		expect(customersOf(corp, 'chen')).not.toContain(first);
	});

	test('edited by the member; mobiles alone cause no event (A89)', async () => {
		const [id] = customersOf(corp, 'lin', 1);
		const edit = async (fields: object) =>
			await post('/edit-customer', { userid: 'lin', external_userid: id, ...fields });
		await edit({ remark: 'Amy, VIP' });
		await edit({ addTags: [tagId(corp, 'Bronze')], removeTags: [tagId(corp, 'Gold')] });
		await edit({ remarkMobiles: ['13900000001'] });
		expect(await edit({ addTags: ['et1'] })).toEqual({ error: 'There is no tag et1' });
		const edited = contact('edit_external_contact', {
			UserID: 'lin',
			ExternalUserID: id,
			State: 'spring-expo',
		});
		expect(await events()).toEqual([edited, edited]);
		expect(corp.relation('lin', id ?? '')).toMatchObject({
			remark: 'Amy, VIP',
			remarkMobiles: ['13900000001'],
			tagIds: [tagId(corp, 'Green tea'), tagId(corp, 'Bronze')],
		});
	});

	test('chat archiving: the first code answers 41053, that of the consent works (A95)', async () => {
		const added = await post('/add-customer', { userid: 'lin', awaitsConsent: true });
		const pair = { userid: 'lin', external_userid: added.externalUserid };
		const client = new TestClient(sandbox);
		const welcome = async (welcome_code: unknown) =>
			await client.contact('send_welcome_msg', { welcome_code, text: { content: 'Hi' } });
		expect(await welcome(added.welcomeCode)).toMatchObject({ errcode: 41053 });
		const agreed = await post('/archive-consent', pair);
		const [, second] = await events();
		expect(second).toEqual(
			contact('msg_audit_approved', {
				UserID: 'lin',
				ExternalUserID: added.externalUserid,
				WelcomeCode: agreed.welcomeCode,
			}),
		);
		expect(await welcome(agreed.welcomeCode)).toMatchObject({ errcode: 0 });
	});

	test('a transfer that failed', async () => {
		const pair = { userid: 'wei', external_userid: 'wm1' };
		await post('/transfer-fail', { ...pair, reason: 'customer_refused' });
		expect(await post('/transfer-fail', { ...pair, reason: 'x' })).toHaveProperty('error');
		expect(await events()).toEqual([
			contact('transfer_fail', {
				UserID: 'wei',
				ExternalUserID: 'wm1',
				FailReason: 'customer_refused',
			}),
		]);
	});
});
