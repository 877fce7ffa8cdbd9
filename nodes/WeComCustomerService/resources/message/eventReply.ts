import type { EventReply } from '../../../shared/client/customerService/types';
import { read, requiredWhen, shownWhen, variant } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import type { ItemInput } from '../../../shared/operation/operation';
import { menuFields, readMenu } from './menu';
import { readText, textOfReply } from './text';

const eventTypeField = choiceField({
	displayName: 'Message Type',
	name: 'messageType',
	options: [
		{
			name: 'Menu',
			value: 'msgmenu',
			description: 'A text with entries to click; for a welcome and at the end of a session',
		},
		{ name: 'Text', value: 'text', description: 'One text of up to 2,048 bytes' },
	],
	default: 'text',
	description: 'What to send',
});

const textOnEvent = variant(textOfReply, {
	description: 'The text the customer receives: up to 2,048 bytes in UTF-8',
});

/** The code of an event allows one message, of fewer types. */
export const eventReplyFields = [
	eventTypeField,
	...requiredWhen(eventTypeField, ['text'], textOnEvent),
	...menuFields.map((field) => shownWhen(eventTypeField, ['msgmenu'], field)),
];

export function readEventReply(item: ItemInput): EventReply {
	return read(item, eventTypeField) === 'text' ? readText(item) : readMenu(item);
}
