import { DAY, HOUR } from '../core/calendar';
import { stableId, stableSecret, stableUnionId } from '../core/ids';
import type { Customer, Member } from '../customers/model';
import type { TagGroup } from '../tags/model';
import type { Corp } from './corp';
import { CALLABLE_AGENT_ID } from './corp';
import type { World } from './world';

/** An app of the small world that has a valid secret but is not in the callable list (48002). */
export const OTHER_AGENT_ID = 1000003;

const CUSTOMER_NAMES = [
	...['Amy Zhao', 'Ben Qian', 'Cathy Sun', 'David Li', 'Ella Zhou', 'Frank Wu', 'Grace Zheng'],
	...['Henry Wang', 'Iris Feng', 'Jack Chen', 'Kate Chu', 'Leo Wei', 'Mia Jiang', 'Nick Shen'],
	...['Olivia Han', 'Peter Yang', 'Queenie Zhu', 'Ryan Qin', 'Sophie You', 'Tom Xu', 'Una He'],
	...['Victor Lü', 'Wendy Shi', 'Xavier Zhang', 'Yuki Kong', 'Zoe Cao', '陈晓明', '林小雨'],
	...['王大力', '赵 “Sunny” 🌻'],
];

/** QR codes, name cards, groups and acquisition links (doc 92114). */
const ADD_WAYS = [1, 3, 4, 16];

/** Channels of QR codes and acquisition links; an empty one is none. */
const STATES = ['spring-expo', 'store-shanghai', '', 'store-hangzhou', ''];

/**
 * 3 members, 30 customers, 2 tag groups, 3 customer groups; the same in every run. A second corp
 * has members of the same user IDs and customers of its own. Times count back from the clock.
 */
export function seedSmall(world: World): void {
	const corp = world.addCorp('Riverside Tea House');
	seedTeaHouse(world, corp);
	seedOtherCorp(world);
}

function seedTeaHouse(world: World, corp: Corp): void {
	const now = world.now();
	corp.addApp({
		agentId: OTHER_AGENT_ID,
		name: 'Meal Planner',
		secret: stableSecret(corp.corpId, OTHER_AGENT_ID),
		callable: false,
	});
	const lin = corp.addMember('lin', 'Lin Xiaomei');
	const wei = corp.addMember('wei', 'Wei Jun');
	const chen = corp.addMember('chen', 'Chen Yu');

	// The app made Level, the admin console made Interest: an app edits only its own tags (doc 92117).
	const level = corp.addTagGroup('Level', ['Gold', 'Silver', 'Bronze'], {
		createTime: now - 200 * DAY,
		order: 10,
		ownerAgentId: CALLABLE_AGENT_ID,
	});
	const interest = corp.addTagGroup('Interest', ['Green tea', 'Oolong', 'Cakes'], {
		createTime: now - 190 * DAY,
		order: 5,
	});

	const customers = CUSTOMER_NAMES.map((name, index) => addSmallCustomer(corp, name, index));
	customers.forEach((customer, index) => {
		const member = index < 12 ? lin : index < 22 ? wei : chen;
		corp.befriend(member, customer, {
			createTime: now - (150 - index * 4) * DAY,
			lastInteraction: now - (index + 1) * DAY,
			tagIds: [tagOf(level, index), tagOf(interest, Math.floor(index / 2))],
			addWay: ADD_WAYS[index % ADD_WAYS.length],
			state: STATES[index % STATES.length],
			remarkMobiles: index === 0 ? ['13800000000'] : [],
			personalTags: index === 0 ? ['Likes to chat'] : undefined,
		});
	});
	// Three customers know two members, of whom Wei talked with them last.
	for (const customer of customers.slice(0, 3)) {
		corp.befriend(wei, customer, {
			createTime: now - 20 * DAY,
			lastInteraction: now - 2 * HOUR,
			tagIds: [tagOf(level, 0)],
			addWay: 201,
			operUserid: 'lin',
		});
	}

	addCustomerGroup(corp, 'Tea tasting club', lin, [wei], customers.slice(0, 8), now - 90 * DAY);
	addCustomerGroup(corp, 'Cake lovers', lin, [], customers.slice(6, 12), now - 60 * DAY);
	addCustomerGroup(corp, 'Weekend events', wei, [chen], customers.slice(12, 22), now - 30 * DAY);
	world.customerService.addAccount('Tea House Help', ['lin', 'wei'], corp);

	// WeCom has no unsubscribe. Ben told Lin, but is a Gold customer of Wei's too; Iris told Lin, her only member.
	const consent = corp.addTagGroup('Consent', ['Do not contact'], {
		createTime: now - 180 * DAY,
		ownerAgentId: CALLABLE_AGENT_ID,
	});
	for (const index of [1, 8]) lin.relations[index]?.tagIds.push(tagOf(consent, 0));
}

function addSmallCustomer(corp: Corp, name: string, index: number): Customer {
	// Every tenth one is a WeCom user of another company.
	const isWecomUser = index % 10 === 9;
	return corp.addCustomer({
		externalUserid: stableId(isWecomUser ? 'wo' : 'wm', corp.corpId, 'customer', index),
		name,
		gender: index % 7 === 6 ? 0 : index % 2 === 0 ? 2 : 1,
		...(isWecomUser
			? { type: 2, corpName: 'Hillside Bakery', position: 'Buyer' }
			: { unionid: stableUnionId(corp.corpId, index) }),
	});
}

function addCustomerGroup(
	corp: Corp,
	name: string,
	owner: Member,
	colleagues: readonly Member[],
	customers: readonly Customer[],
	createTime: number,
): void {
	corp.addGroup({
		name,
		owner: owner.userid,
		createTime,
		notice: `Welcome to ${name}!`,
		admins: colleagues.map((member) => member.userid),
		members: [
			...[owner, ...colleagues].map((member) => ({
				id: member.userid,
				type: 1 as const,
				joinTime: createTime,
				joinScene: 1 as const,
				groupNickname: '',
				name: member.name,
			})),
			...customers.map((customer, index) => ({
				id: customer.externalUserid,
				type: 2 as const,
				joinTime: createTime + (index + 1) * HOUR,
				joinScene: index % 2 === 0 ? (3 as const) : (1 as const),
				...(index % 2 === 0 ? { state: 'spring-expo' } : { invitor: owner.userid }),
				groupNickname: '',
				name: customer.name,
			})),
		],
	});
}

/** User IDs may repeat from corp to corp; everything else must not. */
function seedOtherCorp(world: World): void {
	const now = world.now();
	const corp = world.addCorp('Harbour Books');
	const lin = corp.addMember('lin', 'Lin Hao');
	const gao = corp.addMember('gao', 'Gao Min');
	const genre = corp.addTagGroup('Genre', ['Novels', 'Comics'], {
		createTime: now - 100 * DAY,
		ownerAgentId: CALLABLE_AGENT_ID,
	});
	['Reader One', 'Reader Two', 'Reader Three', 'Reader Four'].forEach((name, index) => {
		const customer = addSmallCustomer(corp, name, index);
		corp.befriend(index < 2 ? lin : gao, customer, {
			createTime: now - (40 - index) * DAY,
			tagIds: [tagOf(genre, index)],
		});
	});
	addCustomerGroup(corp, 'Book club', lin, [gao], [], now - 10 * DAY);
}

/** The size of a large world. */
export interface LargeSeed {
	members: number;
	customersPerMember: number;
	/** Tags of the corp, in groups of 100; customers carry one each, in turn. */
	tags?: number;
	/** Customer groups, owned by the members in turn. */
	groups?: number;
	/** How many customers all members know; they count among each one's customersPerMember. */
	sharedCustomers?: number;
	/** How many of the members, the last ones, have no interworking licence. */
	unlicensedMembers?: number;
	/** Customers came by `channel-1`, `channel-2`, … in turn. Default: by none. */
	channels?: number;
	/** How many customers of its owner are in each group: the first ones. */
	customersPerGroup?: number;
}

const TAGS_PER_GROUP = 100;

/** One corp of any size; the same in every run. Times count back from the clock. */
export function seedLarge(world: World, size: LargeSeed): void {
	const { members, customersPerMember, tags = 10, groups = 0 } = size;
	const { sharedCustomers = 0, unlicensedMembers = 0, channels = 0, customersPerGroup = 0 } = size;
	const now = world.now();
	const corp = world.addCorp('Grand Market');
	const tagLists = seedTags(corp, tags, now);
	const tagTurns = Math.max(tagLists.length, 1);

	const shared: Customer[] = [];
	let customerNumber = 0;
	const nextCustomer = (): Customer => {
		const number = customerNumber++;
		return corp.addCustomer({
			externalUserid: stableId('wm', corp.corpId, 'customer', number),
			name: `Customer ${number + 1}`,
			gender: ((number % 2) + 1) as 1 | 2,
			unionid: stableUnionId(corp.corpId, number),
		});
	};
	for (let index = 0; index < Math.min(sharedCustomers, customersPerMember); index++) {
		shared.push(nextCustomer());
	}

	for (let memberNumber = 1; memberNumber <= members; memberNumber++) {
		const member = corp.addMember(`member${memberNumber}`, `Member ${memberNumber}`);
		for (let index = 0; index < customersPerMember; index++) {
			const customer = shared[index] ?? nextCustomer();
			const createTime = now - (1 + (index % 365)) * DAY;
			corp.befriend(member, customer, {
				createTime,
				// The last of the members of a shared customer is the one who last talked with them.
				lastInteraction: createTime + memberNumber,
				// A shared customer has another tag with each member.
				tagIds: tagLists[(index < shared.length ? index + memberNumber - 1 : index) % tagTurns],
				addWay: ADD_WAYS[index % ADD_WAYS.length],
				state: channels === 0 ? '' : `channel-${(index % channels) + 1}`,
			});
		}
	}
	const owners = [...corp.members.values()];
	if (unlicensedMembers > 0) {
		for (const member of owners.slice(-unlicensedMembers)) member.licensed = false;
	}
	for (let index = 0; index < groups; index++) {
		const owner = owners[index % owners.length];
		if (!owner) continue;
		const guests = owner.relations.slice(0, customersPerGroup).map(({ customer }) => customer);
		addCustomerGroup(corp, `Group ${index + 1}`, owner, [], guests, now - DAY);
	}
}

/** Lists of one tag each. Relations may share them: marking copies the list. */
function seedTags(corp: Corp, count: number, now: number): string[][] {
	const tagLists: string[][] = [];
	for (let first = 0; first < count; first += TAGS_PER_GROUP) {
		const names = Array.from(
			{ length: Math.min(TAGS_PER_GROUP, count - first) },
			(_, index) => `Tag ${first + index + 1}`,
		);
		const group = corp.addTagGroup(`Tags ${first / TAGS_PER_GROUP + 1}`, names, {
			createTime: now - 365 * DAY,
			ownerAgentId: CALLABLE_AGENT_ID,
		});
		for (const tag of group.tags) tagLists.push([tag.tagId]);
	}
	return tagLists;
}

function tagOf(group: TagGroup, index: number): string {
	const tag = group.tags[index % group.tags.length];
	if (!tag) throw new Error(`Tag group ${group.name} is empty`);
	return tag.tagId;
}
