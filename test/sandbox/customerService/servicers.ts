import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { sees } from '../customers/lookups';
import { openKfId } from './accounts';
import type { KfAccount, ServicerStatus } from './model';
import { kfEndpoint, requireAccount } from './state';

/** Of an account, and of one call (doc 94646). */
const MAX_MEMBERS = 2000;
const MAX_DEPARTMENTS = 20;
const MEMBERS_PER_CALL = 100;

const userids = z.array(z.string().min(1)).max(MEMBERS_PER_CALL).nullish();
const departments = (max: number) => z.array(z.number().int().min(1)).max(max).nullish();

/** What a result row says of one member or department (doc 94646). */
type Outcome = Readonly<{ errcode: number; errmsg: string }>;

const DONE: Outcome = { errcode: 0, errmsg: 'success' };
const UNCHANGED: Outcome = { errcode: 0, errmsg: 'ignored' };

/** Adds members and departments; each has its own result (doc 94646). Above the maximum: 40058 (A113). */
export const addServicers = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/servicer/add',
		method: 'POST',
		doc: 94646,
		emptyFields: { result_list: [] },
		request: z.object({
			open_kfid: openKfId,
			userid_list: userids,
			department_id_list: departments(20),
		}),
		handle(call, request) {
			const account = requireAccount(call, request.open_kfid);
			const { members, departmentIds } = targets(request);
			if (union(account.servicers.keys(), members).size > MAX_MEMBERS) throw new ApiError(40058);
			if (union(account.departments, departmentIds).size > MAX_DEPARTMENTS) {
				throw new ApiError(40058);
			}
			return resultList(members, departmentIds, {
				member: (userid) => addServicer(call, account, userid),
				department: (id) => change(account.departments, id, true),
			});
		},
	}),
);

/** Takes members and departments away again (doc 94647). */
export const deleteServicers = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/servicer/del',
		method: 'POST',
		doc: 94647,
		emptyFields: { result_list: [] },
		request: z.object({
			open_kfid: openKfId,
			userid_list: userids,
			department_id_list: departments(100),
		}),
		handle(call, request) {
			const account = requireAccount(call, request.open_kfid);
			const { members, departmentIds } = targets(request);
			return resultList(members, departmentIds, {
				member: (userid) => (account.servicers.delete(userid) ? DONE : UNCHANGED),
				department: (id) => change(account.departments, id, false),
			});
		},
	}),
);

/** Rows of members with their status, and of departments (doc 94645). */
export const listServicers = kfEndpoint(
	endpoint({
		path: '/cgi-bin/kf/servicer/list',
		method: 'GET',
		doc: 94645,
		emptyFields: { servicer_list: [] },
		request: z.object({ open_kfid: openKfId }),
		handle(call, { open_kfid: id }) {
			const { servicers, departments: ids } = requireAccount(call, id);
			return {
				servicer_list: [
					...[...servicers].map(([userid, status]) => ({ userid, ...listedStatus(status) })),
					...[...ids].map((departmentId) => ({ department_id: departmentId })),
				],
			};
		},
	}),
);

/** Here 0 is receiving; the event of a change has numbers of its own (doc 94645). */
function listedStatus(status: ServicerStatus): object {
	if (status === 'receiving') return { status: 0 };
	return { status: 1, stop_type: status === 'stopped' ? 0 : 1 };
}

function addServicer({ corp, app }: Call, account: KfAccount, userid: string): Outcome {
	if (!corp.members.has(userid)) return { errcode: 60111, errmsg: 'userid not found' };
	if (!sees(app, userid)) return { errcode: 60011, errmsg: 'no privilege to access' };
	if (account.servicers.has(userid)) return UNCHANGED;
	account.servicers.set(userid, 'receiving');
	return DONE;
}

function change(ids: Set<number>, id: number, present: boolean): Outcome {
	if (ids.has(id) === present) return UNCHANGED;
	if (present) ids.add(id);
	else ids.delete(id);
	return DONE;
}

/** At least one of the two lists must have something (doc 94646). */
function targets(request: {
	userid_list?: string[] | null;
	department_id_list?: number[] | null;
}): { members: string[]; departmentIds: number[] } {
	const members = request.userid_list ?? [];
	const departmentIds = request.department_id_list ?? [];
	if (members.length + departmentIds.length === 0) throw new ApiError(40063);
	return { members, departmentIds };
}

function resultList(
	members: readonly string[],
	departmentIds: readonly number[],
	outcomeOf: { member(userid: string): Outcome; department(id: number): Outcome },
) {
	return {
		result_list: [
			...members.map((userid) => ({ userid, ...outcomeOf.member(userid) })),
			...departmentIds.map((id) => ({ department_id: id, ...outcomeOf.department(id) })),
		],
	};
}

function union<T>(some: Iterable<T>, others: Iterable<T>): Set<T> {
	return new Set([...some, ...others]);
}
