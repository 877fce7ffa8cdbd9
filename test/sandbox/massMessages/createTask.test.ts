import type { Corp, MediaType, Sandbox } from '..';
import { startSandbox } from '..';
import { randomId } from '../core/ids';
import type { Body } from '../testClient';
import { chatId, customersOf, tagId, TestClient } from '../testClient';

describe('add_msg_template (doc 92135)', () => {
	let sandbox: Sandbox;
	let client: TestClient;
	let corp: Corp;
	beforeEach(async () => {
		sandbox = await startSandbox({ startAt: new Date('2026-03-10T04:00:00Z') });
		sandbox.clock.freeze();
		client = new TestClient(sandbox);
		corp = sandbox.world.corp;
	});
	afterEach(async () => await sandbox.stop());

	const text = { content: 'Spring teas are in' };
	const create = async (body: object): Promise<Body> =>
		await client.contact('add_msg_template', { text, ...body });
	/** Recipients of the task by sender, as the world holds them. */
	const recipients = (msgid: string): Record<string, string[]> =>
		Object.fromEntries(
			[...(corp.tasks.get(msgid)?.parts.values() ?? [])].map((part) => [
				part.userid,
				part.recipients.map((recipient) => recipient.id),
			]),
		);
	const upload = (type: MediaType, mediaId = randomId(20)): string => {
		const createdAt = sandbox.clock.now();
		corp.media.set(mediaId, {
			mediaId,
			type,
			fileName: 'f',
			mimeType: 'x/y',
			content: Buffer.alloc(10),
			createdAt,
		});
		return mediaId;
	};

	describe('legal targets', () => {
		test('customers without a sender go to the member who talked with each last', async () => {
			const [shared, , , own] = customersOf(corp, 'lin', 4);
			const answer = await create({ external_userid: [shared, own] });
			expect(answer).toEqual({
				errcode: 0,
				errmsg: 'ok',
				fail_list: [],
				msgid: expect.stringMatching(/^msg[\w-]{29}$/),
			});
			expect(recipients(answer.msgid)).toEqual({ wei: [shared], lin: [own] });

			sandbox.world.interact('lin', shared ?? '');
			const later = await create({ external_userid: [shared] });
			expect(recipients(later.msgid)).toEqual({ lin: [shared] });
		});

		test('customers with a sender: those of others are in fail_list, with errcode 0', async () => {
			const [mine] = customersOf(corp, 'chen', 1);
			const [theirs] = customersOf(corp, 'lin').slice(-1);
			const answer = await create({
				sender: 'chen',
				external_userid: [theirs, mine, 'wmUnknown', mine],
			});
			expect(answer).toMatchObject({ errcode: 0, fail_list: [theirs, 'wmUnknown'] });
			expect(recipients(answer.msgid)).toEqual({ chen: [mine] });
		});

		test('84061 when none of the customers is the sender’s (observed 2020); A9: or 41048', async () => {
			const foreign = customersOf(corp, 'lin', 2);
			const body = { sender: 'chen', external_userid: foreign };
			expect(await create(body)).toMatchObject({ errcode: 84061, fail_list: [] });
			sandbox.world.settings.foreignCustomers = 'fail_list';
			expect(await create(body)).toMatchObject({ errcode: 41048 });
		});

		test('a sender alone means all of his customers', async () => {
			const answer = await create({ sender: 'chen' });
			expect(recipients(answer.msgid)).toEqual({ chen: customersOf(corp, 'chen') });
		});

		test('A29: empty lists count as not given, which with a sender is everybody', async () => {
			const answer = await create({
				sender: 'chen',
				external_userid: [],
				tag_filter: { group_list: [{ tag_list: [] }] },
			});
			expect(recipients(answer.msgid)).toEqual({ chen: customersOf(corp, 'chen') });
		});

		test('tags: any within a group, all across the groups', async () => {
			const filter = (...groups: string[][]) => ({
				group_list: groups.map((names) => ({ tag_list: names.map((name) => tagId(corp, name)) })),
			});
			const tagsOf = (id: string) =>
				(corp.relation('lin', id)?.tagIds ?? []).map((each) => corp.tags.get(each)?.name);
			const answer = await create({
				sender: 'lin',
				tag_filter: filter(['Gold', 'Silver'], ['Oolong']),
			});
			const { lin = [] } = recipients(answer.msgid);
			expect(lin.length).toBeGreaterThan(0);
			for (const id of customersOf(corp, 'lin')) {
				const names = tagsOf(id);
				const matches =
					(names.includes('Gold') || names.includes('Silver')) && names.includes('Oolong');
				expect(lin.includes(id)).toBe(matches);
			}
		});

		test('tags without a sender reach the customers of all members', async () => {
			const answer = await create({
				tag_filter: { group_list: [{ tag_list: [tagId(corp, 'Gold')] }] },
			});
			expect(Object.keys(recipients(answer.msgid)).sort()).toEqual(['chen', 'lin', 'wei']);
		});

		test('tag_filter is ignored beside customers, valid or not', async () => {
			const [mine] = customersOf(corp, 'chen', 1);
			const answer = await create({
				sender: 'chen',
				external_userid: [mine],
				tag_filter: { group_list: [{ tag_list: ['etUnknown'] }] },
			});
			expect(recipients(answer.msgid)).toEqual({ chen: [mine] });
		});

		test('groups: own ones are preselected, others fail', async () => {
			const own = chatId(corp, 'Cake lovers');
			const foreign = chatId(corp, 'Weekend events');
			const answer = await create({
				chat_type: 'group',
				sender: 'lin',
				chat_id_list: [own, foreign, 'wrUnknown'],
			});
			expect(answer.fail_list).toEqual([foreign, 'wrUnknown']);
			expect(recipients(answer.msgid)).toEqual({ lin: [own] });
			expect(
				await create({ chat_type: 'group', sender: 'lin', chat_id_list: [foreign] }),
			).toMatchObject({ errcode: 41048 });
		});

		test('groups with a sender alone: the owner chooses when he confirms', async () => {
			const { msgid } = await create({ chat_type: 'group', sender: 'lin' });
			expect(recipients(msgid)).toEqual({ lin: [] });
			const chosen = chatId(corp, 'Cake lovers');
			sandbox.world.confirmTask(msgid, 'lin', { only: [chosen] });
			expect(recipients(msgid)).toEqual({ lin: [chosen] });
			expect(sandbox.world.receivedBy(chosen)).toHaveLength(1);
		});

		test.each([
			['nobody named', {}, 40063],
			['only chat IDs with single', { chat_id_list: ['wr1'] }, 40063],
			['group without sender', { chat_type: 'group', chat_id_list: ['wr1'] }, 40063],
			['unknown chat_type', { chat_type: 'both', sender: 'lin' }, 40058],
			['sender as a list', { sender: ['lin'] }, 40058],
			['unknown sender', { sender: 'nobody' }, 40003],
			['unknown customers only', { external_userid: ['wm1', 'wm2'] }, 41048],
			['customers as a string', { external_userid: 'wm1' }, 40058],
			['unknown tag', { tag_filter: { group_list: [{ tag_list: ['et1'] }] } }, 40068],
			['10,001 customers', { external_userid: Array(10_001).fill('wm1') }, 40058],
			[
				'2,001 groups',
				{ chat_type: 'group', sender: 'lin', chat_id_list: Array(2001).fill('wr1') },
				40058,
			],
			[
				'101 tags in a group',
				{ sender: 'lin', tag_filter: { group_list: [{ tag_list: Array(101).fill('et1') }] } },
				40058,
			],
		])('%s is refused', async (_name, body, errcode) => {
			expect(await create(body)).toMatchObject({ errcode, fail_list: [] });
			expect(corp.tasks.size).toBe(0);
		});

		test('a sender is the same in upper and lower case', async () => {
			expect(await create({ sender: 'LIN' })).toMatchObject({ fail_list: [] });
			const [task] = corp.tasks.values();
			expect([...(task?.parts.keys() ?? [])]).toEqual(['lin']);
		});

		test('a sender outside the visible range is 60011, without customer contact 84074', async () => {
			client.app.visibleMembers = ['wei'];
			expect(await create({ sender: 'lin' })).toMatchObject({ errcode: 60011 });
			const wei = corp.members.get('wei');
			if (wei) wei.customerContact = false;
			expect(await create({ sender: 'wei' })).toMatchObject({ errcode: 84074 });
		});

		test('a member without customers has nobody to send to', async () => {
			corp.addMember('newbie');
			expect(await create({ sender: 'newbie' })).toMatchObject({ errcode: 41048 });
		});

		test('customers who left are not sent to', async () => {
			const [gone, stays] = customersOf(corp, 'chen', 2);
			sandbox.world.deleteRelation('chen', gone ?? '');
			const answer = await create({ sender: 'chen', external_userid: [gone, stays] });
			expect(answer.fail_list).toEqual([gone]);
		});
	});

	describe('content', () => {
		const withContent = async (content: object): Promise<Body> =>
			await client.contact('add_msg_template', { sender: 'lin', ...content });
		const attach = async (...attachments: unknown[]): Promise<number> =>
			(await withContent({ attachments })).errcode as number;

		test('text is counted in UTF-8 bytes', async () => {
			const fits = '茶'.repeat(1333) + 'a';
			expect(await withContent({ text: { content: fits } })).toMatchObject({ errcode: 0 });
			expect(await withContent({ text: { content: fits + 'b' } })).toMatchObject({
				errcode: 45002,
			});
		});

		test('no content at all is 40063', async () => {
			expect(await withContent({})).toMatchObject({ errcode: 40063 });
			expect(await withContent({ text: { content: '' }, attachments: [] })).toMatchObject({
				errcode: 40063,
			});
		});

		test('every kind of attachment, nine of them in order', async () => {
			const image = upload('image');
			const attachments = [
				{ msgtype: 'link', link: { title: 'Guide', url: 'https://example.com/g' } },
				{ msgtype: 'image', image: { media_id: image } },
				{
					msgtype: 'miniprogram',
					miniprogram: { title: 'Shop', pic_media_id: image, appid: 'wx1', page: '/index' },
				},
				{ msgtype: 'video', video: { media_id: upload('video') } },
				{ msgtype: 'file', file: { media_id: upload('file') } },
			];
			const nine = [...attachments, ...attachments.slice(0, 4)];
			const answer = await withContent({ attachments: nine });
			expect(answer.errcode).toBe(0);
			const kept = corp.tasks.get(answer.msgid)?.attachments.map((each) => each.msgtype);
			expect(kept).toEqual(nine.map((each) => each.msgtype));
			expect(await attach(...attachments, ...attachments)).toBe(41064);
		});

		test.each([
			['unknown msgtype', { msgtype: 'voice', voice: { media_id: 'x' } }, 41065],
			['no msgtype', { link: { title: 'a', url: 'b' } }, 41065],
			['another key than msgtype', { msgtype: 'link', image: { media_id: 'x' } }, 40058],
			['link without title', { msgtype: 'link', link: { url: 'https://a.example' } }, 40063],
			['link without url', { msgtype: 'link', link: { title: 'a' } }, 40063],
			['empty image', { msgtype: 'image', image: {} }, 40063],
			['unknown media', { msgtype: 'image', image: { media_id: 'nope' } }, 40007],
			[
				'foreign picture URL',
				{ msgtype: 'image', image: { pic_url: 'https://a.example/1' } },
				40058,
			],
			['video without media', { msgtype: 'video', video: {} }, 40063],
			[
				'mini program without page',
				{ msgtype: 'miniprogram', miniprogram: { title: 'a', pic_media_id: 'b', appid: 'c' } },
				40063,
			],
		])('%s is refused', async (_name, attachment, errcode) => {
			expect(await attach(attachment)).toBe(errcode);
		});

		test.each([
			['title', 128],
			['url', 2048],
			['desc', 512],
			['picurl', 2048],
		])('the %s of a link may have %d bytes', async (field, bytes) => {
			const link = { title: 'a', url: 'https://a.example' };
			const fits = 'é'.repeat(bytes / 2);
			expect(await attach({ msgtype: 'link', link: { ...link, [field]: fits } })).toBe(0);
			expect(await attach({ msgtype: 'link', link: { ...link, [field]: fits + 'a' } })).toBe(40058);
		});

		test('media must be of the attachment’s type, of this corp and younger than 3 days', async () => {
			const file = upload('file');
			expect(await attach({ msgtype: 'image', image: { media_id: file } })).toBe(40007);
			expect(await attach({ msgtype: 'file', file: { media_id: file } })).toBe(0);
			sandbox.clock.advance(3 * 86_400);
			await client.signIn();
			expect(await attach({ msgtype: 'file', file: { media_id: file } })).toBe(40007);
		});

		test('with both, an image’s media_id wins over its URL', async () => {
			const image = { media_id: upload('image'), pic_url: 'https://foreign.example/1' };
			expect(await attach({ msgtype: 'image', image })).toBe(0);
		});
	});

	describe('the receive limit', () => {
		test.each([
			['1_per_day', 1, 86_400],
			['7_per_week', 7, 7 * 86_400],
			['month_days', 31, 31 * 86_400],
		] as const)('%s: %d messages, then fail_list and 41048', async (limit, allowed, period) => {
			const [full, other] = customersOf(corp, 'chen', 2) as [string, string];
			sandbox.world.setReceiveLimit(limit);
			// Enterprise and personal messages count together.
			for (let sent = 0; sent < allowed; sent++) {
				if (sent % 2 === 0) sandbox.world.addPersonalMessage('chen', [full], 'Hello');
				else {
					const { msgid } = await create({ sender: 'chen', external_userid: [full] });
					sandbox.world.confirmTask(msgid);
				}
			}
			expect(await create({ sender: 'chen', external_userid: [full] })).toMatchObject({
				errcode: 41048,
			});
			expect(await create({ sender: 'chen', external_userid: [full, other] })).toMatchObject({
				errcode: 0,
				fail_list: [full],
			});
			sandbox.clock.advance(period);
			await client.signIn();
			expect(await create({ sender: 'chen', external_userid: [full] })).toMatchObject({
				errcode: 0,
			});
		});

		test('days and months are China’s', async () => {
			const [id] = customersOf(corp, 'chen', 1) as [string];
			sandbox.world.setReceiveLimit('1_per_day');
			sandbox.clock.set(new Date('2026-03-10T15:59:50Z'));
			sandbox.world.addPersonalMessage('chen', [id], 'Good night');
			expect(await create({ external_userid: [id] })).toMatchObject({ errcode: 41048 });
			sandbox.clock.set(new Date('2026-03-10T16:00:00Z'));
			expect(await create({ external_userid: [id] })).toMatchObject({ errcode: 0 });
		});

		test('used up between creation and confirmation: status 3', async () => {
			sandbox.world.setReceiveLimit('1_per_day');
			const [id] = customersOf(corp, 'chen', 1) as [string];
			const { msgid } = await create({ sender: 'chen', external_userid: [id] });
			sandbox.world.addPersonalMessage('chen', [id], 'Hello');
			expect(sandbox.world.confirmTask(msgid)).toEqual({ sent: 0, notFriend: 0, overLimit: 1 });
			const result = await client.contact('get_groupmsg_send_result', { msgid, userid: 'chen' });
			expect(result.send_list).toEqual([{ external_userid: id, userid: 'chen', status: 3 }]);
		});

		test('A10: a tenant may accept them and say so in the result only', async () => {
			sandbox.world.settings.overLimit = 'status_3';
			sandbox.world.setReceiveLimit('1_per_day');
			const [id] = customersOf(corp, 'chen', 1) as [string];
			sandbox.world.addPersonalMessage('chen', [id], 'Hello');
			const answer = await create({ sender: 'chen', external_userid: [id] });
			expect(answer).toMatchObject({ errcode: 0, fail_list: [] });
			expect(sandbox.world.confirmTask(answer.msgid)).toMatchObject({ overLimit: 1 });
		});
	});
});
