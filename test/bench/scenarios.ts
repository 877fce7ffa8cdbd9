import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import type { Floor } from './floor';
import type { World } from './world';
import { customerId, memberId, MSGID, TAGS } from './world';

/** One piece of work, done by the node and by the floor. */
export interface Scenario {
	readonly name: string;
	readonly world: Omit<World, 'delayMs'>;
	readonly parameters?: IDataObject;
	/** The input items; one empty item when left out. */
	items?(): IDataObject[];
	/** What the node does where it is not run by a workflow of its own. */
	node?(url: string): Promise<unknown>;
	/** The same calls, as bare as they can be made. */
	floor(floor: Floor, items: readonly IDataObject[]): Promise<unknown>;
	/** The fewest calls that do the work, apart from the token and its probe. */
	readonly fewestCalls: number;
	/** Those that depend on what the run sees, such as whether others create the same: as many again are no surprise. */
	readonly mayCallMore?: number;
	/**
	 * What n8n does alone: makes the same calls with its helper, or passes the same items on. Undefined where no node
	 * runs.
	 */
	readonly besideN8n?: 'calls' | 'items';
	/** The parameter whose expression n8n then evaluates for every item. */
	readonly expression?: string;
	/** So many calls one after the other that nobody waits for a slow server to answer them. */
	readonly neverSlow?: true;
	/** How many things the work is about, for memory and growth. */
	readonly size: number;
	/** Where twice the work is measured as well. */
	readonly growsFrom?: string;
}

const TEXT =
	'您好，我们的秋季新品目录已经上线，包含三十余款新品与限时优惠。点击下方链接即可查看详情，如需样品或报价请直接回复这条消息，我们会在一个工作日内与您联系。'.repeat(
		4,
	);
const BY_ID = (value: string) => ({ __rl: true, mode: 'id', value });
const MEMBER_OF_ITEM = '={{ $json.userid }}';

export const scenarios: readonly Scenario[] = [
	{
		...broadcastOf(25_000, 1),
		name: 'Broadcast, 25,000 IDs as one list',
		besideN8n: 'calls',
		items: () => [{ ids: ids(25_000) }],
		parameters: {
			...message('broadcast'),
			sendTo: 'customers',
			externalUserIds: '={{ $json.ids }}',
			member: BY_ID(memberId(0)),
		},
	},
	...[12_500, 25_000, 50_000, 100_000].map((count, index, all) =>
		rows(`Broadcast, ${inFull(count)} rows`, count, 1, {
			growsFrom: index === 0 ? undefined : `Broadcast, ${inFull(all[index - 1] ?? 0)} rows`,
			parameters: { member: BY_ID(memberId(0)) },
		}),
	),
	rows('Broadcast, 100,000 rows, 50 members in a field of the item', 100_000, 50, {
		parameters: { sentBy: 'itemField' },
	}),
	rows('Broadcast, 100,000 rows, 50 members by expression', 100_000, 50, {
		parameters: { member: BY_ID(MEMBER_OF_ITEM) },
		expression: 'member',
	}),
	list('3,000 customers with details', 1, 3_000),
	list('10,000 customers with details', 20, 500),
	list('200 members × 50 details', 200, 50),
	list('200 members × 150 details', 200, 150),
	{
		...list('10,000 customers, no tag and channel', 20, 500),
		parameters: listing({
			filters: { withoutTags: [TAGS[1]?.name], channel: 'channel3' },
		}),
	},
	status(20, 500),
	status(50, 10_000),
	sends('1,000 Sends', 1_000),
	{
		...sends('300 Sends with Skip If Created Within', 300, { skipCreatedHours: 24 }),
		// The list of tasks before each creation, and after it whether another execution has created the same.
		mayCallMore: Infinity,
		neverSlow: true,
	},
];

function broadcastOf(recipients: number, members: number) {
	return {
		world: { members, customersOfEach: 0 },
		size: recipients,
		fewestCalls: members * Math.ceil(recipients / members / 10_000),
		async floor(floor: Floor, items: readonly IDataObject[]) {
			const byMember = new Map<unknown, string[]>();
			for (const { userid = memberId(0), external_userid, ids: list } of items) {
				const own = byMember.get(userid) ?? [];
				byMember.set(userid, own);
				if (Array.isArray(list)) own.push(...(list as string[]));
				else own.push(external_userid as string);
			}
			for (const [sender, own] of byMember) {
				for (let start = 0; start < own.length; start += 10_000) {
					const external_userid = own.slice(start, start + 10_000);
					await floor.post(PATHS.create, create(sender as string, external_userid));
				}
			}
		},
	};
}

function rows(
	name: string,
	count: number,
	members: number,
	{ parameters, ...others }: Partial<Pick<Scenario, 'parameters' | 'expression' | 'growsFrom'>>,
): Scenario {
	return {
		...broadcastOf(count, members),
		...others,
		name,
		besideN8n: 'items',
		items: () =>
			ids(count).map((external_userid, index) => ({
				external_userid,
				userid: memberId(index % members),
			})),
		parameters: { ...message('broadcast'), sendTo: 'inputItems', ...parameters },
	};
}

function sends(name: string, count: number, options: IDataObject = {}): Scenario {
	return {
		name,
		world: { members: 20, customersOfEach: 0 },
		besideN8n: 'calls',
		size: count,
		items: () =>
			ids(count).map((external_userid, index) => ({
				external_userid,
				userid: memberId(index % 20),
			})),
		parameters: {
			...message('send'),
			member: BY_ID(MEMBER_OF_ITEM),
			customer: BY_ID('={{ $json.external_userid }}'),
			options: { maxTasksPerMember: count, ...options },
		},
		async floor(floor, items) {
			for (const { external_userid, userid } of items) {
				if (options.skipCreatedHours) {
					const list = { chat_type: 'single', start_time: 1, end_time: 2, limit: 100 };
					await floor.pages(PATHS.tasks, list, 'group_msg_list');
				}
				await floor.post(PATHS.create, create(userid as string, [external_userid as string]));
			}
		},
		fewestCalls: count,
	};
}

function list(name: string, members: number, customersOfEach: number): Scenario {
	return {
		name,
		world: { members, customersOfEach },
		besideN8n: 'calls',
		size: members * customersOfEach,
		parameters: listing({}),
		async floor(floor) {
			const { follow_user } = await floor.get(PATHS.members);
			await floor.get(PATHS.tags);
			return await floor.details(follow_user as string[]);
		},
		// The members, the names of tags, and the pages.
		fewestCalls: 2 + pagesOf(members, customersOfEach),
	};
}

function pagesOf(members: number, customersOfEach: number): number {
	return Math.ceil((members * customersOfEach) / 100);
}

function listing(parameters: IDataObject): IDataObject {
	return {
		resource: 'customer',
		operation: 'list',
		memberScope: 'all',
		output: 'details',
		returnAll: true,
		...parameters,
	};
}

function status(members: number, customersOfEach: number): Scenario {
	return {
		name: `Status, ${members} members × ${inFull(customersOfEach)}`,
		world: { members, customersOfEach },
		besideN8n: 'calls',
		size: members * customersOfEach,
		parameters: {
			resource: 'message',
			operation: 'getTaskStatus',
			msgid: BY_ID(MSGID),
			output: 'customers',
		},
		floor: async (floor) => await floor.status(MSGID),
		fewestCalls: 1 + members * Math.ceil(customersOfEach / 1_000),
	};
}

function message(operation: string): IDataObject {
	return { resource: 'message', operation, text: TEXT };
}

function create(sender: string, external_userid: string[]) {
	return { chat_type: 'single', external_userid, sender, text: { content: TEXT } };
}

function ids(count: number): string[] {
	return Array.from({ length: count }, (_, index) => customerId(index));
}

function inFull(count: number): string {
	return count.toLocaleString('en-US');
}
