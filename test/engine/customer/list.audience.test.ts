import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { continueOnFail, useScenario } from '../../harness/scenario';
import { requestCounts } from './requestCounts';

const scenario = useScenario();

/** What the test changes of a pair. */
function pair(userid: string, name: string) {
	const { corp } = scenario.sandbox.world;
	const customer = [...corp.customers.values()].find((each) => each.name === name);
	const found = customer?.relations.find(({ member }) => member.userid === userid);
	if (!found) throw new Error(`No ${name} of ${userid}`);
	return found;
}

const idOf = (userid: string, name: string) => pair(userid, name).customer.externalUserid;

async function names(parameters: IDataObject): Promise<unknown[]> {
	const { items, error } = await scenario.listCustomers(parameters);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json.name);
}

describe('channel and gender', () => {
	beforeEach(() => {
		for (const { relations } of scenario.sandbox.world.corp.members.values()) {
			for (const relation of relations) relation.state = '';
		}
		pair('lin', 'David Li').state = 'expo-spring';
		pair('lin', 'Ella Zhou').state = 'expo';
		pair('chen', 'Wendy Shi').state = '2026';
	});

	it.each([
		['expo', ['Ella Zhou']],
		['expo，expo-spring', ['David Li', 'Ella Zhou']],
		['={{ ["expo", "2026"] }}', ['Ella Zhou', 'Wendy Shi']],
		['={{ 2026 }}', ['Wendy Shi']],
		['={{ \'["expo-spring"]\' }}', ['David Li']],
		['EXPO', []],
	])('finds who came by the channel %s', async (channel, found) => {
		expect(await names({ filters: { channel } })).toEqual(
			expect.arrayContaining(found) as unknown[],
		);
		expect(await names({ filters: { channel } })).toHaveLength(found.length);
	});

	it('finds channels by their start', async () => {
		const filters = { channel: 'expo', channelMatch: 'startsWith' };
		expect(await names({ filters })).toEqual(['David Li', 'Ella Zhou']);
	});

	it('finds customers by gender; an unknown one is neither', async () => {
		for (const customer of scenario.sandbox.world.corp.customers.values()) customer.gender = 0;
		pair('lin', 'David Li').customer.gender = 1;
		pair('lin', 'Ella Zhou').customer.gender = 2;
		expect(await names({ filters: { gender: [2] } })).toEqual(['Ella Zhou']);
		expect(await names({ filters: { gender: '={{ [1, "2"] }}' } })).toHaveLength(2);
		expect(await names({ filters: { gender: [0] } })).toHaveLength(31);
	});
});

describe('customer groups', () => {
	const inGroup = (place: number) => {
		const group = [...scenario.sandbox.world.corp.groups.values()][place];
		const members = group?.members ?? [];
		return {
			id: group?.chatId ?? '',
			customers: members.filter(({ type }) => type === 2).map(({ id }) => id),
		};
	};

	it('lists who is in one of them, or in none, with one call for each group', async () => {
		const [first, second] = [inGroup(0), inGroup(1)];
		const both = new Set([...first.customers, ...second.customers]);
		const within = await scenario.listCustomers({
			filters: { inGroups: [first.id, second.id] },
			output: 'ids',
		});
		const listed = new Set(within.items.map(({ json }) => json.external_userid));
		expect(listed.size).toBeGreaterThan(0);
		for (const id of listed) expect(both).toContain(id);
		expect(scenario.sandbox.log.count(PATHS.group)).toBe(2);
		// Who is in a group needs no details.
		expect(requestCounts(scenario)).toMatchObject({ pages: 0, ids: 3, tags: 0 });

		const without = await scenario.listCustomers({
			filters: { notInGroups: `={{ "${first.id}，${second.id}" }}` },
		});
		for (const { json } of without.items) expect(both).not.toContain(json.external_userid);
		expect(within.items.length + without.items.length).toBe(33);
	});

	it('reads a group once for all filters and items', async () => {
		const { id } = inGroup(0);
		const filters = { inGroups: [id], notInGroups: '={{ $json.not }}' };
		await scenario.listCustomers({ filters }, { input: [{ not: id }, { not: [id] }] });
		expect(scenario.sandbox.log.count(PATHS.group)).toBe(1);
	});

	it('names the group that WeCom does not know, and goes on with the other items', async () => {
		const { items } = await scenario.listCustomers(
			{ filters: { inGroups: '={{ $json.group }}' } },
			{ ...continueOnFail, input: [{ group: 'wrGone' }, { group: inGroup(0).id }] },
		);
		expect(items[0]?.json.error).toBe('WeCom does not know this customer group: wrGone');
		expect(items.length).toBeGreaterThan(1);
		expect(items.at(-1)?.pairedItem).toEqual({ item: 1 });
	});
});

describe('Except These Customers', () => {
	it.each([
		['an array', (ids: string[]) => `={{ ${JSON.stringify(ids)} }}`],
		['JSON text', (ids: string[]) => `={{ '${JSON.stringify(ids)}' }}`],
		['Chinese commas', (ids: string[]) => ids.join('，')],
		['lines', (ids: string[]) => ids.join('\n')],
	])('leaves out customers given as %s, without their details', async (_, write) => {
		const ids = [idOf('lin', 'Amy Zhao'), idOf('chen', 'Wendy Shi')];
		const { items } = await scenario.listCustomers({
			output: 'ids',
			filters: { exceptCustomers: write(ids) },
		});
		// Amy is a customer of two members.
		expect(items).toHaveLength(30);
		expect(requestCounts(scenario)).toMatchObject({ pages: 0, ids: 3 });
	});

	it('takes a number for an ID that is none of ours', async () => {
		expect(await names({ filters: { exceptCustomers: '={{ 4711 }}' } })).toHaveLength(33);
	});
});

describe('a customer with a wanted tag from one member and an excluded one from another', () => {
	beforeEach(() => {
		pair('lin', 'Amy Zhao').tagIds = [scenario.tagId('Gold')];
		pair('wei', 'Amy Zhao').tagIds = [scenario.tagId('Cakes')];
	});
	const filters = { tags: 'Gold', withoutTags: 'Cakes' };
	const ofLin = { memberScope: 'chosen', members: ['lin'] };

	it.each([
		['all members', {}],
		['the one who gave the wanted tag', ofLin],
		['both, each customer once', { severalMembers: 'once' }],
		['with a limit', { ...ofLin, returnAll: false, limit: 1 }],
	])('is out, listing %s', async (_, parameters) => {
		expect(await names({ filters: { tags: 'Gold' }, ...parameters })).toContain('Amy Zhao');
		expect(await names({ filters, ...parameters })).not.toContain('Amy Zhao');
		expect(await names({ filters, ...parameters })).not.toHaveLength(0);
	});

	it('is in under the first member with Only as This Member Sees It', async () => {
		const seen = { ...filters, onlyAsMemberSeesIt: true };
		const { items } = await scenario.listCustomers({ filters: seen, severalMembers: 'once' });
		const amy = items.find(({ json }) => json.name === 'Amy Zhao');
		expect(amy?.json).toMatchObject({ userid: 'lin', members: ['lin', 'wei'] });
		expect(await names({ filters: { ...filters, onlyAsMemberSeesIt: false } })).not.toContain(
			'Amy Zhao',
		);
	});

	it('costs reading the other members, and a hint says how much', async () => {
		const { hints } = await scenario.listCustomers({ ...ofLin, filters });
		expect(hints?.map(({ message }) => message)).toEqual([
			'To find the customers who have an excluded tag with any of their members, the node made 2 more requests.',
		]);
		const counts = {
			...requestCounts(scenario),
			single: scenario.sandbox.log.count(PATHS.customer),
		};
		expect(counts).toEqual({ members: 1, pages: 2, ids: 0, tags: 1, single: 0 });
		const whom = scenario.sandbox.log
			.calls(PATHS.customers)
			.map(({ body }) => (body as IDataObject).userid_list);
		expect(whom).toEqual([['lin'], ['wei', 'chen']]);
	});

	it('costs nothing more when all members are listed', async () => {
		const { hints } = await scenario.listCustomers({ filters });
		expect(hints ?? []).toEqual([]);
		expect(requestCounts(scenario)).toEqual({ members: 1, pages: 1, ids: 0, tags: 1 });
	});
});

it('finds customers without any tag of any member', async () => {
	pair('lin', 'Amy Zhao').tagIds = [];
	pair('lin', 'David Li').tagIds = [];
	const ofLin = { memberScope: 'chosen', members: ['lin'], filters: { untagged: true } };
	// Wei gave Amy a tag.
	expect(await names(ofLin)).toEqual(['David Li']);
	const filters = { untagged: true, onlyAsMemberSeesIt: true };
	expect(await names({ ...ofLin, filters })).toEqual(['Amy Zhao', 'David Li']);
});

it.each([
	['withoutTags', '={{ $json.missing }}', "'Leave Out Tag Names or IDs' is empty"],
	['withoutTags', '={{ ["Gold", ""] }}', "'Leave Out Tag Names or IDs' has an empty entry"],
	['untagged', '={{ $json.missing }}', "'No Tag' must be true or false"],
	[
		'onlyAsMemberSeesIt',
		true,
		"'Only as This Member Sees It' needs the filter 'Leave Out Tag Names or IDs' or 'No Tag'",
	],
	['channel', '={{ $json.missing }}', "'Channel' is empty"],
	['channel', ' ， ', "'Channel' is empty"],
	['channelMatch', 'startsWith', "'Channel Match' needs the filter 'Channel'"],
	['gender', [], "'Gender' is empty"],
	['gender', '={{ ["female"] }}', "'Gender' has an unknown value"],
	['inGroups', '={{ [] }}', "'In Customer Group Names or IDs' is empty"],
	['inGroups', '={{ ["wrA", null] }}', "'In Customer Group Names or IDs' has an empty entry"],
	['notInGroups', '={{ $json.missing }}', "'Not in Customer Group Names or IDs' is empty"],
	['exceptCustomers', '={{ $json.missing }}', "'Except These Customers' is empty"],
	[
		'exceptCustomers',
		'={{ "undefined" }}',
		`"undefined" in 'Except These Customers' is not an external user ID`,
	],
	['exceptCustomers', '={{ ({ id: 1 }) }}', "'Except These Customers' must be a list of IDs"],
])('refuses the filter %s with %j before any request', async (name, value, message) => {
	const { error } = await scenario.listCustomers({ filters: { [name]: value } });
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('refuses No Tag beside tags', async () => {
	const { error } = await scenario.listCustomers({ filters: { untagged: true, tags: 'Gold' } });
	expect(error?.message).toBe("'No Tag' and 'Tag Names or IDs' contradict each other");
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('names the closest tags where there is none of that name', async () => {
	const { error } = await scenario.listCustomers({ filters: { withoutTags: 'Golden' } });
	expect(error).toMatchObject({
		message: 'There is no tag "Golden"',
		description: expect.stringContaining('Level: Gold') as string,
	});
});

it('repeats no call for tags to leave out, a channel and two customer groups', async () => {
	await scenario.restart({ seed: { members: 120, customersPerMember: 50, tags: 10, groups: 2 } });
	const { corp } = scenario.sandbox.world;
	const [inside, outside] = [...corp.groups.keys()];
	for (const { relations } of corp.members.values()) {
		for (const relation of relations) relation.state = 'expo-spring';
	}
	const { status } = await scenario.listCustomers({
		filters: {
			withoutTags: 'Tag 3',
			channel: 'expo',
			channelMatch: 'startsWith',
			inGroups: [inside],
			notInGroups: [outside],
		},
	});
	expect(status).toBe('success');
	const { log } = scenario.sandbox;
	// 100 members with 5,000 rows, and 20 with 1,000.
	expect(requestCounts(scenario)).toEqual({ members: 1, pages: 60, ids: 0, tags: 1 });
	expect(log.count(PATHS.group)).toBe(2);
	// Beside these the token, and its probe.
	expect(log.count()).toBe(60 + 1 + 1 + 2 + 2);
	const bodies = log.calls(PATHS.customers).map(({ body }) => JSON.stringify(body));
	expect(new Set(bodies).size).toBe(bodies.length);
});

it('asks for each customer where a limit ends the list early', async () => {
	await scenario.restart({ seed: { members: 2, customersPerMember: 1_000, tags: 10 } });
	const filters = { withoutTags: 'Tag 3' };
	const { items } = await scenario.listCustomers({ filters, returnAll: false, limit: 2 });
	expect(items).toHaveLength(2);
	expect(requestCounts(scenario).pages).toBe(2);
	expect(scenario.sandbox.log.count(PATHS.customer)).toBeLessThanOrEqual(4);
});
