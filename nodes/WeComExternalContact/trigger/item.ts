import type { IDataObject } from 'n8n-workflow';

import type { CallbackEvent } from '../../shared/client/callbacks/event';
import { toEvent } from '../../shared/client/callbacks/event';
import type { CallbackMessage } from '../../shared/client/callbacks/message';
import { EVENT_JOIN_SCENES, QUIT_SCENES } from '../../shared/client/callbacks/names';
import { memberKey } from '../../shared/client/customers/members';
import { WELCOME_CODE_LIFETIME_MS } from '../../shared/client/welcome/limits';
import { nameOf } from '../../shared/operation/format';
import { toIso } from '../../shared/operation/time';
import { ALL_EVENTS, eventKind, GROUP_CHANGED, LIST_FIELDS } from './events';
import type { TriggerSettings } from './fields';

/** The item for a message; undefined if the builder did not ask for it. */
export function itemFor(
	message: CallbackMessage,
	settings: TriggerSettings,
	timezone: string,
): IDataObject | undefined {
	const event = toEvent(message);
	const item = simplified(event, message.dedupeKey, timezone);
	if (!isWanted(item, settings)) return undefined;
	if (settings.output === 'simplified') return item;
	return {
		event_type: event.type,
		raw: plainObject(message.nodes) as IDataObject,
		dedupe_key: message.dedupeKey,
	};
}

/** What every item has stands first and last, what the event is about between. */
function simplified(event: CallbackEvent, dedupe_key: string, timezone: string): IDataObject {
	const { type, changeType, corpId, createTime } = event;
	const computed = { ...event.fields, ...computedFields(event, timezone) } as IDataObject;
	const always = Object.fromEntries(
		(eventKind(type)?.fields ?? []).map((name) => [
			name,
			computed[name] ?? (LIST_FIELDS.has(name) ? [] : null),
		]),
	);
	return {
		event_type: type,
		event: event.event,
		change_type: changeType,
		corp_id: corpId,
		...always,
		...computed,
		create_time: createTime,
		created_at: toIso(createTime, timezone),
		dedupe_key,
	};
}

/** What stands beside WeCom's fields. */
function computedFields({ fields, createTime }: CallbackEvent, timezone: string): IDataObject {
	const { join_scene, quit_scene, welcome_code } = fields;
	const validUntil =
		typeof welcome_code === 'string' && createTime !== null
			? { welcome_code_valid_until: toIso(createTime + WELCOME_CODE_LIFETIME_MS / 1_000, timezone) }
			: {};
	return {
		...(typeof join_scene === 'number' && {
			join_scene_name: nameOf(EVENT_JOIN_SCENES, join_scene),
		}),
		...(typeof quit_scene === 'number' && { quit_scene_name: nameOf(QUIT_SCENES, quit_scene) }),
		...validUntil,
	};
}

/** A filter concerns only events that tell what it asks about. */
function isWanted(item: IDataObject, settings: TriggerSettings): boolean {
	const { events, channel, channelPrefix, groupChanges, members } = settings;
	const { event_type, state, update_detail, userid } = item;
	if (!events.includes(ALL_EVENTS) && !events.includes(String(event_type))) return false;
	const isOf = (wanted: readonly string[], value: unknown) => wanted.includes(String(value));
	if (members && userid && !isOf(members.map(memberKey), memberKey(String(userid)))) return false;
	if (groupChanges && event_type === GROUP_CHANGED && !isOf(groupChanges, update_detail)) {
		return false;
	}
	if (!('state' in item)) return true;
	const came = String(state ?? '');
	if (channel !== undefined && came !== channel) return false;
	return channelPrefix === undefined || came.startsWith(channelPrefix);
}

/** n8n expects objects with a prototype. */
function plainObject(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainObject);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainObject(each)]));
}
