import * as fc from 'fast-check';

import { useScenario } from '../../harness/scenario';
import type { Corp } from '../../sandbox/world/corp';

const scenario = useScenario();

const MEMBERS = ['lin', 'wei', 'chen'];
const TAGS = ['Gold', 'Silver', 'Cakes'];
const CHANNELS = ['expo-spring', 'expo-autumn', 'shop', ''];
const TIMES = [1_760_000_000, 1_760_086_400, 1_760_172_800];

const relation = fc.record({
	userid: fc.constantFrom(...MEMBERS),
	tags: fc.subarray(TAGS),
	state: fc.constantFrom(...CHANNELS),
	createTime: fc.constantFrom(...TIMES),
	addWay: fc.constantFrom(1, 3),
});
const customer = fc.record({
	gender: fc.constantFrom(0, 1, 2),
	type: fc.constantFrom(1, 2),
	groups: fc.subarray([0, 1]),
	relations: fc.uniqueArray(relation, {
		minLength: 1,
		maxLength: 3,
		selector: (each) => each.userid,
	}),
});
type Customer = typeof customer extends fc.Arbitrary<infer T> ? T : never;
type Relation = Customer['relations'][number];

const tags = fc.subarray(TAGS, { minLength: 1 });
const filters = fc
	.record(
		{
			tags,
			tagMatch: fc.constantFrom('any', 'all'),
			withoutTags: tags,
			untagged: fc.constant(true),
			onlyAsMemberSeesIt: fc.boolean(),
			channel: fc.subarray(['expo-spring', 'expo', 'shop'], { minLength: 1 }),
			channelMatch: fc.constantFrom('equals', 'startsWith'),
			gender: fc.subarray([0, 1, 2], { minLength: 1 }),
			type: fc.constantFrom(1, 2),
			addWay: fc.subarray([1, 3], { minLength: 1 }),
			added: fc.constantFrom([0, 1], [1, 2], [0, 2]),
			inGroups: fc.subarray([0, 1], { minLength: 1 }),
			notInGroups: fc.subarray([0, 1], { minLength: 1 }),
			except: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
		},
		{ requiredKeys: [] },
	)
	// Filters that need another one, or contradict one.
	.map((given) => ({
		...given,
		untagged: given.tags ? undefined : given.untagged,
		tagMatch: given.tags && given.tagMatch,
		channelMatch: given.channel && given.channelMatch,
		onlyAsMemberSeesIt:
			(given.withoutTags ?? (given.untagged && !given.tags)) ? given.onlyAsMemberSeesIt : undefined,
	}));
type Filters = typeof filters extends fc.Arbitrary<infer T> ? T : never;

const idOf = (place: number) => `wmCustomer${place}`;

/** Replaces the customers and customer groups. */
function populate(corp: Corp, customers: readonly Customer[]): string[] {
	corp.customers.clear();
	corp.groups.clear();
	for (const member of corp.members.values()) member.relations.length = 0;
	const groups = ['Club', 'Fans'].map((name) =>
		corp.addGroup({ name, owner: 'lin', createTime: TIMES[0] ?? 0 }),
	);
	customers.forEach(({ gender, type, relations, groups: places }, index) => {
		const added = corp.addCustomer({
			externalUserid: idOf(index),
			name: `Customer ${index}`,
			gender: gender as 0,
			type: type as 1,
		});
		for (const { userid, tags: names, ...rest } of relations) {
			const member = corp.members.get(userid);
			if (member)
				corp.befriend(member, added, { ...rest, tagIds: names.map(scenario.tagId, scenario) });
		}
		for (const place of places) {
			groups[place]?.members.push(
				{ id: 'lin', type: 1, joinTime: 1, joinScene: 1, groupNickname: '', name: '' },
				{ id: idOf(index), type: 2, joinTime: 1, joinScene: 1, groupNickname: '', name: '' },
			);
		}
	});
	return groups.map(({ chatId }) => chatId);
}

/** Whether the customer matches with this member, said in the simplest way. */
function matches(given: Filters, owner: Customer, own: Relation, place: number): boolean {
	const names = given.onlyAsMemberSeesIt ? own.tags : owner.relations.flatMap((each) => each.tags);
	const has = (tag: string) => own.tags.includes(tag);
	const came = (channel: string) =>
		given.channelMatch === 'startsWith' ? own.state.startsWith(channel) : own.state === channel;
	const [from = 0, to = 0] = given.added ?? [];
	return (
		(!given.tags || (given.tagMatch === 'all' ? given.tags.every(has) : given.tags.some(has))) &&
		!given.withoutTags?.some((tag) => names.includes(tag)) &&
		!(given.untagged && names.length > 0) &&
		(!given.channel || given.channel.some(came)) &&
		(!given.gender || given.gender.includes(owner.gender)) &&
		(given.type === undefined || given.type === owner.type) &&
		(!given.addWay || given.addWay.includes(own.addWay)) &&
		(!given.added || (own.createTime >= (TIMES[from] ?? 0) && own.createTime < (TIMES[to] ?? 0))) &&
		(!given.inGroups || given.inGroups.some((group) => owner.groups.includes(group))) &&
		!given.notInGroups?.some((group) => owner.groups.includes(group)) &&
		!given.except?.includes(place)
	);
}

function parameters({ added, inGroups, notInGroups, except, ...plain }: Filters, groups: string[]) {
	const at = (place = 0) => new Date((TIMES[place] ?? 0) * 1_000).toISOString();
	const chosen = {
		...plain,
		...(added && { addedAfter: at(added[0]), addedBefore: at(added[1]) }),
		...(inGroups && { inGroups: inGroups.map((place) => groups[place]) }),
		...(notInGroups && { notInGroups: notInGroups.map((place) => groups[place]) }),
		...(except && { exceptCustomers: except.map(idOf) }),
	};
	return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
}

const RULES = {
	lastAdded: (a: Relation, b: Relation) => b.createTime - a.createTime,
	firstAdded: (a: Relation, b: Relation) => a.createTime - b.createTime,
	memberOrder: () => 0,
};

it('gives exactly whom a plain look at the world gives, with any members, filter, limit and sender rule', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(customer, { maxLength: 7 }),
			filters,
			fc.option(fc.shuffledSubarray(MEMBERS, { minLength: 1 }), { nil: undefined }),
			fc.constantFrom('details', 'ids'),
			fc.constantFrom(...(Object.keys(RULES) as Array<keyof typeof RULES>)),
			fc.integer({ min: 1, max: 4 }),
			async (customers, given, members, output, senderRule, limit) => {
				const groups = populate(scenario.sandbox.world.corp, customers);
				const order = members ?? MEMBERS;
				const scope = members ? { memberScope: 'chosen', members } : {};
				const list = { ...scope, output, filters: parameters(given, groups) };

				const pairs = customers.flatMap((owner, place) =>
					owner.relations
						.filter((own) => order.includes(own.userid) && matches(given, owner, own, place))
						.map((own) => ({ place, own, pair: `${own.userid} ${idOf(place)}` })),
				);
				const pairsOf = ({ items }: Awaited<ReturnType<typeof scenario.listCustomers>>) =>
					items.map(({ json }) => `${String(json.userid)} ${String(json.external_userid)}`);
				const rows = await scenario.listCustomers(list);
				expect(rows.error).toBeUndefined();
				expect(pairsOf(rows).sort()).toEqual(pairs.map(({ pair }) => pair).sort());

				const some = pairsOf(await scenario.listCustomers({ ...list, returnAll: false, limit }));
				expect(some).toEqual(pairsOf(rows).filter((pair) => some.includes(pair)));
				expect(some).toHaveLength(Math.min(limit, pairs.length));

				const once = await scenario.listCustomers({ ...list, severalMembers: 'once', senderRule });
				const senders = new Map<number, Relation[]>();
				for (const { place, own } of pairs)
					senders.set(place, [...(senders.get(place) ?? []), own]);
				const expected = [...senders].map(([place, own]) => {
					const inOrder = own.sort((a, b) => order.indexOf(a.userid) - order.indexOf(b.userid));
					return `${inOrder.sort(RULES[senderRule])[0]?.userid} ${idOf(place)}`;
				});
				expect(pairsOf(once).sort()).toEqual(expected.sort());
			},
		),
		{ numRuns: 60 },
	);
});
