import axios from 'axios';

import type { Sandbox } from '../index';
import { startSandbox } from '../index';
import type { TestClient } from '../testClient';
import { customersOf, useSandbox } from '../testClient';

describe('the page for people', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox({}, (fresh) => ({ sandbox, client } = fresh));

	test.each([
		['/', 'text/html', 'WeCom sandbox'],
		['/page.js', 'text/javascript', 'control('],
		['/style.css', 'text/css', 'body'],
		['/customerService.js', 'text/javascript', 'refreshChats('],
		['/customerService.css', 'text/css', '.bubble'],
		['/dialog.js', 'text/javascript', 'ask('],
		['/people.js', 'text/javascript', 'customerActions('],
		['/console.js', 'text/javascript', 'refreshConsole('],
		['/console.css', 'text/css', 'dialog'],
		['/phones.js', 'text/javascript', 'control('],
		['/phones.css', 'text/css', '.phone'],
	])('%s is served', async (path, type, part) => {
		const response = await client.raw('GET', path);
		expect(response.headers['content-type']).toContain(type);
		expect(response.data).toContain(part);
		expect(sandbox.log.count()).toBe(0);
	});

	test('the overview follows a task from waiting to sent', async () => {
		const overview = async (corp = '') =>
			(await axios.get(`${sandbox.url}/sandbox/overview?corp=${corp}`, { proxy: false })).data;
		const [id, other] = customersOf(sandbox.world.corp, 'chen', 2) as [string, string];
		sandbox.world.setDispatchDelay(60);
		const { msgid } = await client.contact('add_msg_template', {
			sender: 'chen',
			external_userid: [id, other],
			text: { content: 'Hi' },
		});
		const task = async () => (await overview()).members[0].tasks[0];
		expect((await overview()).members[0]).toMatchObject({ userid: 'chen', customers: 8 });
		expect(await task()).toMatchObject({ msgid, text: 'Hi', recipients: 2, state: 'dispatching' });
		sandbox.clock.advance(60);
		expect((await task()).state).toBe('waiting');
		sandbox.world.confirmTask(msgid, 'chen', { only: [id] });
		expect(await task()).toMatchObject({ state: 'partly sent', sent: 1 });
		sandbox.world.confirmTask(msgid);
		expect((await task()).state).toBe('sent');
		expect((await overview()).customers[0]).toMatchObject({
			received: [{ userid: 'chen', text: 'Hi' }],
		});
		await client.contact('cancel_groupmsg_send', { msgid });
		expect((await task()).state).toBe('cancelled');

		const [, second] = [...sandbox.world.corps.values()];
		expect(await overview(second?.corpId)).toMatchObject({
			corp: { name: 'Harbour Books', customers: 4 },
			requests: [{ errcode: 0 }, { errcode: 0 }, { path: '/cgi-bin/gettoken' }],
		});
	});

	test('polls that find nothing new are one request with its count', async () => {
		const { account_list } = await client.post('/cgi-bin/kf/account/list');
		const { open_kfid } = account_list[0];
		sandbox.log.clear();
		sandbox.world.settings.kfSyncsPerMinuteWithoutToken = 100;
		const poll = async () => await client.post('/cgi-bin/kf/sync_msg', { open_kfid });
		await client.contact('get_corp_tag_list');
		for (let times = 0; times < 70; times++) await poll();
		await client.contact('get_corp_tag_list', { tag_id: ['x'] });
		await poll();
		const { data } = await axios.get(`${sandbox.url}/sandbox/overview`, { proxy: false });
		expect(data.requests).toMatchObject([
			{ path: '/cgi-bin/kf/sync_msg', errcode: 0, count: 71 },
			{ path: '/cgi-bin/externalcontact/get_corp_tag_list', count: 1 },
			{ path: '/cgi-bin/externalcontact/get_corp_tag_list', count: 1 },
		]);
	});

	test('a large world stays a small answer', async () => {
		const large = await startSandbox({ seed: { members: 300, customersPerMember: 50 } });
		const response = await axios.get(`${large.url}/sandbox/overview`, { proxy: false });
		expect(response.data.members).toHaveLength(100);
		expect(response.data.customers).toHaveLength(100);
		await large.stop();
	});
});
