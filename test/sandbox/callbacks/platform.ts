import { z } from 'zod';

import { randomId } from '../core/ids';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import type { CallbackDelivery } from './world';

const none = z.object({});
const link = z.object({ linkId: z.string() });
const channel = link.extend({ state: z.string().default('') });
const pair = z.object({ userid: z.string(), external_userid: z.string() });

const named = <Name extends string, Shape extends z.ZodRawShape>(
	changeType: Name,
	nodes: z.ZodObject<Shape>,
) => nodes.extend({ changeType: z.literal(changeType) });

/** What happens to acquisition links and their quota (doc 97299). */
export const acquisitionEventSchema = z.discriminatedUnion('changeType', [
	named('balance_low', none),
	named('balance_exhausted', none),
	named('balance_increased', none),
	named('quota_expire_soon', none),
	named('link_unavailable', link),
	named('delete_link', link),
	named('open_profile', channel),
	named('friend_request', channel),
	named('customer_start_chat', pair),
]);

/** The platform, or a customer who came by an acquisition link, causes an event. */
export function emitAcquisitionEvent(
	corp: Corp,
	world: World,
	{ changeType, ...fields }: z.output<typeof acquisitionEventSchema>,
): CallbackDelivery {
	const { linkId, state, userid, external_userid } = { ...NO_FIELDS, ...fields };
	const nodes = {
		LinkId: linkId,
		State: state === '' ? undefined : state,
		UserID: userid,
		ExternalUserID: external_userid,
	};
	return world.callbacks.emit({ event: 'customer_acquisition', changeType, nodes }, corp);
}

/** What an event may have besides its ChangeType. */
const NO_FIELDS: Partial<Record<'linkId' | 'state' | 'userid' | 'external_userid', string>> = {};

/** A member's click on a template card of the app (doc 90240). */
export const cardClickSchema = z.object({
	userid: z.string(),
	/** The key of the button. */
	eventKey: z.string(),
	taskId: z.string(),
	cardType: z.string().default('button_interaction'),
	/** For one update of the card. */
	responseCode: z.string().optional(),
	/** Choices: option IDs by question key. */
	selected: z.record(z.array(z.string())).default({}),
	agentId: z.number().int().default(CALLABLE_AGENT_ID),
});

export function clickCard(
	world: World,
	corp: Corp,
	click: z.input<typeof cardClickSchema>,
): CallbackDelivery {
	const { userid, eventKey, taskId, cardType, responseCode, selected, agentId } =
		cardClickSchema.parse(click);
	if (!corp.members.has(userid)) throw new Error(`There is no member ${userid}`);
	const items = Object.entries(selected).map(([question, options]) => {
		const optionIds = options.map((option) => ['OptionId', option] as const);
		return ['SelectedItem', { QuestionKey: question, OptionIds: optionIds }] as const;
	});
	const nodes = {
		EventKey: eventKey,
		TaskId: taskId,
		CardType: cardType,
		ResponseCode: responseCode ?? randomId(43),
		AgentID: agentId,
		SelectedItems: items.length === 0 ? undefined : items,
	};
	return world.callbacks.emit({ event: 'template_card_event', from: userid, nodes }, corp);
}
