import type { EventReply } from '../../../shared/client/customerService/types';
import { labelOf, read } from '../../../shared/fields/field';
import { filled, textField } from '../../../shared/fields/kinds';
import { checkSendable } from '../../../shared/fields/textLimits';
import type { ItemInput } from '../../../shared/operation/operation';

export const textOfReply = textField({
	displayName: 'Message',
	name: 'text',
	rows: 4,
	placeholder: 'e.g. Thank you for your message. How can we help?',
	description:
		'The text the customer receives. More than 2,048 bytes in UTF-8, about 680 Chinese characters, become several messages.',
});

const requiredText = filled(textOfReply, { so: 'so the customer would get nothing' });

export function readText(item: ItemInput): Extract<EventReply, { msgtype: 'text' }> {
	const content = read(item, requiredText);
	checkSendable(content, labelOf(requiredText));
	return { msgtype: 'text', text: { content } };
}
