import { WeComInputError } from '../client/core/errors';
import type { ItemInput } from '../operation/operation';

/**
 * What was chosen in a field with fixed options.
 *
 * @throws WeComInputError when an expression gave something that is not among them: taking it for the default
 * could widen what the user asked for
 */
export function readChoice<T extends string>(
	item: ItemInput,
	name: string,
	label: string,
	values: readonly T[],
): T {
	return asChoice(item.parameter(name), label, values);
}

/** @throws WeComInputError when the value is not among the values */
export function asChoice<T extends string | number>(
	value: unknown,
	label: string,
	values: readonly T[],
): T {
	const choice = values.find((each) => String(each) === String(value));
	if (choice !== undefined) return choice;
	throw new WeComInputError(
		`${label} is none of its options`,
		`Choose from the list, or let the expression give one of: ${values.join(', ')}.`,
	);
}
