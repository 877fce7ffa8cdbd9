import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { Scenario } from '../../harness/scenario';
import { byId, customersOf, recipientsOfTasks, startScenario } from '../../harness/scenario';

let scenario: Scenario;

afterEach(async () => await scenario.stop());

async function broadcast(parameters: IDataObject, run: Parameters<Scenario['run']>[1] = {}) {
	return await scenario.run(
		{
			resource: 'message',
			operation: 'broadcast',
			sentBy: 'member',
			member: byId('lin'),
			text: 'The new harvest is here',
			...parameters,
		},
		run,
	);
}

describe('in a small company', () => {
	beforeEach(async () => {
		scenario = await startScenario();
	});

	describe('Customers', () => {
		it.each([
			['commas', (ids: string[]) => ids.join(',')],
			['line breaks and blanks', (ids: string[]) => ` ${ids.join(' \r\n ')} \n`],
			['Chinese commas', (ids: string[]) => ids.join('，')],
			['an array from an expression', (ids: string[]) => `={{ ${JSON.stringify(ids)} }}`],
			['the text of a JSON array', (ids: string[]) => ` ${JSON.stringify(ids)}\n`],
		])('makes one task of IDs given with %s', async (_, write) => {
			const ids = customersOf(scenario.sandbox, 'lin').slice(0, 3);
			const { items } = await broadcast({ sendTo: 'customers', externalUserIds: write(ids) });

			expect(items).toEqual([
				{
					json: {
						msgid: scenario.sandbox.world.tasks()[0]?.msgid,
						chat_type: 'single',
						sender: 'lin',
						recipient_count: 3,
						fail_list: [],
						fail_count: 0,
						skipped: [],
						batch: 1,
						batch_count: 1,
						state: 'created',
					},
					pairedItem: { item: 0 },
				},
			]);
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([ids]);
		});

		it('puts the IDs of all input items together and names nobody twice', async () => {
			const [a, b, c] = customersOf(scenario.sandbox, 'lin') as [string, string, string];
			const { items } = await broadcast(
				{ sendTo: 'customers', externalUserIds: '={{ $json.ids }}' },
				{ input: [{ ids: [a, b] }, { ids: `${b}, ${c}, ${a}` }] },
			);
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([[a, b, c]]);
			expect(items.map((item) => item.pairedItem)).toEqual([[{ item: 0 }, { item: 1 }]]);
		});

		it('reports customers of another member in fail_list, counts them and says so', async () => {
			const [own] = customersOf(scenario.sandbox, 'lin') as [string];
			const [foreign] = customersOf(scenario.sandbox, 'chen') as [string];
			const { items, hints } = await broadcast({
				sendTo: 'customers',
				externalUserIds: `${own},${foreign}`,
			});
			expect(items[0]?.json).toMatchObject({
				recipient_count: 1,
				fail_list: [foreign],
				fail_count: 1,
				state: 'created',
			});
			expect(hints.map((hint) => hint.message)).toEqual([
				'1 task created. Nothing is delivered before the members confirm in WeCom.',
				'1 recipient cannot be reached; see fail_list.',
			]);
		});

		it('gives an outcome, not an error, when nobody is left to send to', async () => {
			const { sandbox } = scenario;
			sandbox.world.setReceiveLimit('1_per_day');
			const [id] = customersOf(sandbox, 'lin') as [string];
			sandbox.world.addPersonalMessage('lin', [id], 'Good morning');
			const before = sandbox.world.tasks().length;

			const { status, items } = await broadcast({ sendTo: 'customers', externalUserIds: id });
			expect(status).toBe('success');
			expect(items[0]?.json).toMatchObject({
				msgid: '',
				recipient_count: 0,
				fail_list: [id],
				fail_count: 1,
				state: 'no_recipients',
			});
			expect(sandbox.world.tasks()).toHaveLength(before);
		});

		it('lets WeCom choose the member who last talked with each customer', async () => {
			const ids = customersOf(scenario.sandbox, 'lin').slice(0, 4);
			const { items } = await broadcast({
				sendTo: 'customers',
				externalUserIds: ids,
				sentBy: 'lastContact',
			});
			expect(items[0]?.json).toMatchObject({ sender: null, recipient_count: 4 });
			// Three of them talked with Wei last.
			const [task] = scenario.sandbox.world.tasks();
			expect([...(task?.parts.keys() ?? [])].sort()).toEqual(['lin', 'wei']);
		});

		it.each([
			['an empty text', '={{ "" }}'],
			['blanks and separators', ' , \n ,, '],
			['an expression that gives undefined', '={{ $json.missing }}'],
			['an expression that gives null', '={{ null }}'],
			['an empty array', '={{ [] }}'],
			['an array of blanks', '={{ ["", " ", null] }}'],
		])('refuses %s before any request', async (_, externalUserIds) => {
			const { status, error } = await broadcast({ sendTo: 'customers', externalUserIds });
			expect(status).toBe('error');
			expect(error).toMatchObject({
				message: 'Customers is empty, so nobody would get the message',
				description: expect.stringContaining('resolved to nothing') as string,
				context: { itemIndex: 0 },
			});
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it.each([
			['an array of objects', '={{ [{ external_userid: "wm1" }] }}'],
			['an array of arrays', '={{ [["wm1"]] }}'],
			['an object', '={{ ({ id: "wm1" }) }}'],
			['a JSON array that is cut off', '["wm1","wm2"'],
			['a JSON array of objects', '[{"id":"wm1"}]'],
			['a JSON object', '{"ids":["wm1"]}'],
			['an object that became text', '=[object Object]'],
			['single quotes', "['wm1', 'wm2']"],
		])('refuses %s before any request', async (_, externalUserIds) => {
			const { error } = await broadcast({ sendTo: 'customers', externalUserIds });
			expect(error?.message).toBe('Customers is not a list of IDs');
			expect(scenario.sandbox.log.count()).toBe(0);
		});
	});

	describe('Customers From Input Items', () => {
		it('groups the rows by member and message', async () => {
			const rows = ['lin', 'chen'].flatMap((member) =>
				customersOf(scenario.sandbox, member)
					.slice(0, 2)
					.map((external_userid) => ({ external_userid, member })),
			);
			const { items } = await broadcast(
				{ sendTo: 'inputItems', idField: 'external_userid', member: byId('={{ $json.member }}') },
				{ input: rows },
			);
			expect(
				items.map(({ json, pairedItem }) => [json.sender, json.recipient_count, pairedItem]),
			).toEqual([
				['lin', 2, [{ item: 0 }, { item: 1 }]],
				['chen', 2, [{ item: 2 }, { item: 3 }]],
			]);
		});

		it('makes a task of its own for every message text', async () => {
			const rows = customersOf(scenario.sandbox, 'lin')
				.slice(0, 3)
				.map((id, index) => ({
					id,
					greeting: index === 1 ? 'Dear guest' : 'Dear friend',
				}));
			const { items } = await broadcast(
				{ sendTo: 'inputItems', idField: 'id', text: '={{ $json.greeting }}' },
				{ input: rows },
			);
			expect(items.map((item) => item.pairedItem)).toEqual([
				[{ item: 0 }, { item: 2 }],
				{ item: 1 },
			]);
			expect(scenario.sandbox.world.tasks().map((task) => task.text)).toEqual([
				'Dear friend',
				'Dear guest',
			]);
		});

		it.each<[string, string, (id: string) => IDataObject]>([
			['a field within a field', 'contact.id', (id: string) => ({ contact: { id } })],
			['a field with a dot in its name', 'contact.id', (id: string) => ({ 'contact.id': id })],
			['a field of a list', 'ids.0', (id: string) => ({ ids: [id] })],
		])('takes the ID out of %s', async (_, idField, rowOf) => {
			const ids = customersOf(scenario.sandbox, 'lin').slice(0, 2);
			await broadcast({ sendTo: 'inputItems', idField }, { input: ids.map(rowOf) });
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([ids]);
		});

		it.each<IDataObject>([{}, { contact: null }, { contact: { id: null } }, { contact: 'wm1' }])(
			'stops before any request when there is no ID within the field: %j',
			async (row) => {
				const { error } = await broadcast(
					{ sendTo: 'inputItems', idField: 'contact.id' },
					{ input: [row] },
				);
				expect(error?.message).toBe('The item has no external user ID in the field "contact.id"');
				expect(scenario.sandbox.log.count()).toBe(0);
			},
		);

		it('stops before any request when one row has no ID', async () => {
			const [id] = customersOf(scenario.sandbox, 'lin');
			const { error } = await broadcast(
				{ sendTo: 'inputItems', idField: 'external_userid' },
				{ input: [{ external_userid: id as string }, { external_userid: ' ' }] },
			);
			expect(error).toMatchObject({
				message: 'The item has no external user ID in the field "external_userid"',
				context: { itemIndex: 1 },
			});
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it('stops before any request when the field has no name', async () => {
			const input = [{ external_userid: 'wm1' }];
			const { error } = await broadcast({ sendTo: 'inputItems', idField: ' ' }, { input });
			expect(error?.message).toBe('Input Field Name is empty');
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it('sends to the other rows under Continue On Fail, and names the row that has no ID', async () => {
			const [id] = customersOf(scenario.sandbox, 'lin');
			const { status, items } = await broadcast(
				{ sendTo: 'inputItems', idField: 'external_userid' },
				{
					input: [{ name: 'nobody' }, { external_userid: id as string }],
					node: { parameters: {}, onError: 'continueRegularOutput' },
				},
			);
			expect(status).toBe('success');
			expect(items).toEqual([
				{
					json: {
						error: 'The item has no external user ID in the field "external_userid"',
						details: { errcode: null, retryable: false, hint: expect.any(String) as string },
					},
					pairedItem: { item: 0 },
				},
				expect.objectContaining({ pairedItem: { item: 1 } }),
			]);
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([[id]]);
		});
	});

	describe('Customers With Tags', () => {
		function tagId(name: string): string {
			const tag = [...scenario.sandbox.world.corp.tags.values()].find((each) => each.name === name);
			return tag?.tagId ?? '';
		}

		it('asks for any tag within a group and all across groups', async () => {
			const groups = [{ tags: [tagId('Gold'), tagId('Silver')] }, { tags: [tagId('Green tea')] }];
			const { items } = await broadcast({ sendTo: 'tags', tagGroups: { group: groups } });
			expect(items[0]?.json).toMatchObject({
				sender: 'lin',
				recipient_count: null,
				state: 'created',
			});

			const expected = scenario.sandbox.world.corp.members
				.get('lin')
				?.relations.filter(
					({ tagIds }) =>
						(tagIds.includes(tagId('Gold')) || tagIds.includes(tagId('Silver'))) &&
						tagIds.includes(tagId('Green tea')),
				)
				.map((relation) => relation.customer.externalUserid);
			expect(expected?.length).toBeGreaterThan(0);
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([expected]);
		});

		it.each([
			['no group', {}],
			['a group without tags', { group: [{ tags: [] }] }],
			['one group with tags and one without', { group: [{ tags: ['et1'] }, { tags: [] }] }],
			['an expression that gives undefined', { group: [{ tags: '={{ $json.missing }}' }] }],
		])('refuses %s before any request', async (_, tagGroups) => {
			const { error } = await broadcast({ sendTo: 'tags', tagGroups });
			expect(error?.message).toBe('Tags is empty, so nobody would get the message');
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it.each([
			['names', () => [['Gold', 'Silver'], ['Green tea']]],
			[
				'names with their groups',
				() => [['Level: Gold', 'Level：Silver'], ['Interest: Green tea']],
			],
			['texts', () => ['Gold, Silver', 'Green tea']],
			['the text of a JSON array', () => ['["Gold", "Silver"]', '["Green tea"]']],
			['names and IDs of the same tags', () => [['Gold', tagId('Gold'), 'Silver'], 'Green tea']],
		])('takes %s', async (_, groups) => {
			const input = [{ groups: groups() }];
			await broadcast(
				{
					sendTo: 'tags',
					tagGroups: {
						group: [{ tags: '={{ $json.groups[0] }}' }, { tags: '={{ $json.groups[1] }}' }],
					},
				},
				{ input },
			);
			expect(scenario.sandbox.log.calls(PATHS.create).map(({ body }) => body)).toMatchObject([
				{
					tag_filter: {
						group_list: [
							{ tag_list: [tagId('Gold'), tagId('Silver')] },
							{ tag_list: [tagId('Green tea')] },
						],
					},
				},
			]);
		});

		it('reads the tags once for all items', async () => {
			const input = ['Gold', 'Silver'].map((name) => ({ name }));
			const { items } = await broadcast(
				{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.name }}' }] } },
				{ input },
			);
			expect(items.map(({ json, pairedItem }) => [json.state, pairedItem])).toEqual([
				['created', { item: 0 }],
				['created', { item: 1 }],
			]);
			expect(scenario.sandbox.log.count(PATHS.tags)).toBe(1);
		});

		it('makes one task of items that name the same tags in another order', async () => {
			const { items } = await broadcast(
				{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.tags }}' }] } },
				{ input: [{ tags: ['Gold', 'Silver'] }, { tags: ['Silver', 'Gold'] }] },
			);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }, { item: 1 }]]);
			expect(scenario.sandbox.world.tasks()).toHaveLength(1);
		});

		it('refuses a tag that does not exist before it creates anything', async () => {
			const input = ['Gold', 'Golden'].map((name) => ({ name }));
			const { error } = await broadcast(
				{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ $json.name }}' }] } },
				{ input },
			);
			expect(error).toMatchObject({
				message: 'There is no tag "Golden"',
				description: expect.stringContaining('Gold') as string,
				context: { itemIndex: 1 },
			});
			expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
		});

		it('refuses 101 tags in a condition before any request', async () => {
			const tags = Array.from({ length: 101 }, (_, index) => `et${index}`);
			const { error } = await broadcast({ sendTo: 'tags', tagGroups: { group: [{ tags }] } });
			expect(error?.message).toBe('A condition has 101 tags');
			expect(scenario.sandbox.log.count()).toBe(0);
		});
	});

	describe('All Customers of Members', () => {
		it.each([false, true])(
			'warns that a customer of two of the members may get two messages (dry run: %j)',
			async (dryRun) => {
				const tell = async (members: string[]) =>
					(await broadcast({ sendTo: 'allOfMembers', members, options: { dryRun } })).hints
						.filter(({ type }) => type === 'warning')
						.map(({ message }) => message);
				expect(await tell(['lin', 'chen'])).toEqual([
					expect.stringMatching(
						/^WeCom chooses the customers of 2 tasks: .* more than one message/,
					),
				]);
				expect(await tell(['lin'])).toEqual([]);
			},
		);

		it('makes one task for each member, and one only however many input items there are', async () => {
			const { items } = await broadcast(
				{ sendTo: 'allOfMembers', members: ['lin', 'chen'] },
				{ input: [{}, {}] },
			);
			expect(items.map(({ json }) => json.sender)).toEqual(['lin', 'chen']);
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([
				customersOf(scenario.sandbox, 'lin'),
				customersOf(scenario.sandbox, 'chen'),
			]);
		});

		it.each([
			['an empty choice', [], 'Parameter "Member Names or IDs" is required'],
			['an expression that gives undefined', '={{ $json.missing }}', 'Members is empty'],
		])('refuses %s before any request', async (_, members, message) => {
			const { error } = await broadcast({ sendTo: 'allOfMembers', members });
			expect(error?.message).toContain(message);
			expect(scenario.sandbox.log.count()).toBe(0);
		});

		it.each(['engine', 'supplyData'] as const)('refuses an AI agent (%s)', async (through) => {
			const { items, errorItems, error, status } = await broadcast(
				{ sendTo: 'allOfMembers', members: ['lin'] },
				{ asTool: { arguments: {}, through } },
			);
			expect(JSON.stringify({ items, errorItems, error, status })).toContain(
				'An AI agent may not send to all customers of a member',
			);
			expect(scenario.sandbox.world.tasks()).toEqual([]);
		});
	});

	describe('Customer Groups', () => {
		it('asks the owner to send to the groups', async () => {
			const groups = [...scenario.sandbox.world.corp.groups.values()].filter(
				(group) => group.owner === 'lin',
			);
			const chatIds = groups.map((group) => group.chatId);
			const { items } = await broadcast({ sendTo: 'groups', chatIds });
			expect(items[0]?.json).toMatchObject({
				chat_type: 'group',
				sender: 'lin',
				recipient_count: 2,
			});
			expect(recipientsOfTasks(scenario.sandbox)).toEqual([chatIds]);
		});

		it.each([
			[
				'without groups',
				{ chatIds: '={{ $json.missing }}' },
				'Customer Groups is empty, so nobody would get the message',
			],
			[
				'without a member',
				{ chatIds: 'wr1', member: byId('={{ $json.missing }}') },
				'No member is chosen',
			],
		])('refuses to start %s', async (_, parameters, message) => {
			const { error } = await broadcast({ sendTo: 'groups', ...parameters });
			expect(error?.message).toBe(message);
			expect(scenario.sandbox.log.count()).toBe(0);
		});
	});

	describe('content', () => {
		async function toOne(parameters: IDataObject) {
			return await broadcast({
				sendTo: 'customers',
				externalUserIds: customersOf(scenario.sandbox, 'lin').slice(0, 1),
				...parameters,
			});
		}

		it('sends text and links as they are', async () => {
			const link = {
				type: 'link',
				title: 'Catalogue',
				url: 'https://example.com/c',
				desc: '',
				picurl: '',
			};
			await toOne({ text: '  Two\r\nlines ', attachments: { attachment: [link] } });
			expect(scenario.sandbox.log.calls(PATHS.create)[0]?.body).toMatchObject({
				text: { content: '  Two\r\nlines ' },
				attachments: [
					{ msgtype: 'link', link: { title: 'Catalogue', url: 'https://example.com/c' } },
				],
			});
		});

		it('accepts 4,000 bytes of Chinese', async () => {
			// 1,333 characters of three bytes and one of one.
			const { status } = await toOne({ text: `${'茶'.repeat(1333)}!` });
			expect(status).toBe('success');
		});

		const link = { type: 'link', title: 'T', url: 'https://example.com' };
		it.each([
			[
				'4,001 bytes of Chinese',
				{ text: `${'茶'.repeat(1333)}!!` },
				'Message is too long: 4001 bytes',
			],
			['nothing at all', { text: ' \n ' }, 'The message is empty'],
			['an object', { text: '={{ ({ a: 1 }) }}' }, 'Message is not a text'],
			[
				'a text that resolved to nothing beside an attachment',
				{ text: '={{ $json.missing }}', attachments: { attachment: [link] } },
				'Message has no value',
			],
			[
				'an attachment of a type that resolved to nothing',
				{ attachments: { attachment: [{ ...link, type: '={{ $json.missing }}' }] } },
				'Attachment 1: the type is none of its options',
			],
			[
				'a link title that is an object',
				{ attachments: { attachment: [{ ...link, title: '={{ ({ a: 1 }) }}' }] } },
				'Attachment 1: Link Title is not a text',
			],
			[
				'an expression that gives undefined',
				{ text: '={{ $json.missing }}' },
				'The message is empty',
			],
			[
				'a link without title',
				{ attachments: { attachment: [{ ...link, title: ' ' }] } },
				'Attachment 1: Link Title is empty',
			],
			[
				'a link whose URL resolved to nothing',
				{ attachments: { attachment: [link, { ...link, url: '={{ $json.missing }}' }] } },
				'Attachment 2: Link URL is empty',
			],
			[
				'a title of 129 bytes',
				{ attachments: { attachment: [{ ...link, title: 'x'.repeat(129) }] } },
				'Attachment 1: Link Title is too long: 129 bytes',
			],
			[
				'10 attachments',
				{ attachments: { attachment: Array.from({ length: 10 }, () => link) } },
				'The message has 10 attachments',
			],
		])('refuses %s before any request', async (_, parameters, message) => {
			const { error } = await toOne(parameters);
			expect(error?.message).toBe(message);
			expect(scenario.sandbox.log.count()).toBe(0);
		});
	});

	it('plans without creating in a dry run', async () => {
		const ids = customersOf(scenario.sandbox, 'lin');
		const { items, hints } = await broadcast({
			sendTo: 'customers',
			externalUserIds: ids,
			text: '茶',
			options: { dryRun: true },
		});
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^1 task planned, nothing was created\. .* not checked with WeCom/),
		]);
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				state: 'planned',
				msgid: '',
				recipient_count: ids.length,
				batch_count: 1,
				text_bytes: 3,
			}),
		]);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		['tags', { sendTo: 'tags', tagGroups: { group: [{ tags: ['Gold'] }] } }],
		['all customers of members', { sendTo: 'allOfMembers', members: ['lin', 'chen'] }],
		['groups', { sendTo: 'groups', chatIds: 'wr1' }],
	])('refuses to skip customers at their limit among %s before any request', async (_, to) => {
		const { error } = await broadcast({ ...to, options: { skipAtLimit: 'perDay' } });
		expect(error).toMatchObject({
			message: 'Customers at their limit can be skipped only where customers are named',
			context: { itemIndex: 0 },
		});
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		[
			'Send To',
			{ sendTo: '={{ $json.missing }}', externalUserIds: 'wm1', members: ['lin'], chatIds: 'wr1' },
		],
		['Sent By', { sendTo: 'customers', externalUserIds: 'wm1', sentBy: '={{ $json.missing }}' }],
	])('refuses a %s that resolved to nothing', async (name, parameters) => {
		const { error } = await broadcast(parameters);
		expect(error?.message).toBe(`${name} is none of its options`);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('says how many tasks existed already', async () => {
		const run = async (members: string[]) =>
			await broadcast({ sendTo: 'allOfMembers', members, options: { skipCreatedHours: 24 } });
		await run(['lin', 'chen']);
		const { hints } = await run(['lin', 'chen']);
		expect(hints.map(({ message }) => message)).toContain(
			'2 tasks not created: the same exists already.',
		);
		const { hints: some } = await run(['lin', 'wei']);
		expect(some.map(({ message }) => message)).toEqual(
			expect.arrayContaining([
				'1 task created. Nothing is delivered before the members confirm in WeCom.',
				'1 task not created: the same exists already.',
			]),
		);
	});

	it('lets the member change the recipients when asked to', async () => {
		await broadcast({
			sendTo: 'customers',
			externalUserIds: customersOf(scenario.sandbox, 'lin'),
			options: { allowSelect: true },
		});
		expect(scenario.sandbox.world.tasks()[0]?.allowSelect).toBe(true);
	});

	it('names the batch, the code and what to do when WeCom refuses', async () => {
		const { error } = await broadcast({
			sendTo: 'customers',
			externalUserIds: 'wm-unknown',
			member: byId('nobody'),
		});
		expect(error).toMatchObject({
			message: 'WeCom does not know this member',
			description: expect.stringMatching(
				/visible range\. Task 1 of 1 of member nobody \(1 recipient named\)\. WeCom: .*errcode 40003/,
			) as string,
			context: { itemIndex: 0 },
		});
	});
});

describe('in a large company', () => {
	it('makes 3 tasks of 25,000 rows of one member, with 3 creates and one token', async () => {
		scenario = await startScenario({ seed: { members: 1, customersPerMember: 25_000 } });
		const { sandbox } = scenario;
		const [member] = [...sandbox.world.corp.members.keys()] as [string];
		const ids = customersOf(sandbox, member);
		const { items, hints } = await broadcast(
			{ sendTo: 'inputItems', idField: 'external_userid', member: byId(member) },
			{ input: ids.map((external_userid) => ({ external_userid })) },
		);

		expect(items.map(({ json }) => [json.batch, json.batch_count, json.recipient_count])).toEqual([
			[1, 3, 10_000],
			[2, 3, 10_000],
			[3, 3, 5_000],
		]);
		expect(recipientsOfTasks(sandbox).flat()).toEqual(ids);
		expect(sandbox.log.count(PATHS.create)).toBe(3);
		expect(sandbox.log.count(PATHS.token)).toBe(1);
		const rows = items.flatMap(({ pairedItem }) => pairedItem as Array<{ item: number }>);
		expect(rows.map(({ item }) => item)).toEqual(ids.map((_, index) => index));
		expect(hints[0]?.message).toContain('3 tasks created');
	});

	it('makes 5 tasks of 25,000 rows of 5 members', async () => {
		scenario = await startScenario({ seed: { members: 5, customersPerMember: 5_000 } });
		const { sandbox } = scenario;
		const rows = [...sandbox.world.corp.members.keys()].flatMap((member) =>
			customersOf(sandbox, member).map((external_userid) => ({ external_userid, member })),
		);
		const { items } = await broadcast(
			{ sendTo: 'inputItems', idField: 'external_userid', member: byId('={{ $json.member }}') },
			{ input: rows },
		);
		expect(items.map(({ json }) => json.recipient_count)).toEqual([
			5_000, 5_000, 5_000, 5_000, 5_000,
		]);
		expect(sandbox.log.count(PATHS.create)).toBe(5);
	});

	it('cuts 10,001 IDs into two tasks', async () => {
		scenario = await startScenario({ seed: { members: 1, customersPerMember: 10_001 } });
		const { sandbox } = scenario;
		const [member] = [...sandbox.world.corp.members.keys()] as [string];
		const { items } = await broadcast({
			sendTo: 'customers',
			externalUserIds: customersOf(sandbox, member).join('\n'),
			member: byId(member),
		});
		expect(items.map(({ json }) => json.recipient_count)).toEqual([10_000, 1]);
	});
});
