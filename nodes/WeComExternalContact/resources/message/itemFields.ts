import type { IDataObject } from 'n8n-workflow';

import { WeComInputError } from '../../../shared/client/core/errors';
import type { Field } from '../../../shared/fields/field';
import { labelOf, read } from '../../../shared/fields/field';
import { valueAt } from '../../../shared/fields/itemPath';
import { filled, pathField } from '../../../shared/fields/kinds';
import { readIds } from '../../../shared/fields/lists';
import { readId } from '../../../shared/fields/locator';
import { listed } from '../../../shared/operation/format';
import type { ItemInput } from '../../../shared/operation/operation';

/** Where an input item holds its customer. */
export const inputFieldName = filled(
	pathField({
		displayName: 'Input Field Name',
		name: 'idField',
		default: 'external_userid',
		required: true,
		description:
			'Name of the input item field that holds the external user ID. Use dots for a nested field, such as customer.external_userid. Items with the same member and message become one task.',
	}),
);

/** Where an input item holds the member who writes. */
export const memberFieldName = filled(
	pathField({
		displayName: 'Member Field Name',
		name: 'memberIdField',
		default: 'userid',
		required: true,
		description:
			'Name of the input item field that holds the user ID of the member, as Customer > List gives it. Use dots for a nested field, such as member.userid.',
	}),
);

/** One customer, or several where the field holds several. */
export function customersOfItem(item: ItemInput): string[] {
	const name = read(item, inputFieldName);
	const value = valueAt(item.json, name);
	const isList = typeof value === 'string' || Array.isArray(value);
	const ids = isList ? readIds(value, `"${name}"`, 'customer') : [];
	if (ids.length === 0) throw nothingIn(item.json, name, inputFieldName, 'external user ID');
	return ids;
}

/** The member of an item: no row may fall back to another one. */
export function memberOfItem(item: ItemInput): string {
	const name = read(item, memberFieldName);
	const id = readId(valueAt(item.json, name) ?? '', `"${name}"`, 'member');
	if (id === '') throw nothingIn(item.json, name, memberFieldName, 'user ID');
	return id;
}

/** Names the fields that the item has, and says so when a value stands where a field's name should. */
function nothingIn(
	json: IDataObject,
	name: string,
	field: Field<string>,
	what: string,
): WeComInputError {
	const label = labelOf(field);
	const names = Object.keys(json);
	const fields =
		names.length === 0 ? 'The item has no fields.' : `The fields of the item: ${listed(names)}.`;
	const example = String(field.property.default);
	const remedy = isValueOf(json, name)
		? `${label} takes the name of the field, such as ${example}, and not its value: remove the expression and drag the field again, or enter its name.`
		: `Check ${label}, and remove items without an ID before this node.`;
	return new WeComInputError(
		`The item has no ${what} in the field "${name}"`,
		`${remedy} ${fields}`,
	);
}

/** What external user IDs look like. */
const EXTERNAL_USER_ID = /^w[mo][\w-]{4,}$/;

/** Whether a text that should be a name looks like an ID, or holds a value of the item, as an expression gives it. */
function isValueOf(json: IDataObject, text: string): boolean {
	const values = new Set(Object.values(json).filter((value) => typeof value === 'string'));
	return text
		.split(/\s+/)
		.concat(text)
		.some((word) => EXTERNAL_USER_ID.test(word) || values.has(word));
}
