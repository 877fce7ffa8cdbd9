import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

it.each([
	['commas', (ids: string[]) => ids.join(',')],
	['line breaks and blanks', (ids: string[]) => ` ${ids.join(' \r\n ')} \n`],
	['Chinese commas', (ids: string[]) => ids.join('，')],
	['an array from an expression', (ids: string[]) => `={{ ${JSON.stringify(ids)} }}`],
	['the text of a JSON array', (ids: string[]) => ` ${JSON.stringify(ids)}\n`],
	['several in an entry of an array', (ids: string[]) => `={{ ["${ids.join(',')}"] }}`],
	['quotes', (ids: string[]) => ids.map((id) => `“${id}”`).join(', ')],
	['invisible characters', (ids: string[]) => ids.map((id) => `\u200b${id}\u00ad`).join('\n')],
])('makes one task of IDs given with %s', async (_, write) => {
	const ids = scenario.customersOf('lin').slice(0, 3);
	const { items } = await scenario.broadcast({ sendTo: 'customers', externalUserIds: write(ids) });

	expect(items).toEqual([
		{
			json: {
				msgid: scenario.tasks()[0]?.msgid,
				state: 'created',
				sender: 'lin',
				recipient_count: 3,
				fail_list: [],
				fail_count: 0,
				skipped: [],
				chat_type: 'single',
				batch: 1,
				batch_count: 1,
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(scenario.recipientsOfTasks()).toEqual([ids]);
});

it('gives every task the same columns, whether created or not', async () => {
	const [customer = ''] = scenario.customersOf('lin');
	const run = async () =>
		await scenario.broadcast({ externalUserIds: customer, options: { skipCreatedHours: 1 } });
	const results = [await run(), await run()];
	expect(results.map(({ items }) => items[0]?.json.state)).toEqual(['created', 'duplicate']);
	for (const { items } of results) {
		expect(Object.keys(items[0]?.json ?? {})).toEqual([
			'msgid',
			'state',
			'sender',
			'recipient_count',
			'fail_list',
			'fail_count',
			'skipped',
			'chat_type',
			'batch',
			'batch_count',
		]);
	}
});

it('combines the IDs of all input items and names nobody twice', async () => {
	const [a, b, c] = scenario.customersOf('lin') as [string, string, string];
	const { items } = await scenario.broadcast(
		{ sendTo: 'customers', externalUserIds: '={{ $json.ids }}' },
		{ input: [{ ids: [a, b] }, { ids: `${b}, ${c}, ${a}` }] },
	);
	expect(scenario.recipientsOfTasks()).toEqual([[a, b, c]]);
	expect(items.map((item) => item.pairedItem)).toEqual([[{ item: 0 }, { item: 1 }]]);
});

it('reports customers of another member in fail_list and in a hint', async () => {
	const [own] = scenario.customersOf('lin') as [string];
	const [foreign] = scenario.customersOf('chen') as [string];
	const { items, hints } = await scenario.broadcast({
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

it('reports an outcome, not an error, when nobody is left to send to', async () => {
	const { sandbox } = scenario;
	sandbox.world.setReceiveLimit('1_per_day');
	const [id] = scenario.customersOf('lin') as [string];
	sandbox.world.addPersonalMessage('lin', [id], 'Good morning');
	const before = scenario.tasks().length;

	const { status, items } = await scenario.broadcast({ sendTo: 'customers', externalUserIds: id });
	expect(status).toBe('success');
	expect(items[0]?.json).toMatchObject({
		msgid: '',
		recipient_count: 0,
		fail_list: [id],
		fail_count: 1,
		state: 'no_recipients',
	});
	expect(scenario.tasks()).toHaveLength(before);
});

it('lets WeCom choose the member who last talked with each customer', async () => {
	const ids = scenario.customersOf('lin').slice(0, 4);
	const { items } = await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: ids,
		sentBy: 'lastContact',
	});
	expect(items[0]?.json).toMatchObject({ sender: null, recipient_count: 4 });
	// Three of them talked with Wei last.
	const [task] = scenario.tasks();
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
	const { status, error } = await scenario.broadcast({ sendTo: 'customers', externalUserIds });
	expect(status).toBe('error');
	expect(error).toMatchObject({
		message: "'Customers' is empty, so nobody would get the message",
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
	const { error } = await scenario.broadcast({ sendTo: 'customers', externalUserIds });
	expect(error?.message).toBe("'Customers' must be a list of IDs");
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['customers', { sendTo: 'customers', externalUserIds: 'wmA, undefined' }, 'Customers'],
	['customer groups', { sendTo: 'groups', chatIds: '={{ ["wrA", "null"] }}' }, 'Customer Groups'],
	[
		'members',
		{ sendTo: 'allOfMembers', members: '={{ ["lin", String(NaN)] }}' },
		'Member Names or IDs',
	],
	['the member', { member: byId('={{ String($json.no) }}'), externalUserIds: 'wmA' }, 'Member'],
	[
		'tags',
		{ sendTo: 'tags', tagGroups: { group: [{ tags: '={{ ["undefined"] }}' }] } },
		"Tag Names or IDs' in condition 1",
	],
])('refuses a word that is no ID among %s before any request', async (_, parameters, label) => {
	const { error } = await scenario.broadcast({ sendTo: 'customers', ...parameters });
	expect(error?.message).toMatch(/^"(undefined|null|NaN)" in '/);
	expect(error?.message).toContain(`in '${label}`);
	expect(scenario.sandbox.log.count()).toBe(0);
});
