import type { INodePropertyOptions } from 'n8n-workflow';

import { ORIGIN } from '../../shared/client/customerService/messages';
import type { ServiceMessage } from '../../shared/client/customerService/types';

/** What can start the workflow. The value is stored in workflows, so it must never change. */
export interface MessageKind extends INodePropertyOptions {
	readonly value: string;
}

/** Also what WeCom will send one day. */
export const EVERYTHING = '*';
/** Any message of a customer. */
export const ANY_MESSAGE = 'message';
const FROM_SERVICER = 'servicer_message';

/** By name. Doc 94670. */
export const messageKinds: readonly MessageKind[] = [
	{
		name: 'Customer: Entered',
		value: 'event.enter_session',
		description:
			'A customer opened the chat. The event_code allows a welcome within 20 seconds, unless they were welcomed or wrote within 48 hours.',
	},
	{
		name: 'Customer: Recalled a Message',
		value: 'event.user_recall_msg',
		description: 'The recall_msgid names it',
	},
	{
		name: 'Delivery Failed',
		value: 'event.msg_send_fail',
		description: 'A message that WeCom had accepted did not reach the customer',
	},
	{ name: 'Message: Any Type', value: ANY_MESSAGE, description: 'Whatever a customer sends' },
	{
		name: 'Message: Business Card',
		value: 'message.business_card',
		description: 'The card of a member',
	},
	{
		name: 'Message: Channels Post',
		value: 'message.channels',
		description: 'A post, live or card',
	},
	{ name: 'Message: Channels Shop Order', value: 'message.channels_shop_order' },
	{ name: 'Message: Channels Shop Product', value: 'message.channels_shop_product' },
	{
		name: 'Message: Chat Records',
		value: 'message.merged_msg',
		description: 'As text in merged_text',
	},
	{ name: 'Message: File', value: 'message.file' },
	{ name: 'Message: Image', value: 'message.image' },
	{ name: 'Message: Link', value: 'message.link' },
	{ name: 'Message: Location', value: 'message.location' },
	{ name: 'Message: Meeting', value: 'message.meeting' },
	{ name: 'Message: Mini Program', value: 'message.miniprogram' },
	{ name: 'Message: Note', value: 'message.note', description: 'WeCom does not give its content' },
	{ name: 'Message: Schedule', value: 'message.schedule' },
	{ name: 'Message: Text', value: 'message.text', description: 'Also a click on a menu entry' },
	{ name: 'Message: Video', value: 'message.video' },
	{ name: 'Message: Voice', value: 'message.voice' },
	{
		name: 'Servicer: Recalled a Message',
		value: 'event.servicer_recall_msg',
		description: 'The recall_msgid names it',
	},
	{
		name: 'Servicer: Rejects a Customer',
		value: 'event.reject_customer_msg_switch_change',
		description: 'Or takes their messages again: see reject_switch',
	},
	{
		name: 'Servicer: Status Changed',
		value: 'event.servicer_status_change',
		description: 'A servicer receives customers, or stopped',
	},
	{
		name: 'Servicer: Wrote to a Customer',
		value: FROM_SERVICER,
		description: 'In the WeCom app. What the API sends never comes.',
	},
	{
		name: 'Session: Changed',
		value: 'event.session_status_change',
		description: 'Taken by a servicer, transferred, ended or opened again',
	},
];

/** Whether it has the form of a value of the list: an expression may name types that the list does not have. */
export function isKind(value: string): boolean {
	return (
		/^(message|event)\.\w+$/.test(value) || [EVERYTHING, ANY_MESSAGE, FROM_SERVICER].includes(value)
	);
}

export function isOfKinds(message: ServiceMessage, kinds: readonly string[]): boolean {
	return kinds.includes(EVERYTHING) || kindsOf(message).some((kind) => kinds.includes(kind));
}

function kindsOf({ origin, msgtype, event }: ServiceMessage): string[] {
	if (msgtype === 'event') return [`event.${event?.event_type}`];
	if (origin === ORIGIN.customer) return [ANY_MESSAGE, `message.${msgtype}`];
	return origin === ORIGIN.servicer ? [FROM_SERVICER] : [];
}
