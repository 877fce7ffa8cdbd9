import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { Attachment, Task, Wire } from './model';
import { addTask } from './world';

/** A task of another program, of a member or of the admin console. */
export interface ForeignTask {
	/** userid → external_userids or chat_ids */
	recipients: Readonly<Record<string, readonly string[]>>;
	/** Default: single. */
	chatType?: 'single' | 'group';
	/** Default: 0, enterprise. */
	createType?: 0 | 1;
	/** Default: none, as for tasks created by API. */
	creator?: string;
	text?: string;
	attachments?: readonly Attachment[];
	/** Unix seconds; default: now. */
	createTime?: number;
	/** What calls show instead of the usual. */
	wire?: Wire;
}

/** Adds the task. Without a creator it is of another program that uses the same app, so the app lists it. */
export function addForeignTask(corp: Corp, foreign: ForeignTask, now: number): Task {
	const { recipients, creator, wire, createTime = now } = foreign;
	const init = {
		agentId: creator === undefined ? CALLABLE_AGENT_ID : undefined,
		createType: foreign.createType ?? 0,
		creator,
		chatType: foreign.chatType ?? 'single',
		text: foreign.text,
		attachments: foreign.attachments ?? [],
		allowSelect: false,
		ownerChooses: false,
		recipients: new Map(Object.entries(recipients)),
		wire,
	} as const;
	return addTask(corp, init, createTime);
}

/** Who is in an odd record: a member and two customers of theirs, or a customer group. */
interface Cast {
	readonly userid: string;
	readonly recipients: readonly string[];
	/** The field of a result that names the recipient, and the one for the other kind of recipient. */
	readonly idField: 'external_userid' | 'chat_id';
	readonly otherField: 'external_userid' | 'chat_id';
	readonly now: number;
}

/** Records that no document describes and that a client may meet nevertheless (A75), by name. */
const oddities = {
	linkWithoutTitle: () => ({
		listed: { attachments: [{ msgtype: 'link', link: { url: 'https://example.com/g' } }] },
	}),
	attachmentWithoutObject: () => ({ listed: { attachments: [{ msgtype: 'image' }] } }),
	attachmentOfUnknownType: () => ({
		listed: { attachments: [{ msgtype: 'channels', channels: { nickname: 'Tea' } }] },
	}),
	attachmentsNull: () => ({ listed: { attachments: null } }),
	withoutText: () => ({ listed: { text: undefined } }),
	textNull: () => ({ listed: { text: null } }),
	textWithoutContent: () => ({ listed: { text: {} } }),
	createTimeNull: () => ({ listed: { create_time: null } }),
	createTimeZero: () => ({ listed: { create_time: 0 } }),
	createTimeAbsent: () => ({ listed: { create_time: undefined } }),
	createTimeText: ({ now }) => ({ listed: { create_time: String(now) } }),
	createTypeUnknown: () => ({ listed: { create_type: 9 } }),
	emptyOtherId: (cast) => results(cast, ({ status }) => ({ [cast.otherField]: '', status })),
	bothIds: (cast) => results(cast, ({ status }) => ({ [cast.otherField]: 'wxOther', status })),
	noId: (cast) => results(cast, ({ status }) => ({ [cast.idField]: undefined, status })),
	unknownStatus: (cast) => ({
		members: [{ userid: cast.userid, status: 7, send_time: cast.now }],
		...results(cast, () => ({ status: 9 })),
	}),
	sendTimeZero: (cast) => ({
		members: [{ userid: cast.userid, status: 2, send_time: 0 }],
		...results(cast, ({ status }) => ({ status, send_time: 0 })),
	}),
	repeatedRows: (cast) => {
		const [first] = cast.recipients;
		const repeated = { ...cast, recipients: [first ?? '', first ?? ''] };
		return {
			members: [
				{ userid: cast.userid, status: 0 },
				{ userid: cast.userid, status: 2, send_time: cast.now },
			],
			...results(repeated, (usual) => usual),
		};
	},
	withoutMembers: () => ({ members: [] }),
	withoutResults: ({ userid }) => ({ results: { [userid]: [] } }),
} satisfies Record<string, (cast: Cast) => Wire>;

interface UsualResult {
	readonly status: 0 | 1;
	readonly send_time?: number;
}

/** A result for each recipient: the first one got it, the second did not. `odd` names what is not as usual. */
function results(
	{ userid, recipients, idField, now }: Cast,
	odd: (usual: UsualResult) => object,
): { results: Record<string, object[]> } {
	const row = (id: string, usual: UsualResult) => ({
		[idField]: id,
		userid,
		...usual,
		...odd(usual),
	});
	const rows = recipients.map((id, index) =>
		row(id, index === 0 ? { status: 1, send_time: now } : { status: 0 }),
	);
	return { results: { [userid]: rows } };
}

/** The name of an odd record. */
export type OddRecord = keyof typeof oddities;

/** All of them. */
export const oddRecords = Object.keys(oddities) as OddRecord[];

/** Where an odd record belongs. */
export interface OddRecordOptions {
	/** Default: the first member with two customers, or with a customer group. */
	userid?: string;
	/** Default: single. */
	chatType?: 'single' | 'group';
	/** Unix seconds, for the time range of the list whatever the record shows; default: now. */
	createTime?: number;
}

/** Adds the odd record: a task of another program for two customers, or for a customer group. */
export function addOddRecord(
	corp: Corp,
	oddity: OddRecord,
	options: OddRecordOptions,
	now: number,
): Task {
	const { chatType = 'single', createTime = now } = options;
	const cast = { ...castOf(corp, chatType, options.userid), now: createTime };
	const wire = oddities[oddity](cast);
	const recipients = { [cast.userid]: cast.recipients };
	return addForeignTask(corp, { chatType, recipients, text: oddity, createTime, wire }, now);
}

function castOf(
	corp: Corp,
	chatType: 'single' | 'group',
	wanted: string | undefined,
): Omit<Cast, 'now'> {
	for (const { userid, relations } of corp.members.values()) {
		if (wanted !== undefined && userid !== wanted) continue;
		if (chatType === 'group') {
			const group = [...corp.groups.values()].find(({ owner }) => owner === userid);
			if (!group) continue;
			const recipients = [group.chatId];
			return { userid, recipients, idField: 'chat_id', otherField: 'external_userid' };
		}
		const recipients = relations.slice(0, 2).map(({ customer }) => customer.externalUserid);
		if (recipients.length < 2) continue;
		return { userid, recipients, idField: 'external_userid', otherField: 'chat_id' };
	}
	throw new Error('There is nobody with two customers, or a customer group, for an odd record');
}
