import axios from 'axios';

import type { Hearing } from '../callbacks/hearing';
import { useHearing } from '../callbacks/hearing';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { chatId, customersOf, TestClient } from '../testClient';

describe('what the page shows of callbacks, welcomes and groups', () => {
	let hearing: Hearing;
	useHearing((fresh) => {
		hearing = fresh;
		hearing.sandbox.clock.freeze();
	});

	const view = async (path: string, url = hearing.sandbox.url): Promise<Body> =>
		(await axios.get(`${url}/sandbox${path}`, { proxy: false })).data;

	test('a new customer comes first, with the welcome that arrived', async () => {
		const { sandbox, post } = hearing;
		const client = new TestClient(sandbox);
		const added = await post('/add-customer', { userid: 'wei', name: 'Amy', state: 'expo' });
		await client.contact('send_welcome_msg', {
			welcome_code: added.welcomeCode,
			text: { content: 'Welcome!' },
		});
		sandbox.clock.advance(1);
		const chat_id = chatId(hearing.corp, 'Cake lovers');
		const { template_id } = await client.contact('group_welcome_template/add', {
			text: { content: 'Hi %NICKNAME%' },
		});
		await post('/group-welcome', { chat_id, template_id });
		await post('/group-join', { chat_id, ids: [added.externalUserid] });
		expect((await view('/overview')).customers[0]).toMatchObject({
			name: 'Amy',
			contacts: [{ userid: 'wei', name: 'Wei Jun', state: 'expo', remark: 'Amy', tagIds: [] }],
			received: [
				{ text: 'Hi Amy', origin: 'welcome to Cake lovers', attachments: [] },
				{ text: 'Welcome!', origin: 'welcome from wei', attachments: [] },
			],
		});

		sandbox.clock.advance(1);
		const [known] = customersOf(hearing.corp, 'chen', 1);
		await post('/add-customer', { userid: 'lin', external_userid: known });
		expect((await view('/overview')).customers.slice(0, 3)).toMatchObject([
			{ externalUserid: known },
			{ name: 'Amy' },
			{ received: [] },
		]);
	});

	test('the console: URL, deliveries, members, groups, tags', async () => {
		const { post, corp, sandbox } = hearing;
		await post('/console-welcome', { userid: 'lin', text: 'Hello' });
		await post('/group-create', { owner: 'lin', name: 'Newest' });
		await post('/tag-create', { group: 'Season', names: ['Spring'] });
		await sandbox.world.callbacks.idle();
		expect(await view('/console')).toMatchObject({
			corpId: corp.corpId,
			callback: sandbox.world.callbacks.target(),
			deliveryCount: 3,
			deliveries: [
				{ changeType: 'create', event: 'change_external_tag', state: 'delivered' },
				{ changeType: 'create', event: 'change_external_tag' },
				{ changeType: 'create', event: 'change_external_chat', attempts: [{ status: 200 }] },
			],
			members: [{ userid: 'lin', welcome: 'Hello' }, { welcome: '' }, { userid: 'chen' }],
			groupCount: 4,
			groups: [{ name: 'Newest', members: [{ id: 'lin', type: 1 }], template: '' }, {}, {}, {}],
			tagGroups: [
				{ name: 'Level' },
				{ name: 'Interest' },
				{ name: 'Consent' },
				{ name: 'Season', tags: [{ name: 'Spring' }] },
			],
		});
		const [, second] = [...sandbox.world.corps.values()];
		expect(await view(`/console?corp=${second?.corpId}`)).toMatchObject({
			callback: null,
			deliveries: [],
			groups: [{ name: 'Book club' }],
		});
	});

	test('a large world stays a small answer', async () => {
		const seed = { members: 300, customersPerMember: 5, groups: 200, tags: 5_000 };
		const large = await startSandbox({ seed });
		const answer = await view('/console', large.url);
		expect([answer.members.length, answer.groups.length, answer.tagGroups.length]).toEqual([
			100, 50, 30,
		]);
		await large.stop();
	});
});
