/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server, in a process of its own */
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import type { World } from './world';
import { customerId, customersOf, memberId, SERVICE_MESSAGES, TAGS } from './world';

/**
 * As much of WeCom as is measured, so fast that what is measured is whoever asks: answers of a made-up company, as
 * many milliseconds late as `World` says. It checks nothing; the sandbox is there for that.
 *
 * Its parent says which world to serve, and gets the calls since then.
 */
let world: World = { members: 0, customersOfEach: 0, delayMs: 0 };
let calls: string[] = [];
let tasks: IDataObject[] = [];

const PAGE = { customers: 100, results: 1_000, messages: 1_000 };
const SYNC = '/cgi-bin/kf/sync_msg';

const answers: Record<string, (query: URLSearchParams, body: IDataObject) => IDataObject> = {
	[PATHS.token]: () => {
		// Each run begins with a token. Tasks of the runs before it would make its list of tasks longer and longer.
		tasks = [];
		return { access_token: 't'.repeat(100), expires_in: 7_200 };
	},
	[PATHS.members]: () => ({
		follow_user: Array.from({ length: world.members }, (_, i) => memberId(i)),
	}),
	[PATHS.customerIds]: (query) => ({
		external_userid: customersOf(world, query.get('userid') ?? '').map(customerId),
	}),
	[PATHS.customers]: (_, { userid_list, cursor }) => {
		const rows = (userid_list as string[]).flatMap((userid) =>
			customersOf(world, userid).map((customer) => ({ userid, customer })),
		);
		return page(rows, Number(cursor || 0), PAGE.customers, 'external_contact_list', details);
	},
	[PATHS.tags]: () => ({
		tag_group: [{ group_id: 'etG', group_name: 'Group', create_time: 1, order: 1, tag: TAGS }],
	}),
	[PATHS.create]: (_, body) => {
		const msgid = `msg${tasks.length}`;
		const create_time = Math.floor(Date.now() / 1_000);
		tasks.push({ msgid, create_time, create_type: 0, text: body.text, of: body });
		return { fail_list: [], msgid };
	},
	[PATHS.tasks]: (_, { chat_type, cursor }) => {
		const shown = chat_type === 'single' ? tasks.toReversed() : [];
		return page(
			shown,
			Number(cursor || 0),
			100,
			'group_msg_list',
			({ msgid, create_time, create_type, text }) => ({
				msgid,
				create_time,
				create_type,
				text,
			}),
		);
	},
	[PATHS.taskMembers]: (_, { msgid, cursor }) => {
		const own = tasks.find((task) => task.msgid === msgid)?.of as IDataObject | undefined;
		const members = own
			? [own.sender]
			: Array.from({ length: world.members }, (_each, i) => memberId(i));
		return page(members, Number(cursor || 0), PAGE.results, 'task_list', (userid) => ({
			userid,
			status: own ? 0 : 2,
			...(!own && { send_time: 1_700_000_000 }),
		}));
	},
	[PATHS.taskResults]: (_, { msgid, userid, cursor }) => {
		const own = tasks.find((task) => task.msgid === msgid)?.of as IDataObject | undefined;
		const ids = (own?.external_userid ??
			customersOf(world, String(userid)).map(customerId)) as string[];
		return page(ids, Number(cursor || 0), PAGE.results, 'send_list', (external_userid) => ({
			external_userid,
			userid,
			status: own ? 0 : 1,
			...(!own && { send_time: 1_700_000_000 }),
		}));
	},
	[SYNC]: (_, { cursor }) => {
		const from = Number(String(cursor ?? '').replace('c', '') || 0);
		const to = Math.min(from + PAGE.messages, SERVICE_MESSAGES);
		const msg_list = Array.from({ length: to - from }, (_each, i) => serviceMessage(from + i));
		return { next_cursor: `c${to}`, has_more: to < SERVICE_MESSAGES ? 1 : 0, msg_list };
	},
};

function page<T>(
	rows: readonly T[],
	from: number,
	size: number,
	name: string,
	show: (row: T) => unknown,
): IDataObject {
	const to = from + size;
	const next_cursor = to < rows.length ? String(to) : '';
	return { [name]: rows.slice(from, to).map(show), next_cursor } as IDataObject;
}

function details({ userid, customer }: { userid: string; customer: number }) {
	return {
		external_contact: {
			external_userid: customerId(customer),
			name: `Customer ${customer}`,
			type: 1,
			avatar: `https://wx.qlogo.example/${customer}`,
			gender: 1,
		},
		follow_info: {
			userid,
			remark: `Remark ${customer}`,
			description: '',
			createtime: 1_700_000_000 + customer,
			tag_id: [TAGS[customer % TAGS.length]?.id],
			remark_mobiles: [],
			state: `channel${customer % 5}`,
			oper_userid: userid,
			add_way: 1,
		},
	};
}

function serviceMessage(index: number) {
	return {
		msgid: `message${index}`,
		open_kfid: 'wkA',
		external_userid: customerId(index % 200),
		send_time: 2_000_000_000 + index,
		origin: 3,
		msgtype: 'text',
		text: { content: `Question ${index}` },
	};
}

/** A list of customers takes a while to write, and the same ones are asked for in every round. */
const written = new Map<string, string>();

async function answer(request: IncomingMessage): Promise<string> {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	let text = '';
	for await (const piece of request.setEncoding('utf8')) text += String(piece);
	calls.push(pathname);
	if (world.delayMs > 0) await sleep(world.delayMs);
	const key = `${pathname} ${searchParams.get('userid')} ${text}`;
	const known = written.get(key);
	if (known !== undefined) return known;
	const body = text === '' ? {} : (JSON.parse(text) as IDataObject);
	const response = answers[pathname]?.(searchParams, body);
	const json = JSON.stringify({ errcode: response ? 0 : 404, errmsg: 'ok', ...response });
	if (json.length > 2_000 && pathname !== PATHS.tasks) written.set(key, json);
	return json;
}

const server = createServer((request, response) => {
	void answer(request).then((json) => {
		response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
		response.end(json);
	});
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
	process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

process.on('message', (next: World | 'calls') => {
	if (next === 'calls') {
		process.send?.({ calls });
		return;
	}
	if (next.members !== world.members || next.customersOfEach !== world.customersOfEach)
		written.clear();
	world = next;
	calls = [];
	tasks = [];
	process.send?.({});
});
process.on('disconnect', () => process.exit());
