import type { CallbackMessage } from './message';
import type { XmlElement, XmlValue } from './xml';
import { textOf } from './xml';

/** A node as events have it. */
export type EventValue = string | number | null | EventFields | EventValue[];
export interface EventFields {
	[name: string]: EventValue;
}

/** What happened, with the names that WeCom's API and our lists use. */
export interface CallbackEvent {
	/**
	 * `Event` and, where it has one, `ChangeType`: `change_external_contact.add_external_contact`. For what members send to
	 * the app, its `MsgType`.
	 */
	readonly type: string;
	readonly event: string | null;
	readonly changeType: string | null;
	readonly corpId: string;
	/** Unix seconds. */
	readonly createTime: number | null;
	/** The event's own nodes. */
	readonly fields: EventFields;
}

/** XML spells some IDs differently from the API. All other names become snake_case. */
const API_NAMES: ReadonlyMap<string, string> = new Map([
	['AgentID', 'agentid'],
	['AuthAddOpenKfId', 'auth_add_open_kfid'],
	['AuthDelOpenKfId', 'auth_del_open_kfid'],
	['ExternalUserID', 'external_userid'],
	['OpenKfId', 'open_kfid'],
	['UserID', 'userid'],
]);

/** IDs and versions that consist of digits stay text. */
const NUMBERS = new Set([
	'AgentID',
	'CreateTime',
	'JoinScene',
	'MemChangeCnt',
	'QuitScene',
	'StrategyId',
]);

/** Lists also when they have one entry or none (docs 90240, 92130, 97712). */
const LISTS = new Set([
	'AuthAddOpenKfId',
	'AuthDelOpenKfId',
	'MemChangeList',
	'OptionIds',
	'SelectedItems',
]);

/** Nodes that every event has; they have places of their own. */
const COMMON = new Set([
	'ChangeType',
	'CreateTime',
	'Event',
	'FromUserName',
	'MsgType',
	'ToUserName',
]);

/** The sender of events that concern no member of the company (doc 92130). */
const SYSTEM = 'sys';

/** Reads what happened. Nodes that are new at WeCom come through under their names in snake_case. */
export function toEvent({ nodes }: Pick<CallbackMessage, 'nodes'>): CallbackEvent {
	const event = textOf(nodes.Event) || null;
	const changeType = textOf(nodes.ChangeType) || null;
	const createTime = plain('CreateTime', nodes.CreateTime ?? '');
	const fields: EventFields = {};
	for (const [name, value] of Object.entries(nodes)) {
		if (!COMMON.has(name)) fields[apiName(name)] = plain(name, value);
	}
	// A member who clicks a card or writes to the app.
	const sender = textOf(nodes.FromUserName);
	if (sender !== '' && sender !== SYSTEM) fields.userid ??= sender;
	return {
		type: [event ?? textOf(nodes.MsgType), changeType].filter(Boolean).join('.'),
		event,
		changeType,
		corpId: textOf(nodes.ToUserName),
		createTime: typeof createTime === 'number' ? createTime : null,
		fields: event === 'change_external_tag' ? withTagIds(fields, changeType) : fields,
	};
}

/** WeCom calls the ID of a tag and of a group `Id`; our lists call them `tag_id` and `group_id` (doc 92130). */
function withTagIds({ id, ...fields }: EventFields, changeType: string | null): EventFields {
	const isGroup = fields.tag_type === 'tag_group' || changeType === 'shuffle';
	if (!isGroup && fields.tag_type !== 'tag') return id === undefined ? fields : { id, ...fields };
	// No group was named where all groups were reordered.
	return { [isGroup ? 'group_id' : 'tag_id']: id ?? null, ...fields };
}

/** An empty node is null, as one that is missing. */
function plain(name: string, value: XmlValue): EventValue {
	if (LISTS.has(name)) return entriesOf(value).map((entry) => plain('', entry));
	if (Array.isArray(value)) return value.map((each) => plain(name, each));
	if (typeof value !== 'string') {
		return Object.fromEntries(
			Object.entries(value).map(([key, each]) => [apiName(key), plain(key, each)]),
		);
	}
	if (value === '') return null;
	return NUMBERS.has(name) && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

/** The entries of a list: repeated nodes, or the children of one node, such as `<Item>`. An empty node has none. */
function entriesOf(value: XmlValue): Array<string | XmlElement> {
	if (Array.isArray(value)) return value;
	if (typeof value === 'string') return value === '' ? [] : [value];
	return Object.values(value).flatMap((each) => (Array.isArray(each) ? each : [each]));
}

function apiName(name: string): string {
	return (
		API_NAMES.get(name) ??
		name
			.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
			.replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
			.toLowerCase()
	);
}
