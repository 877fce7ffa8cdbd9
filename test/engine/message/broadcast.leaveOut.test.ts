/* eslint-disable @n8n/community-nodes/no-restricted-globals -- something happens at WeCom while the node waits */
import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import { byId, continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const STOP = 'Silver';

/** Gives a customer the do-not-contact tag, under one of their members. */
function stop(userid: string, customer: string): void {
	const relation = scenario.sandbox.world.corp.relation(userid, customer);
	if (!relation) throw new Error(`${userid} does not have ${customer}`);
	relation.tagIds = [...relation.tagIds, scenario.tagId(STOP)];
}

/** Nobody has the tag at first. */
function clean(): void {
	for (const { relations } of scenario.sandbox.world.corp.members.values()) {
		for (const relation of relations) {
			relation.tagIds = relation.tagIds.filter((id) => id !== scenario.tagId(STOP));
		}
	}
}

/** Customers of Lin, those of Wei as well first. */
function customers() {
	const ids = scenario.customersOf('lin');
	const shared = ids.filter((id) => scenario.customersOf('wei').includes(id));
	const own = ids.filter((id) => !shared.includes(id));
	return { ids, shared, own };
}

const leaveOut = { leaveOutTags: [STOP] };

const byTag = (ids: readonly string[]) =>
	ids.map((external_userid) => ({ external_userid, reason: 'tag' }));

beforeEach(clean);

/** Leaves time for something to happen between two tries. */
const slowRetry = { node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 } } as const;

/** Something happens once WeCom has had so many requests that create a task. */
async function afterCreations<T>(
	count: number,
	happens: () => void,
	run: () => Promise<T>,
): Promise<T> {
	let due = true;
	const watch = setInterval(() => {
		if (!due || scenario.sandbox.log.count(PATHS.create) < count) return;
		due = false;
		happens();
	}, 0);
	try {
		return await run();
	} finally {
		clearInterval(watch);
		expect(due).toBe(false);
	}
}

it('leaves out whoever has the tag with any member, and names them', async () => {
	const { ids, shared, own } = customers();
	const [a = '', b = ''] = [shared[0], own[0]];
	stop('wei', a);
	stop('lin', b);
	const { items, hints } = await scenario.broadcast({ options: leaveOut });
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			state: 'created',
			recipient_count: ids.length - 2,
			skipped: byTag(ids.filter((id) => id === a || id === b)),
		}),
	]);
	expect(scenario.recipientsOfTasks()).toEqual([ids.filter((id) => id !== a && id !== b)]);
	expect(hints.map(({ message }) => message)).toContain(
		'Skipped 2 customers: they have a tag that leaves them out.',
	);
});

it('creates nothing when nobody is left', async () => {
	const { ids } = customers();
	for (const id of ids) stop('lin', id);
	const { items } = await scenario.broadcast({ options: leaveOut });
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			msgid: '',
			state: 'no_recipients',
			recipient_count: 0,
			skipped: byTag(ids),
		}),
	]);
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

describe.each<[string, () => IDataObject]>([
	['All Customers of Members', () => ({ sendTo: 'allOfMembers', members: ['lin'] })],
	[
		'Customers With Tags',
		() => {
			for (const relation of scenario.sandbox.world.corp.members.get('lin')?.relations ?? []) {
				relation.tagIds = [scenario.tagId('Gold')];
			}
			return { sendTo: 'tags', tagGroups: { group: [{ tags: ['Gold'] }] } };
		},
	],
	[
		'Customers With Tags, sent by whom WeCom chooses',
		() => {
			for (const { userid, relations } of scenario.sandbox.world.corp.members.values()) {
				for (const relation of relations) {
					relation.tagIds = userid === 'lin' ? [scenario.tagId('Gold')] : [];
				}
			}
			return {
				sendTo: 'tags',
				sentBy: 'lastContact',
				tagGroups: { group: [{ tags: ['Gold'] }] },
			};
		},
	],
])('%s', (_, to) => {
	it('become named customers, so that the count is exact', async () => {
		const { ids, shared } = customers();
		const parameters = to();
		const [a = ''] = shared;
		stop('wei', a);
		const { items } = await scenario.broadcast({ ...parameters, options: leaveOut });
		expect(items.map(({ json }) => [json.state, json.recipient_count, json.skipped])).toEqual([
			['created', ids.length - 1, byTag([a])],
		]);
		const [call] = scenario.sandbox.log.calls(PATHS.create);
		expect(call?.body).not.toHaveProperty('tag_filter');
		expect(new Set((call?.body as IDataObject).external_userid as string[])).toEqual(
			new Set(ids.filter((id) => id !== a)),
		);
	});

	it('are the same on Retry On Fail, although a member lost one in between', async () => {
		const { own } = customers();
		const parameters = to();
		const { sandbox } = scenario;
		sandbox.faults.add({ path: PATHS.create, call: 1, fault: RESET_AFTER });
		sandbox.faults.add({ path: PATHS.tasks, call: 1, fault: { kind: 'errcode', errcode: 48002 } });
		const { error, hints } = await afterCreations(
			1,
			() => sandbox.world.deleteRelation('lin', own[0] ?? ''),
			async () => await scenario.broadcast({ ...parameters, options: leaveOut }, slowRetry),
		);
		expect(error).toBeUndefined();
		expect(scenario.tasks()).toHaveLength(1);
		// It is no expression that gives something else.
		expect(hints.filter(({ message }) => message.startsWith('Retry On Fail'))).toEqual([]);
	});
});

it('is an outcome when WeCom would choose nobody', async () => {
	for (const { relations } of scenario.sandbox.world.corp.members.values()) {
		for (const relation of relations) relation.tagIds = [];
	}
	const { items } = await scenario.broadcast({
		sendTo: 'tags',
		tagGroups: { group: [{ tags: ['Gold'] }] },
		options: leaveOut,
	});
	expect(items).toEqual([
		expect.objectContaining({
			json: expect.objectContaining({ state: 'no_recipients', recipient_count: 0 }) as object,
			pairedItem: { item: 0 },
		}),
	]);
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

it('splits 10,002 customers of a member into two tasks where one of them is left out', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 10_002, tags: 1 } });
	for (const { relations } of scenario.sandbox.world.corp.members.values()) {
		for (const relation of relations) relation.tagIds = [];
	}
	const [tag = ''] = [...scenario.sandbox.world.corp.tags.keys()];
	const [first = ''] = scenario.customersOf('member1');
	const relation = scenario.sandbox.world.corp.relation('member1', first);
	if (relation) relation.tagIds = [tag];
	const { items } = await scenario.broadcast({
		sendTo: 'allOfMembers',
		members: ['member1'],
		options: { leaveOutTags: [tag] },
	});
	expect(items.map(({ json }) => json.recipient_count)).toEqual([10_000, 1]);
	expect(new Set(scenario.recipientsOfTasks().flat()).size).toBe(10_001);
});

describe('12,000 customers, half of whom have the tag', () => {
	/** Every second customer of the one member has it. */
	async function half(): Promise<{ ids: string[]; tag: string }> {
		await scenario.restart({ seed: { members: 1, customersPerMember: 12_000, tags: 1 } });
		const { corp } = scenario.sandbox.world;
		const [tag = ''] = [...corp.tags.keys()];
		const ids = scenario.customersOf('member1');
		for (const [place, id] of ids.entries()) {
			const relation = corp.relation('member1', id);
			if (relation) relation.tagIds = place % 2 === 0 ? [tag] : [];
		}
		return { ids, tag };
	}
	const to = (externalUserIds: readonly string[], tag: string) => ({
		externalUserIds,
		member: byId('member1'),
		options: { leaveOutTags: [tag] },
	});

	it('are one task, which the member confirms once', async () => {
		const { ids, tag } = await half();
		const { items } = await scenario.broadcast(to(ids, tag));
		expect(items.map(({ json }) => [json.recipient_count, json.batch, json.batch_count])).toEqual([
			[6_000, 1, 1],
		]);
		expect(items[0]?.json.skipped).toHaveLength(6_000);
		expect(scenario.recipientsOfTasks()).toEqual([ids.filter((_, place) => place % 2 === 1)]);
		// No more than it takes to read them, once.
		const { log } = scenario.sandbox;
		expect(log.count(PATHS.customers)).toBe(120);
		expect(log.count(PATHS.members)).toBeLessThanOrEqual(2);
		expect(log.count(PATHS.customer)).toBe(0);
	});

	it('are one confirmation in a dry run', async () => {
		const { ids, tag } = await half();
		const { items, hints } = await scenario.broadcast({
			...to(ids, tag),
			options: { leaveOutTags: [tag], dryRun: true },
		});
		expect(items.map(({ json }) => [json.recipient_count, json.confirmations])).toEqual([
			[6_000, 1],
		]);
		expect(hints.map(({ message }) => message)).toContain('Confirmations: member1 1.');
	});

	it('pair the task with the rows of those left out as well', async () => {
		const { ids, tag } = await half();
		const input = ids.map((external_userid) => ({ external_userid }));
		const { items } = await scenario.broadcast({ ...to([], tag), sendTo: 'inputItems' }, { input });
		expect(items).toHaveLength(1);
		expect(items[0]?.pairedItem).toHaveLength(12_000);
	});

	it('stay as they were cut on Retry On Fail, although customers lost the tag in between', async () => {
		const { ids, tag } = await half();
		scenario.sandbox.faults.add({
			path: PATHS.create,
			call: 1,
			fault: { kind: 'errcode', errcode: 40058 },
		});
		const { items, error } = await afterCreations(
			1,
			() => {
				for (const { relations } of scenario.sandbox.world.corp.members.values()) {
					for (const relation of relations) relation.tagIds = [];
				}
			},
			async () => await scenario.broadcast(to(ids, tag), slowRetry),
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => [json.state, json.recipient_count])).toEqual([
			['created', 6_000],
		]);
		expect(scenario.recipientsOfTasks()).toEqual([ids.filter((_, place) => place % 2 === 1)]);
	});
});

it('reads no tags where a limit stops the run, however many tasks it would be', async () => {
	await scenario.restart({ seed: { members: 1, customersPerMember: 1, tags: 1 } });
	const [tag = ''] = [...scenario.sandbox.world.corp.tags.keys()];
	const externalUserIds = Array.from({ length: 10_001 }, (_, number) => `wm${number}`);
	const { error } = await scenario.broadcast({
		externalUserIds,
		member: byId('member1'),
		options: { leaveOutTags: [tag], maxRecipients: 10_000 },
	});
	expect(error?.message).toContain('10,001 recipients');
	expect(scenario.sandbox.log.count(PATHS.members)).toBe(0);
});

it('says that the tags of members without a license were not checked', async () => {
	const { ids, shared } = customers();
	const [a = ''] = shared;
	stop('wei', a);
	scenario.sandbox.world.setLicensed('wei', false);
	const { items, hints } = await scenario.broadcast({ options: leaveOut });
	expect(items[0]?.json).toMatchObject({ recipient_count: ids.length, skipped: [] });
	expect(hints.map(({ message }) => message)).toEqual(
		expect.arrayContaining([
			expect.stringContaining('WeCom gives no customers of wei'),
			'The tags that wei gave could not be checked. Whoever has an excluded tag only with this member was not left out.',
		]),
	);
});

it('says nothing of the kind where each customer was asked for', async () => {
	const { shared } = customers();
	const [a = ''] = shared;
	stop('wei', a);
	scenario.sandbox.world.setLicensed('wei', false);
	const { hints } = await scenario.broadcast({ externalUserIds: a, options: leaveOut });
	expect(scenario.sandbox.log.count(PATHS.customer)).toBe(1);
	expect(hints.map(({ message }) => message)).not.toContainEqual(
		expect.stringContaining('could not be checked'),
	);
});

it('does not shift the batches of a plan when a customer gets the tag between two tries', async () => {
	const { ids } = customers();
	const rows = ids.slice(0, 4).map((external_userid, index) => ({
		external_userid,
		text: index < 2 ? 'a' : 'b',
	}));
	scenario.sandbox.faults.add({
		path: PATHS.create,
		call: 2,
		fault: { kind: 'errcode', errcode: 40058 },
	});
	await afterCreations(
		2,
		() => stop('lin', ids[2] ?? ''),
		async () =>
			await scenario.broadcast(
				{ sendTo: 'inputItems', text: '={{ $json.text }}', options: leaveOut },
				{ input: rows, ...slowRetry },
			),
	);
	expect(scenario.recipientsOfTasks()).toEqual([ids.slice(0, 2), [ids[3]]]);
});

it('works with Skip If Created Within: whoever is left counts', async () => {
	const { ids } = customers();
	const [a = ''] = ids;
	await scenario.broadcast({ externalUserIds: ids.slice(1, 3).join() });
	stop('lin', a);
	const { items } = await scenario.broadcast({
		externalUserIds: ids.slice(0, 4).join(),
		options: { ...leaveOut, skipCreatedHours: 24 },
	});
	expect(items[0]?.json).toMatchObject({
		state: 'created',
		recipient_count: 1,
		skipped: [
			...byTag([a]),
			...ids.slice(1, 3).map((external_userid) => ({ external_userid, reason: 'already_created' })),
		],
	});
});

it('reads the tags of all customers of a run together', async () => {
	await scenario.restart({ seed: { members: 2, customersPerMember: 50, tags: 2 } });
	const [tag = ''] = [...scenario.sandbox.world.corp.tags.keys()];
	const input = scenario
		.customersOf('member1')
		.map((external_userid) => ({ external_userid, userid: 'member1' }));
	const { hints } = await scenario.broadcast(
		{
			sendTo: 'inputItems',
			sentBy: 'itemField',
			text: '=Dear {{ $json.external_userid }}',
			options: { leaveOutTags: [tag] },
		},
		{ input },
	);
	const { log } = scenario.sandbox;
	expect(log.count(PATHS.members)).toBeLessThanOrEqual(2);
	expect(log.count(PATHS.customers) + log.count(PATHS.customer)).toBe(1);
	expect(log.count(PATHS.tags)).toBe(1);
	expect(hints.map(({ message }) => message)).toContainEqual(
		expect.stringMatching(/^To find the customers who have an excluded tag/),
	);
});

it('shows in a dry run who would be left out, and creates nothing', async () => {
	const { ids } = customers();
	const [a = ''] = ids;
	stop('lin', a);
	const { items, hints } = await scenario.broadcast({
		sendTo: 'allOfMembers',
		members: ['lin'],
		options: { ...leaveOut, dryRun: true },
	});
	expect(items.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			state: 'planned',
			recipient_count: ids.length - 1,
			skipped: byTag([a]),
			confirmations: 1,
		}),
	]);
	expect(hints.map(({ message }) => message)).toContain(
		'1 task planned, none created. Apart from tags, members and customers were not checked with WeCom.',
	);
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

describe('the tags', () => {
	it.each<[string, () => unknown]>([
		['an array of names', () => `={{ ["${STOP}"] }}`],
		['an array of IDs', () => [scenario.tagId(STOP)]],
		['text', () => STOP],
		['JSON text', () => `["${STOP}"]`],
		['Chinese commas', () => `Gold，${STOP}`],
		['an expression for several', () => `={{ "Gold、${STOP}" }}`],
	])('come as %s', async (_, tags) => {
		const { ids } = customers();
		for (const { relations } of scenario.sandbox.world.corp.members.values()) {
			for (const relation of relations) relation.tagIds = [];
		}
		const [a = ''] = ids;
		stop('lin', a);
		const { items, error } = await scenario.broadcast({
			options: { leaveOutTags: tags() } as IDataObject,
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.skipped).toEqual(byTag([a]));
	});

	it.each<[unknown, RegExp]>([
		['={{ $json.none }}', /is empty, so nobody would be left out$/],
		['={{ [] }}', /is empty, so nobody would be left out$/],
		['={{ "" }}', /is empty, so nobody would be left out$/],
		['={{ [null] }}', /is empty, so nobody would be left out$/],
		['={{ ["Gold", $json.none] }}', /has an empty entry$/],
		['["Gold", null]', /has an empty entry$/],
		['={{ ["Gold", " "] }}', /has an empty entry$/],
		['={{ ({ tag: "Gold" }) }}', /must be a list of text values$/],
		['={{ true }}', /must be a list of text values$/],
	])('are an error before any request when they are %j', async (tags, message) => {
		const { error } = await scenario.broadcast({
			options: { leaveOutTags: tags } as IDataObject,
		});
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain("'Leave Out Customers With Tag Names or IDs'");
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		['Silber', 'The nearest tags: Level: Silver'],
		[4711, 'Choose one from the list, or read them with Tag > List.'],
	])(
		'are an error with the closest names or where to find them when there is no %j',
		async (tag, remedy) => {
			const { error } = await scenario.broadcast({ options: { leaveOutTags: [tag] } });
			expect(error?.message).toBe(`There is no tag "${tag}"`);
			expect(error?.description).toContain(remedy);
			expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
		},
	);

	it('are an error once for all items under Continue On Fail', async () => {
		const input = customers().ids.map((external_userid) => ({ external_userid }));
		const { items } = await scenario.broadcast(
			{ sendTo: 'inputItems', options: { leaveOutTags: 'Silber' } },
			{ input, ...continueOnFail },
		);
		expect(items.map(({ json }) => json.error)).toEqual(['There is no tag "Silber"']);
	});

	it('must be the same for all items', async () => {
		const input = customers()
			.ids.slice(0, 2)
			.map((external_userid, index) => ({ external_userid, tag: index ? 'Gold' : STOP }));
		const { error } = await scenario.broadcast(
			{ sendTo: 'inputItems', options: { leaveOutTags: '={{ [$json.tag] }}' } },
			{ input },
		);
		expect(error?.message).toBe(
			"'Leave Out Customers With Tag Names or IDs' must be the same for all items",
		);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

it('is an error for customer groups, where an expression chose them', async () => {
	const { error } = await scenario.broadcast({
		sendTo: '={{ "groups" }}',
		externalUserIds: 'wm1',
		members: ['lin'],
		tagGroups: { group: [{ tags: ['Gold'] }] },
		chatIds: scenario.groupsOf('lin'),
		options: leaveOut,
	});
	expect(error?.message).toBe(
		"'Leave Out Customers With Tag Names or IDs' does not work with customer groups",
	);
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

it.each([PATHS.tags, PATHS.members, PATHS.customers, PATHS.customer])(
	'creates nothing for a customer whose tags cannot be read: %s',
	async (path) => {
		scenario.sandbox.faults.add({
			path,
			call: Array.from({ length: 50 }, (_, index) => index + 1),
			fault: { kind: 'errcode', errcode: 48002 },
		});
		const { ids } = customers();
		const before = scenario.sandbox.log.count(path);
		const { error } = await scenario.broadcast({
			externalUserIds: (path === PATHS.customer ? ids.slice(0, 1) : ids).join(),
			options: leaveOut,
		});
		expect(scenario.sandbox.log.count(path)).toBeGreaterThan(before);
		expect(error).toBeDefined();
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
	},
);

it('holds for an agent, whatever it asks for', async () => {
	const { ids } = customers();
	const [a = '', b = ''] = ids;
	stop('lin', a);
	const { items } = await scenario.broadcast(
		{
			externalUserIds: "={{ $fromAI('customers') }}",
			member: byId('lin'),
			options: leaveOut,
		},
		{ asTool: { arguments: { customers: `${a},${b}` } }, executionId: 'an agent with a tag' },
	);
	expect(items[0]?.json).toMatchObject({ state: 'created', skipped: byTag([a]) });
	expect(scenario.recipientsOfTasks()).toEqual([[b]]);
});

describe('Send', () => {
	it('leaves out the customer of an item, and goes on with the others', async () => {
		const [a = '', b = ''] = customers().ids;
		stop('lin', a);
		const { items } = await scenario.send(
			{ options: leaveOut },
			{ input: [{ customer: a }, { customer: b }] },
		);
		expect(items.map(({ json }) => [json.state, json.recipient_count, json.skipped])).toEqual([
			['no_recipients', 0, byTag([a])],
			['created', 1, []],
		]);
		expect(scenario.recipientsOfTasks()).toEqual([[b]]);
	});

	it('creates nothing when there is no such tag', async () => {
		const [a = ''] = customers().ids;
		const { error } = await scenario.send({
			customer: byId(a),
			options: { leaveOutTags: 'Silber' },
		});
		expect(error?.message).toBe('There is no tag "Silber"');
		expect(scenario.tasks()).toEqual([]);
	});
});
