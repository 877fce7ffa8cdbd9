import { MAX_TEXT_BYTES } from '../../../shared/client/customerService/limits';
import { sendOnEvent as sendWithCode } from '../../../shared/client/customerService/sendOnEvent';
import { read, readOption } from '../../../shared/fields/field';
import { idField } from '../../../shared/fields/kinds';
import { requiredCode } from '../../../shared/fields/onEvent';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { checkBytes } from '../../../shared/fields/textLimits';
import type { Operation } from '../../../shared/operation/operation';
import { onceOf, perItem } from '../../../shared/operation/operation';
import { eventReplyFields, readEventReply } from './eventReply';
import { messageIdsOf } from './origin';
import { ifNotSent, outcomeFields, throwIfNotSent } from './outcome';

const codeField = idField({
	kind: 'eventCode',
	displayName: 'Event Code',
	name: 'code',
	required: true,
	default: '={{ $json.event_code }}',
	description:
		'The event_code of the trigger (a customer entered, or the session changed), or the msg_code of Session > Assign and Session > End',
});

const eventCode = requiredCode(codeField, {
	so: 'so nothing can be sent',
	remedy:
		'Not every event has a code: a customer who was welcomed within 48 hours, or has written already, enters without one. Filter out the items without one.',
});

/** A welcome, or a message about a change of the session. Doc 95122. */
export const sendOnEvent: Operation = {
	name: 'Send on Event',
	value: 'sendOnEvent',
	action: 'Send a message on an event',
	description:
		'Send one message for an event, such as a welcome in 20 seconds. It does not count among the 5.',
	fields: [eventCode, ...eventReplyFields, optionsField([ifNotSent, requestTimeoutOption])],
	execute: perItem(async function* (item, context) {
		const code = read(item, eventCode);
		const content = readEventReply(item);
		if (content.msgtype === 'text') {
			checkBytes(content.text.content, "'Message'", MAX_TEXT_BYTES);
		}
		const onFailure = readOption(item, ifNotSent);
		const msgid = messageIdsOf(item, code, context)(content, 0);
		// The code works once: Retry On Fail would only learn that it was used.
		const key = JSON.stringify(['send on event', item.index, code]);
		const send = async () => await sendWithCode(context.client, { code, msgid, ...content });
		const outcome = await onceOf(context).run(key, send);
		throwIfNotSent(outcome, onFailure);
		yield { msgid, msgtype: content.msgtype, ...outcomeFields(outcome) };
	}),
};
