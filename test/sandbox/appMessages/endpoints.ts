import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { DAY, HOUR } from '../core/calendar';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { refuse, requiredString } from '../core/fields';
import { randomId } from '../core/ids';
import { readAppContent } from './content';
import type { AppMessage } from './model';
import type { Recipients } from './recipients';
import { findRecipients } from './recipients';
import { INTERACTIVE_CARDS } from './templateCard';
import { deliver, findAppMessage, findDuplicate, rememberForCheck } from './world';

/** Limits of docs 90236 and 94867. */
const DEFAULT_CHECK_SECONDS = 1800;
const MAX_CHECK_SECONDS = 4 * HOUR;
const RECALL_SECONDS = DAY;

const zeroOrOne = z.union([z.literal(0), z.literal(1)]).nullish();
const joinedIds = z.string().nullish();

/** The app that the token belongs to, and no other (doc 90227). A system secret belongs to none (A127). */
export const listAgents = endpoint({
	path: '/cgi-bin/agent/list',
	method: 'GET',
	doc: 90227,
	access: 'anyApp',
	emptyFields: { agentlist: [] },
	request: z.object({}),
	handle({ app, world }) {
		if (app.kind === 'system') {
			if (world.settings.agentListWithoutApp === '48002') throw new ApiError(48002);
			return { agentlist: [] };
		}
		const logo = `https://logos.example/${app.agentId}/0`;
		return { agentlist: [{ agentid: app.agentId, name: app.name, square_logo_url: logo }] };
	},
});

/** Sends a message to members, as the app of the token (doc 90236). */
export const sendAppMessage = endpoint({
	path: '/cgi-bin/message/send',
	method: 'POST',
	doc: 90236,
	access: 'anyApp',
	request: z
		.object({
			agentid: z.number({ required_error: refuse(41011), invalid_type_error: refuse(40056) }).int(),
			msgtype: requiredString(40008),
			touser: joinedIds,
			toparty: joinedIds,
			totag: joinedIds,
			// 2 is for stored articles only, which are not played here.
			safe: zeroOrOne,
			enable_id_trans: zeroOrOne,
			enable_duplicate_check: zeroOrOne,
			duplicate_check_interval: z.number().int().min(0).max(MAX_CHECK_SECONDS).nullish(),
		})
		.passthrough(),
	handle(call, body) {
		const { corp, world, now } = call;
		// The order of these checks is assumed (A142).
		requireOwnAgent(call, body.agentid);
		const content = readAppContent({ corp, settings: world.settings, now }, body);
		const isInteractive = INTERACTIVE_CARDS.includes(String(content.content.card_type));
		// Without a callback URL nobody would hear of the buttons (doc 90236).
		if (isInteractive && !world.callbacks.target(corp)) throw new ApiError(40058);
		const recipients = findRecipients(call, body);
		return {
			...notReached(recipients, world.settings.emptyNotReached),
			msgid: sendOnce(call, body, { ...content, to: recipients.userids }),
			...(isInteractive ? { response_code: randomId(43) } : {}),
		};
	},
});

/** The app is switched off (50003), or the agent is not the token's own (301002; doc 90313). */
function requireOwnAgent({ app }: Call, agentId: number): void {
	if (app.kind === 'system' || app.agentId !== agentId) throw new ApiError(301002);
	if (!app.enabled) throw new ApiError(50003);
}

/** The same request within the interval reaches nobody again (doc 90236). Which msgid it gets: A128. */
function sendOnce(
	{ corp, app, world, now }: Call,
	body: {
		enable_duplicate_check?: 0 | 1 | null;
		duplicate_check_interval?: number | null;
	},
	content: Pick<AppMessage, 'msgtype' | 'content'> & { to: readonly string[] },
): string {
	const checks = body.enable_duplicate_check === 1;
	const seconds = body.duplicate_check_interval ?? DEFAULT_CHECK_SECONDS;
	const earlier = checks ? findDuplicate(corp, app, body, { now, seconds }) : undefined;
	if (earlier) return world.settings.duplicateMsgid === 'first' ? earlier.msgid : randomId(43);
	const message = deliver(corp, app, { ...content, time: now }, world.settings);
	if (checks) rememberForCheck(corp, app, body, message);
	return message.msgid;
}

/** IDs joined by `|` (doc 90236); empty lists are left out, or empty (A130). */
function notReached(
	{ invaliduser, invalidparty, invalidtag, unlicenseduser }: Recipients,
	empty: 'absent' | 'empty',
): Record<string, string> {
	const lists = { invaliduser, invalidparty, invalidtag, unlicenseduser };
	return Object.fromEntries(
		Object.entries(lists)
			.filter(([, ids]) => ids.length > 0 || empty === 'empty')
			.map(([name, ids]) => [name, ids.join('|')]),
	);
}

/**
 * Takes a message back within 24 hours, by the app that sent it (doc 94867). 40058 otherwise; a
 * second time it is fine (A141).
 */
export const recallAppMessage = endpoint({
	path: '/cgi-bin/message/recall',
	method: 'POST',
	doc: 94867,
	access: 'anyApp',
	request: z.object({ msgid: requiredString(40058) }),
	handle({ corp, app, now }, { msgid }) {
		const message = findAppMessage(corp, msgid);
		const isOwn = message?.agentId === app.agentId && app.kind !== 'system';
		if (!message || !isOwn || now >= message.time + RECALL_SECONDS) throw new ApiError(40058);
		message.recalledAt ??= now;
		return {};
	},
});
