import type { DisplayCondition, IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation/operation';

/** A field of the panel that reads itself: its label, values and default are said once. */
export interface Field<T> {
	/** What the panel shows. */
	readonly property: INodeProperties;
	/**
	 * Checks the value that the builder or an expression gave.
	 *
	 * @param label what messages call the field, in quotes
	 * @throws WeComInputError when the field does not take the value: falling back to a default could widen what the
	 * builder asked for
	 */
	parse(value: unknown, label: string): T;
}

/** A field of a collection such as Options or Filters, and the value that stands for one that was not added. */
export interface OptionalField<T> extends Field<T> {
	readonly notAdded: T;
}

/** The value of a field for one item. */
export function read<T>(item: ItemInput, field: Field<T>): T {
	const { name, type } = field.property;
	const value = type === 'resourceLocator' ? item.locator(name) : item.parameter(name);
	const last = item.parsed.get(field);
	// Lists and collections are parsed anew: whoever gets one may keep it.
	if (last && last.value === value && typeof last.meaning !== 'object') return last.meaning as T;
	const meaning = field.parse(value, labelOf(field));
	item.parsed.set(field, { value, meaning });
	return meaning;
}

/** The value of a field of a trigger, which has no item. */
export function readParameter<T>(parameter: (name: string) => unknown, field: Field<T>): T {
	return field.parse(parameter(field.property.name), labelOf(field));
}

/** The value of a field of the Options collection for one item. */
export function readOption<T>(item: ItemInput, field: OptionalField<T>): T {
	const { name } = field.property;
	return item.hasOption(name) ? field.parse(item.option(name), labelOf(field)) : field.notAdded;
}

/** The value of a field of another collection, such as Filters. */
export function readWithin<T>(values: IDataObject, field: OptionalField<T>): T {
	const { name } = field.property;
	return name in values ? field.parse(values[name], labelOf(field)) : field.notAdded;
}

/**
 * The value of a field of one entry, such as an attachment. n8n leaves out what was not changed.
 *
 * @param where follows the label in messages, such as ` in attachment 2`
 */
export function readEntry<T>(entry: IDataObject, field: Field<T>, where: string): T {
	const { name, default: initial } = field.property;
	return field.parse(name in entry ? entry[name] : initial, `${labelOf(field)}${where}`);
}

/** How messages call a field: in quotes and without its unit. 'Wait Limit (Minutes)' is 'Wait Limit'. */
export function labelOf({ property }: Pick<Field<unknown>, 'property'>): string {
	return `'${property.displayName.replace(/ \([^)]*\)$/, '')}'`;
}

/** As a field of a collection; `undefined` stands for one that was not added, unless a value is given. */
export function optional<T>(field: Field<T>): OptionalField<T | undefined>;
export function optional<T>(field: Field<T>, notAdded: NoInfer<T>): OptionalField<T>;
export function optional<T>(field: Field<T>, notAdded?: T): OptionalField<T | undefined> {
	return { ...field, notAdded };
}

/** The same field with other texts or another name. */
export function variant<F extends Field<unknown>>(
	field: F,
	texts: Partial<
		Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'hint' | 'required'>
	>,
): F {
	return { ...field, property: { ...field.property, ...texts } };
}

/**
 * A field that shows only where another one has one of these values. Nested conditions all have to hold; n8n checks
 * the outer one first.
 */
export function shownWhen<Value extends string | number | boolean, F extends Field<unknown>>(
	{ property: { name } }: Field<Value>,
	values: ReadonlyArray<NoInfer<Value>>,
	field: F,
): F {
	return withDisplay(field, 'show', name, [...values]);
}

/** The fields that `shownWhen` gives, but required where they show. */
export function requiredWhen<Value extends string | number, F extends Field<unknown>>(
	{ property: { name, options = [] } }: Field<Value>,
	values: ReadonlyArray<NoInfer<Value>>,
	field: F,
): [F, F] {
	const isExpression: DisplayCondition = { _cnd: { startsWith: '=' } };
	const others = options
		.map((option) => ('value' in option ? option.value : ''))
		.filter((value) => !values.some((each) => each === value));
	return [
		withDisplay(variant(field, { required: true }), 'hide', name, [...others, isExpression]),
		// n8n takes every field that depends on an expression for shown, and runs no node with an empty required one.
		withDisplay(field, 'show', name, [isExpression]),
	];
}

/** The condition comes before those that the field has. */
function withDisplay<F extends Field<unknown>>(
	field: F,
	when: 'show' | 'hide',
	name: string,
	values: Array<string | number | boolean | DisplayCondition>,
): F {
	const given = field.property.displayOptions ?? {};
	const displayOptions = { ...given, [when]: { [name]: values, ...given[when] } };
	return { ...field, property: { ...field.property, displayOptions } };
}

/** A field that the node has only as a node of its own, not as a tool of an AI agent. */
export function hiddenInTools<F extends Field<unknown>>(field: F): F {
	return withDisplay(field, 'hide', '@tool', [true]);
}

/** A field that the node has only as a tool of an AI agent. */
export function shownInTools<F extends Field<unknown>>(field: F): F {
	return withDisplay(field, 'show', '@tool', [true]);
}
