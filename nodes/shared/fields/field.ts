import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../operation/operation';

/** A field of the panel that reads itself: its label, values and default are said once. */
export interface Field<T> {
	/** What the panel shows. */
	readonly property: INodeProperties;
	/**
	 * The value that the builder or an expression gave, checked.
	 *
	 * @param label what messages call the field
	 * @throws WeComInputError when it is none that the field takes: a default could widen what was asked for
	 */
	parse(value: unknown, label: string): T;
}

/** A field of a collection such as Options or Filters, and what holds where it was not added. */
export interface OptionalField<T> extends Field<T> {
	readonly notAdded: T;
}

/** The value of a field for one item. */
export function read<T>(item: ItemInput, field: Field<T>): T {
	return field.parse(item.parameter(field.property.name), labelOf(field));
}

/** The value of a field of the Options collection for one item. */
export function readOption<T>(item: ItemInput, field: OptionalField<T>): T {
	const { name } = field.property;
	return item.hasOption(name) ? field.parse(item.option(name), labelOf(field)) : field.notAdded;
}

/**
 * The value of a field within a collection or an entry of one.
 *
 * @param where what stands in front of the label in messages, such as `Attachment 2: `
 */
export function readWithin<T>(values: IDataObject, field: OptionalField<T>, where = ''): T {
	const { name } = field.property;
	return name in values ? field.parse(values[name], `${where}${labelOf(field)}`) : field.notAdded;
}

/** The name of a field without its unit: 'Wait Limit (Minutes)' is called Wait Limit. */
export function labelOf({ property }: Pick<Field<unknown>, 'property'>): string {
	return property.displayName.replace(/ \([^)]*\)$/, '');
}
