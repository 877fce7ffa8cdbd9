import { sleep } from 'n8n-workflow';

import type { Response, Tenant } from './tenant';

export type Finding =
	| { readonly outcome: 'as assumed' }
	| { readonly outcome: 'differs'; readonly seen: string }
	| { readonly outcome: 'not checked'; readonly because: string };

/** One assumption of the sandbox that reads alone can check on a tenant. */
export interface LiveCase {
	/** Its entry in the sandbox's README. */
	readonly id: string;
	readonly assumes: string;
	check(tenant: Tenant): Promise<Finding>;
}

const NOBODY = 'nobody-has-this-user-id';

export const liveCases: readonly LiveCase[] = [
	{
		id: 'A4',
		assumes: 'Mass messages are listed newest first',
		async check(tenant) {
			const times = (await tenant.tasks()).map(({ create_time }) => Number(create_time));
			if (new Set(times).size < 2) return notChecked('needs two mass messages of the last 28 days');
			const sorted = times.every((time, index) => index === 0 || time <= Number(times[index - 1]));
			return sorted ? asAssumed() : differs('another order');
		},
	},
	{
		id: 'A5',
		assumes: 'The list of mass messages takes 31 days, and no more',
		async check(tenant) {
			for (const [days, errcode] of [
				[31, 0],
				[32, 600018],
			] as const) {
				const answer = await tenant.post('tasks', tenant.period(days));
				if (answer.errcode !== errcode) return differs(`${days} days: ${told(answer)}`);
			}
			return asAssumed();
		},
	},
	{
		id: 'A6',
		assumes: 'A last page that is exactly full has no cursor',
		async check(tenant) {
			const [member, limit] = await someone(tenant, (count) => count >= 1 && count <= 100);
			if (!member) return notChecked('needs a member with 1 to 100 customers');
			const answer = await tenant.post('customers', { userid_list: [member], limit, cursor: '' });
			if (answer.external_contact_list?.length !== limit)
				return notChecked('the page was not full');
			return answer.next_cursor ? differs('it has a cursor') : asAssumed();
		},
	},
	{
		id: 'A7',
		assumes: 'A member who acted has status 2, not 1',
		async check(tenant) {
			const statuses = new Set<number>();
			for (const { msgid } of (await tenant.tasks()).slice(0, 20)) {
				const { task_list = [] } = await tenant.post('taskMembers', { msgid });
				for (const { status } of task_list) statuses.add(status);
			}
			if (statuses.has(1)) return differs('a member has status 1');
			return statuses.has(2) ? asAssumed() : notChecked('needs a mass message that was sent');
		},
	},
	{
		id: 'A8',
		assumes: 'create_time of a mass message is a number',
		async check(tenant) {
			const [task] = await tenant.tasks();
			if (!task) return notChecked('needs a mass message of the last 28 days');
			return typeof task.create_time === 'number' ? asAssumed() : differs(typeof task.create_time);
		},
	},
	{
		id: 'A12',
		assumes: 'batch/get_by_user of a member without customers gives an empty page',
		async check(tenant) {
			const [member] = await someone(tenant, (count) => count === 0);
			if (!member) return notChecked('needs a member without customers');
			return expects(await tenant.post('customers', { userid_list: [member] }), 0);
		},
	},
	{
		id: 'A13',
		assumes: 'batch/get_by_user takes 100 members',
		async check(tenant) {
			const userid_list = (await tenant.members()).slice(0, 100);
			if (userid_list.length < 100) return notChecked('needs 100 members with customer contact');
			return expects(await tenant.post('customers', { userid_list }), 0);
		},
	},
	{
		id: 'A14',
		assumes: 'A repeated gettoken gives the same token and tells the time that remains',
		async check(tenant) {
			const first = await tenant.getToken();
			await sleep(2_500);
			const second = await tenant.getToken();
			if (first.access_token !== second.access_token) return differs('another token');
			const spent = first.expires_in - second.expires_in;
			return spent > 0 ? asAssumed() : differs(`expires_in stays ${second.expires_in}`);
		},
	},
	{
		id: 'A22',
		assumes: 'A limit of 0 counts as not given',
		check: async (tenant) =>
			expects(await tenant.post('tasks', { ...tenant.period(7), limit: 0 }), 0),
	},
	{
		id: 'A30',
		assumes: 'Results of a member without a part in the task: no rows',
		async check(tenant) {
			const [task] = await tenant.tasks();
			if (!task) return notChecked('needs a mass message of the last 28 days');
			const { task_list = [] } = await tenant.post('taskMembers', { msgid: task.msgid });
			const part = new Set(task_list.map(({ userid }: Response) => userid));
			const userid = (await tenant.members()).find((each) => !part.has(each));
			if (part.size === 0 || !userid) return notChecked('needs a member without a part in it');
			return expects(await tenant.post('taskResults', { msgid: task.msgid, userid }), 0);
		},
	},
	{
		id: 'A34',
		assumes: 'The wrong method is answered 40058',
		check: async (tenant) => expects(await tenant.get('tasks'), 40058),
	},
	{
		id: 'A35',
		assumes: 'Bad JSON is answered as the first missing field, behind a warning',
		async check(tenant) {
			const answer = await tenant.post('tasks', '{"chat_type":', 'application/json');
			if (answer.errcode !== 40063) return differs(told(answer));
			return /json/i.test(answer.errmsg) ? asAssumed() : differs(answer.errmsg);
		},
	},
	{
		id: 'A36',
		assumes: 'The Content-Type of a JSON body does not matter',
		check: async (tenant) =>
			expects(await tenant.post('tasks', JSON.stringify(tenant.period(7)), 'text/plain'), 0),
	},
	{
		id: 'A48',
		assumes: 'A list span that is negative is answered 600018',
		async check(tenant) {
			const { chat_type, start_time, end_time } = tenant.period(7);
			const turned = { chat_type, start_time: end_time, end_time: start_time };
			return expects(await tenant.post('tasks', turned), 600018);
		},
	},
	{
		id: 'A52',
		assumes: "Both ends of the list's time range belong to it",
		async check(tenant) {
			const [task] = await tenant.tasks();
			if (!task) return notChecked('needs a mass message of the last 28 days');
			const time = Number(task.create_time);
			const range = { chat_type: 'single', start_time: time, end_time: time };
			const { group_msg_list = [] } = await tenant.post('tasks', range);
			const listed = group_msg_list.some(({ msgid }: Response) => msgid === task.msgid);
			return listed ? asAssumed() : differs('it is not listed for its own second');
		},
	},
	{
		id: 'A57',
		assumes: 'One unknown member fails a whole batch/get_by_user',
		async check(tenant) {
			const [member] = await someone(tenant, (count) => count > 0);
			if (!member) return notChecked('needs a member with customers');
			const answer = await tenant.post('customers', { userid_list: [member, NOBODY] });
			return expects(answer, 40003);
		},
	},
	{
		id: 'A58',
		assumes: 'A cursor of another query is answered 40058',
		async check(tenant) {
			const [member] = await someone(tenant, (count) => count > 1);
			if (!member) return notChecked('needs a member with two customers');
			const first = await tenant.post('customers', { userid_list: [member], limit: 1 });
			const other = { ...tenant.period(7), cursor: first.next_cursor };
			return expects(await tenant.post('tasks', other), 40058);
		},
	},
	{
		id: 'A62',
		assumes: 'groupchat/get without ID is answered 86003',
		check: async (tenant) => expects(await tenant.post('group', {}), 86003),
	},
	{
		id: 'A63',
		assumes: 'get_groupmsg_send_result without userid is answered 40003',
		async check(tenant) {
			const [task] = await tenant.tasks();
			if (!task) return notChecked('needs a mass message of the last 28 days');
			return expects(await tenant.post('taskResults', { msgid: task.msgid }), 40003);
		},
	},
	{
		id: 'A64',
		assumes: 'get_groupmsg_list_v2 without chat_type or times is answered 40063',
		async check(tenant) {
			const { chat_type, ...times } = tenant.period(7);
			for (const body of [times, { chat_type }]) {
				const answer = await tenant.post('tasks', body);
				if (answer.errcode !== 40063) return differs(told(answer));
			}
			return asAssumed();
		},
	},
	{
		id: 'A65',
		assumes: 'An empty state or company is left out',
		async check(tenant) {
			const [member] = await someone(tenant, (count) => count > 0);
			if (!member) return notChecked('needs a member with customers');
			const answer = await tenant.post('customers', { userid_list: [member], limit: 100 });
			const relations: Response[] = answer.external_contact_list ?? [];
			if (relations.length === 0) return notChecked(told(answer));
			const empty = relations.some(
				({ follow_info }) => follow_info.state === '' || follow_info.remark_corp_name === '',
			);
			return empty ? differs('there are empty ones') : asAssumed();
		},
	},
];

/** A member, with the number of its customers, that a case can use. */
async function someone(
	tenant: Tenant,
	fits: (customers: number) => boolean,
): Promise<[string, number] | [undefined, undefined]> {
	const found = [...(await tenant.customerCounts())].find(([, count]) => fits(count));
	return found ?? [undefined, undefined];
}

function expects(answer: Response, errcode: number): Finding {
	return answer.errcode === errcode ? asAssumed() : differs(told(answer));
}

function told({ errcode, errmsg }: Response): string {
	return `${errcode} ${errmsg}`;
}

function asAssumed(): Finding {
	return { outcome: 'as assumed' };
}

function differs(seen: string): Finding {
	return { outcome: 'differs', seen };
}

function notChecked(because: string): Finding {
	return { outcome: 'not checked', because };
}
