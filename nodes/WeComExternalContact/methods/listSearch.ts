import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { toIso } from '../../shared/operation/time';
import { editorClient } from '../../shared/adapters/context';
import { readOn } from '../../shared/client/core/pagination';
import type { NamedCustomerGroup } from '../../shared/client/customerGroups/browseCustomerGroups';
import { browseCustomerGroups } from '../../shared/client/customerGroups/browseCustomerGroups';
import type { CustomerPosition } from '../../shared/client/customers/browseCustomers';
import { browseCustomers, FIRST_CUSTOMERS } from '../../shared/client/customers/browseCustomers';
import type { ListedTask, TaskPosition } from '../../shared/client/massMessages/browseTasks';
import { browseTasks, tasksUntil } from '../../shared/client/massMessages/browseTasks';
import { listMembers } from '../../shared/client/customers/customers';
import { WeComInputError } from '../../shared/client/core/errors';
import { readTagGroups } from '../../shared/client/tags/tags';
import type { CustomerOfMember } from '../../shared/client/customers/types';
import { getMembers, getTags } from './loadOptions';

/** Entries of a list at a time; the editor asks for more when somebody scrolls, or the list is not full. */
const PAGE = 100;

/** Days back to which the list of recent messages goes. */
const RECENT_DAYS = 180;
const DAY_SECONDS = 24 * 60 * 60;

/** Customer groups whose names a search goes through: each costs a call, and a search starts anew at every key. */
const MAX_NAMED_GROUPS = 1_000;

/** Characters of a message that the list shows. */
const TEXT_CHARACTERS = 60;

export async function searchMembers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return page(await getMembers.call(this), filter, paginationToken);
}

/** Tags by group and name. WeCom gives the whole library in one answer, so only what is shown comes in pages. */
export async function searchTags(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return page(await getTags.call(this), filter, paginationToken);
}

export async function searchTagGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const groups = await editorClient(this, readTagGroups);
	const items = groups.map(({ group_name, group_id }) => ({ name: group_name, value: group_id }));
	return page(items, filter, paginationToken);
}

/** Customers by name or remark: of the member that is chosen in the same node, or of all where it chooses none. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = paginationToken
		? (JSON.parse(paginationToken) as CustomerPosition)
		: FIRST_CUSTOMERS;
	const { entries, next } = await editorClient(this, async (client) => {
		const member = chosenMember(this);
		const members = member === undefined ? await listMembers(client) : [member];
		return await readOn(
			start,
			async (position) => await browseCustomers(client, members, position),
			(row) => matches(customerName(row), filter),
			{ enough: 20, portions: 5 },
		);
	});
	const names = new Map(
		entries.map((row) => [row.external_contact.external_userid, customerName(row)]),
	);
	return {
		results: [...names].map(([value, name]) => ({ name, value })),
		paginationToken: next && JSON.stringify(next),
	};
}

/** Customer groups by name or owner. */
export async function searchCustomerGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start: GroupPosition = paginationToken
		? (JSON.parse(paginationToken) as GroupPosition)
		: { cursor: '', named: 0 };
	const { entries, next } = await editorClient(
		this,
		async (client) =>
			await readOn(
				start,
				async ({ cursor, named }) => {
					const portion = await browseCustomerGroups(client, cursor);
					const total = named + portion.entries.length;
					return {
						entries: portion.entries,
						next: portion.next === undefined ? undefined : { cursor: portion.next, named: total },
					};
				},
				(group) => matches(groupName(group), filter),
				{ enough: 10, portions: 5 },
			),
	);
	const results: INodeListSearchItems[] = entries.map((group) => ({
		name: groupName(group),
		value: group.chat_id,
	}));
	if (filter && next && next.named >= MAX_NAMED_GROUPS) {
		results.push({
			name: `Only the first ${next.named} customer groups were searched. Use the chat ID for any other.`,
			value: '',
		});
		return { results };
	}
	return { results, paginationToken: next && JSON.stringify(next) };
}

interface GroupPosition {
	readonly cursor: string;
	/** Groups that were looked at so far. */
	readonly named: number;
}

/** Tasks of the company by text and time, newest first. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const timezone = this.getTimezone();
	const { entries, next } = await editorClient(this, async (client) => {
		const now = Math.floor(client.clock.now() / 1_000);
		const start = paginationToken
			? (JSON.parse(paginationToken) as TaskPosition)
			: tasksUntil(now + 1);
		return await readOn(
			start,
			async (position) => await browseTasks(client, position, now - RECENT_DAYS * DAY_SECONDS),
			(task) => matches(taskName(task, timezone), filter),
			{ enough: 20, portions: 4 },
		);
	});
	return {
		results: entries.map((task) => ({
			name: shortened(taskName(task, timezone)),
			value: task.msgid,
		})),
		paginationToken: next && JSON.stringify(next),
	};
}

/** Undefined where the operation has no such field. */
function chosenMember(context: ILoadOptionsFunctions): string | undefined {
	const value = context.getCurrentNodeParameter('member') as
		| { value?: unknown }
		| string
		| undefined;
	if (value === undefined) return undefined;
	const member = String((typeof value === 'object' ? value.value : value) ?? '').trim();
	if (member === '') {
		throw new WeComInputError(
			'Choose the member first, then the customer',
			'The list shows the customers of that member. Or give the customer by ID.',
		);
	}
	if (member.startsWith('=')) {
		throw new WeComInputError(
			'The member is an expression that has no value yet',
			'Run the node before it, or choose a fixed member for a moment. Or give the customer by ID.',
		);
	}
	return member;
}

function customerName({ external_contact, follow_info }: CustomerOfMember): string {
	const name = external_contact.name ?? external_contact.external_userid;
	const { remark } = follow_info;
	return remark && remark !== name ? `${name} (${remark})` : name;
}

function groupName({ chat_id, name, owner }: NamedCustomerGroup): string {
	const label = name.trim() === '' ? `Unnamed group ${chat_id}` : name;
	return owner === undefined ? label : `${label} (${owner})`;
}

function taskName({ create_time, chat_type, text, attachments }: ListedTask, zone: string): string {
	const time = toIso(create_time, zone)?.slice(0, 16).replace('T', ' ') ?? '';
	const content = text?.content.replace(/\s+/g, ' ').trim() ?? '';
	const kinds = (attachments ?? []).map(({ msgtype }) => `[${msgtype}]`).join(' ');
	const target = chat_type === 'group' ? ' to groups' : '';
	return `${time}${target}: ${content === '' ? kinds : content}`;
}

/** By characters, so that none is cut in half. */
function shortened(text: string): string {
	const characters = [...text];
	return characters.length <= TEXT_CHARACTERS
		? text
		: `${characters.slice(0, TEXT_CHARACTERS).join('')}…`;
}

function matches(text: string, filter = ''): boolean {
	return text.toLowerCase().includes(filter.trim().toLowerCase());
}

function page(
	all: INodeListSearchItems[],
	filter: string | undefined,
	paginationToken?: string,
): INodeListSearchResult {
	const items = all.filter(({ name }) => matches(name, filter));
	const start = Number(paginationToken ?? 0);
	const end = start + PAGE;
	return {
		results: items.slice(start, end),
		paginationToken: end < items.length ? String(end) : undefined,
	};
}
