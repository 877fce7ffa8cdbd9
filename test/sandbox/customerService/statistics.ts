import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { chinaDay, DAY, HOUR } from '../core/calendar';
import { endpoint } from '../core/endpoint';
import { refuse } from '../core/fields';
import { openKfId } from './accounts';
import type { JournalEntry } from './model';
import { kfEndpoint, livingAccounts, requireAccount } from './state';

const MAX_DAYS = 31;
const DAYS_BACK = 180;

/** Days are closed and end with yesterday, China time (docs 95489 and 95490). Outside: 40058 (A126). */
const days = {
	start_time: z.number({ required_error: refuse(40063) }).int(),
	end_time: z.number({ required_error: refuse(40063) }).int(),
};

/** What happened in an account, by day (doc 95489). */
export const getCorpStatistic = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/get_corp_statistic',
		method: 'POST',
		doc: 95489,
		emptyFields: { statistic_list: [] },
		request: z.object({ open_kfid: openKfId, ...days }),
		handle(call, request) {
			const { journal } = requireAccount(call, request.open_kfid);
			return { statistic_list: byDay(journal, request, call.now, accountDay) };
		},
	}),
);

/** What servicers did, by day: of an account, of one servicer, or both (doc 95490). */
export const getServicerStatistic = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/get_servicer_statistic',
		method: 'POST',
		doc: 95490,
		emptyFields: { statistic_list: [] },
		request: z
			.object({ open_kfid: z.string().nullish(), servicer_userid: z.string().nullish(), ...days })
			.refine((request) => request.open_kfid || request.servicer_userid, refuse(40063)),
		handle(call, request) {
			const { open_kfid: id, servicer_userid: userid } = request;
			const accounts = id
				? [requireAccount(call, id)]
				: livingAccounts(call.corp).filter(({ managedBy }) => managedBy.has(call.app.agentId));
			const journal = accounts
				.flatMap((account) => account.journal)
				.filter((entry) => (userid ? entry.userid === userid : entry.userid !== undefined));
			return { statistic_list: byDay(journal, request, call.now, servicerDay) };
		},
	}),
);

/** Days without anything are missing. */
function byDay(
	journal: readonly JournalEntry[],
	range: { start_time: number; end_time: number },
	now: number,
	statistic: (entries: readonly JournalEntry[]) => object,
): object[] {
	const [first, last] = [chinaDay(range.start_time), chinaDay(range.end_time)];
	const today = chinaDay(now);
	const allowed = first <= last && last - first < MAX_DAYS && today - first <= DAYS_BACK;
	if (!allowed || last >= today) throw new ApiError(40058, 'invalid time range');
	const rows: object[] = [];
	for (let day = first; day <= last; day++) {
		const entries = journal.filter((entry) => chinaDay(entry.time) === day);
		if (entries.length === 0) continue;
		rows.push({ stat_time: day * DAY - 8 * HOUR, statistic: statistic(entries) });
	}
	return rows;
}

/** A rate that cannot be computed is missing; the assistant has no knowledge base here. */
function accountDay(entries: readonly JournalEntry[]): object {
	const answered = sessions(entries, 'api_reply');
	const handedOver = [...sessions(entries, 'assigned')].filter((each) => answered.has(each));
	return {
		session_cnt: sessions(entries, 'session').size,
		customer_cnt: customers(entries, 'customer_message').size,
		customer_msg_cnt: of(entries, 'customer_message').length,
		upgrade_service_customer_cnt: customers(entries, 'upgraded').size,
		ai_session_reply_cnt: answered.size,
		...(answered.size > 0 ? { ai_transfer_rate: handedOver.length / answered.size } : {}),
		msg_rejected_customer_cnt: customers(entries, 'rejected_message').size,
	};
}

/** There is no survey of satisfaction while apps manage the sessions. */
function servicerDay(entries: readonly JournalEntry[]): object {
	const served = sessions(entries, 'assigned');
	const replied = sessions(entries, 'servicer_reply');
	const waits = [...replied].flatMap((session) => firstWait(entries, session));
	const total = waits.reduce((sum, seconds) => sum + seconds, 0);
	return {
		session_cnt: served.size,
		customer_cnt: customers(entries, 'customer_message').size,
		customer_msg_cnt: of(entries, 'customer_message').length,
		...(served.size > 0 ? { reply_rate: replied.size / served.size } : {}),
		...(waits.length > 0 ? { first_reply_average_sec: Math.round(total / waits.length) } : {}),
		satisfaction_investgate_cnt: 0,
		upgrade_service_customer_cnt: 0,
		upgrade_service_member_invite_cnt: 0,
		upgrade_service_member_customer_cnt: 0,
		upgrade_service_groupchat_invite_cnt: 0,
		upgrade_service_groupchat_customer_cnt: 0,
		msg_rejected_customer_cnt: customers(entries, 'rejected_message').size,
	};
}

/** Seconds from when the servicer got the customer to the first reply. */
function firstWait(entries: readonly JournalEntry[], session: number): number[] {
	const own = entries.filter((entry) => entry.session === session);
	const [assigned] = of(own, 'assigned');
	const [reply] = of(own, 'servicer_reply');
	return assigned && reply ? [reply.time - assigned.time] : [];
}

function of(entries: readonly JournalEntry[], what: JournalEntry['what']): JournalEntry[] {
	return entries.filter((entry) => entry.what === what);
}

function sessions(entries: readonly JournalEntry[], what: JournalEntry['what']): Set<number> {
	return new Set(of(entries, what).map(({ session }) => session));
}

function customers(entries: readonly JournalEntry[], what: JournalEntry['what']): Set<string> {
	return new Set(of(entries, what).map(({ externalUserid }) => externalUserid));
}
