import type { Field, OptionalField } from './field';
import { optional } from './field';
import { choiceField, filled } from './kinds';

/**
 * The code of an event, which allows one message about it. An event without one is no mistake of the builder's, so the
 * error says why there is none.
 */
export function requiredCode(
	code: Field<string>,
	why: { readonly so: string; readonly remedy: string },
): Field<string> {
	return filled({ ...code, parse: (value, label) => code.parse(value ?? '', label) }, why);
}

/** What a message that WeCom does not take leads to: often nobody can help it, and the workflow goes on. */
export function ifNotSentOption(texts: {
	readonly reason: string;
	readonly description: string;
}): OptionalField<'reason' | 'error'> {
	return optional(
		choiceField({
			displayName: 'If Not Sent',
			name: 'ifNotSent',
			options: [
				{ name: 'Return the Reason', value: 'reason', description: texts.reason },
				{ name: 'Throw an Error', value: 'error', description: 'The item fails' },
			],
			default: 'reason',
			description: texts.description,
		}),
		'reason',
	);
}
