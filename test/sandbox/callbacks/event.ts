import { z } from 'zod';

import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import { entriesOf, toXml, xmlNodesSchema } from './xml';

/** Events of customer service name no sender (doc 94670). */
const WITHOUT_SENDER = ['kf_msg_or_event', 'kf_account_auth_change'];

/** An event as people or the platform cause it (doc 92130). */
export const callbackEventSchema = z.object({
	/** `change_external_contact`, `change_external_chat`, `kf_msg_or_event`, … */
	event: z.string(),
	/** Some events have none: `kf_msg_or_event`, `template_card_event`. */
	changeType: z.string().optional(),
	/** Default: `sys`; the member who acted, for events of members. */
	from: z.string().optional(),
	/** The event's own nodes, spelled as WeCom spells them: UserID, ExternalUserID, ChatId, … */
	nodes: xmlNodesSchema.default({}),
	/** Adds a fresh WelcomeCode for the UserID and ExternalUserID of the event. */
	welcomeCode: z.boolean().default(false),
});

export type CallbackEvent = z.input<typeof callbackEventSchema>;

/** An event put into words: what the receiver reads after decryption. */
export interface CallbackMessage {
	readonly event: string;
	readonly changeType?: string;
	readonly xml: string;
	readonly welcomeCode?: string;
}

/** The message of an event of this moment. */
export function toMessage(world: World, corp: Corp, event: CallbackEvent): CallbackMessage {
	const { event: name, changeType, from, nodes, welcomeCode } = callbackEventSchema.parse(event);
	const code = welcomeCode ? issueCode(world, corp, event) : undefined;
	const sender = from ?? (WITHOUT_SENDER.includes(name) ? undefined : 'sys');
	const head = {
		ToUserName: corp.corpId,
		FromUserName: sender,
		CreateTime: world.now(),
		MsgType: 'event',
		Event: name,
		ChangeType: changeType,
	};
	const all = [head, nodes, { WelcomeCode: code }];
	const xml = toXml(all.flatMap((each) => entriesOf(each)));
	return { event: name, changeType, xml, welcomeCode: code };
}

/** The text of a node of the event, if it has it. */
export function textNode({ nodes = {} }: CallbackEvent, name: string): string | undefined {
	const value = entriesOf(nodes).find(([each]) => each === name)?.[1];
	return typeof value === 'string' ? value : undefined;
}

function issueCode(world: World, corp: Corp, event: CallbackEvent): string {
	const userid = textNode(event, 'UserID');
	const externalUserid = textNode(event, 'ExternalUserID');
	if (userid === undefined || externalUserid === undefined) {
		throw new Error('A welcome code needs the UserID and the ExternalUserID of the event');
	}
	return world.welcomes.issue(corp, userid, externalUserid, world.now());
}
