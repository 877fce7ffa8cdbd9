import type { Sandbox } from '../index';
import type { Body, TestClient } from '../testClient';
import { addMedia, useSandbox } from '../testClient';

describe('phones over the control API', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	useSandbox({}, (fresh) => ({ sandbox, client } = fresh));

	const control = async (path: string, body?: object) =>
		await client.raw(body ? 'POST' : 'GET', `/sandbox${path}`, { body });
	const send = async (body: object): Promise<Body> =>
		await client.post('/cgi-bin/message/send', {
			agentid: client.agentId,
			msgtype: 'text',
			text: { content: 'Hi' },
			...body,
		});

	test('what one member sees, with what was recalled and what was dropped', async () => {
		sandbox.world.settings.appMessagesPerMinute = 1;
		const { msgid } = await send({ touser: 'lin' });
		await send({ touser: 'lin|wei' });
		await client.post('/cgi-bin/message/recall', { msgid });
		expect((await control('/app-messages/lin')).data).toEqual({
			messages: [
				{
					msgid,
					agentId: client.agentId,
					from: 'Campaigns',
					msgtype: 'text',
					content: { content: 'Hi' },
					time: expect.any(Number),
					recalledAt: expect.any(Number),
				},
			],
			dropped: 1,
		});
		expect((await control('/app-messages/chen')).data).toEqual({ messages: [], dropped: 0 });
		expect(await control('/app-messages/nobody')).toMatchObject({
			status: 400,
			data: { error: 'There is no member nobody' },
		});
	});

	test('phones with something on them, the latest first', async () => {
		sandbox.clock.freeze();
		await send({ touser: 'wei' });
		sandbox.clock.advance(1);
		await send({ touser: 'lin' });
		expect((await control('/phones')).data).toMatchObject([
			{ userid: 'lin', name: 'Lin Xiaomei', messages: [{}] },
			{ userid: 'wei', messages: [{}] },
		]);
		const [, second] = [...sandbox.world.corps.keys()];
		expect((await control(`/phones?corp=${second}`)).data).toEqual([]);
	});

	test('an uploaded file comes as a file, never as a page', async () => {
		addMedia(sandbox, 'file', {
			mediaId: 'm1',
			fileName: '价目表.html',
			mimeType: 'text/html',
			content: Buffer.from('<script>'),
		});
		await send({ touser: 'lin', msgtype: 'file', file: { media_id: 'm1' } });
		expect((await control('/app-messages/lin')).data.messages).toMatchObject([
			{ fileName: '价目表.html', content: { media_id: 'm1' } },
		]);
		const file = await control('/media/m1');
		expect(file.data).toBe('<script>');
		expect(file.headers['content-disposition']).toMatch(/^attachment;/);
		expect((await control('/media/none')).status).toBe(400);
	});

	test('departments and tags of the address book', async () => {
		await control('/department', { id: 5, userids: ['wei'] });
		await control('/member-tag', { id: 6, userids: ['chen'] });
		expect(await send({ toparty: '5', totag: '6' })).not.toHaveProperty('invalidparty');
		expect((await control('/phones')).data).toHaveLength(2);
		expect((await control('/department', { id: 5 })).status).toBe(400);
	});
});
