import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import type { MomentIn } from '../operation/time';
import { asMoment } from '../operation/time';
import type { Field, OptionalField } from './field';
import { optional } from './field';
import type { IdKind } from './ids';
import { readChoices, readIds, readNames } from './lists';
import { readId } from './locator';
import type { NumberRange } from './read';
import { asChoice, asEntries, asNumber, asSwitch, asText, asValues, nothingIn } from './read';
import { isBlank, visible, withoutStray } from './characters';
import { checkBytes, checkCharacters, checkSendable } from './textLimits';

/** What the builder reads of a field, and the name under which workflows store it. */
type Texts = Pick<
	INodeProperties,
	'displayName' | 'name' | 'description' | 'hint' | 'placeholder' | 'required'
>;

interface Choice<Value>
	extends Pick<INodePropertyOptions, 'name' | 'description' | 'displayOptions'> {
	readonly value: Value;
}

/** A field with fixed options; its value is one of theirs. */
export function choiceField<const Value extends string | number>({
	options,
	default: initial,
	...texts
}: Texts & {
	readonly options: ReadonlyArray<Choice<Value>>;
	readonly default: NoInfer<Value>;
}): Field<Value> {
	const values = options.map(({ value }) => value);
	return {
		property: { ...texts, type: 'options', options: [...options], default: initial },
		parse: (value, label) => asChoice(value, label, values),
	};
}

/** A field with fixed options of which several can be chosen; nothing is chosen at first. */
export function choicesField<const Value extends string | number>({
	options,
	...texts
}: Texts & { readonly options: ReadonlyArray<Choice<Value>> }): Field<Value[]> {
	const values = options.map(({ value }) => value);
	return {
		property: { ...texts, type: 'multiOptions', options: [...options], default: [] },
		parse: (value, label) => readChoices(value, label).map((each) => asChoice(each, label, values)),
	};
}

export function switchField({
	default: initial = false,
	...texts
}: Texts & { readonly default?: boolean }): Field<boolean> {
	return { property: { ...texts, type: 'boolean', default: initial }, parse: asSwitch };
}

export function numberField({
	min,
	max,
	unit,
	whole,
	default: initial,
	...texts
}: Texts & NumberRange & { readonly default: number }): Field<number> {
	const typeOptions = { minValue: min, ...(max !== undefined && { maxValue: max }) };
	return {
		property: { ...texts, type: 'number', typeOptions, default: initial },
		parse: (value, label) => asNumber(value, label, { min, max, unit, whole }),
	};
}

/** Limits of a text, as WeCom counts it. */
interface TextLimits {
	readonly maxBytes?: number;
	readonly maxCharacters?: number;
	/** Keeps the spaces and line breaks around the text. */
	readonly keepBlanks?: boolean;
}

export function textField({
	rows,
	default: initial = '',
	maxBytes = Infinity,
	maxCharacters = Infinity,
	keepBlanks = false,
	...texts
}: Texts & TextLimits & { readonly rows?: number; readonly default?: string }): Field<string> {
	const lines = rows === undefined ? {} : { typeOptions: { rows } };
	return {
		property: { ...texts, type: 'string', ...lines, default: initial },
		parse(value, label) {
			const given = asText(value, label);
			checkSendable(given, label);
			// Where empty text clears something, text that only looks empty must not.
			if (keepBlanks) checkVisible(given, label);
			const text = keepBlanks ? given : isBlank(given) ? '' : given.trim();
			checkBytes(text, label, maxBytes);
			checkCharacters(text, label, maxCharacters);
			return text;
		},
	};
}

/** @throws WeComInputError when the text looks empty and is not */
function checkVisible(text: string, label: string): void {
	if (text.trim() === '' || !isBlank(text)) return;
	throw new WeComInputError(
		`${label} has only invisible characters: ${visible(text)}`,
		'Enter text that can be seen, or empty text.',
	);
}

/** The name of a field of the input item. One that is dragged here from the input gives its name, not its value. */
export function pathField(texts: Texts & { readonly default?: string }): Field<string> {
	const { property, parse } = textField(texts);
	return { property: { ...property, requiresDataPath: 'single' }, parse };
}

/** A point in time. One without a zone is meant in the workflow's, so the value is read for a zone. */
export function timeField(texts: Texts): Field<MomentIn> {
	return { property: { ...texts, type: 'dateTime', default: '' }, parse: asMoment };
}

/** The address of a web page or picture; empty where nothing is given. */
export function urlField(texts: Texts & Pick<TextLimits, 'maxBytes'>): Field<string> {
	const field = textField(texts);
	return {
		...field,
		parse(value, label) {
			const url = withoutStray(field.parse(value, label)).trim();
			if (url === '' || isUrl(url)) return url;
			throw new WeComInputError(
				`${label} must be a URL, not ${visible(url)}`,
				'Give one that starts with https:// or http:// and names a host, such as https://example.com/catalogue.',
			);
		},
	};
}

function isUrl(text: string): boolean {
	// A URL without slashes, or with a line break in it, counts as one too.
	return /^https?:\/\/[^\s/?#]\S*$/i.test(text) && URL.canParse(text);
}

/** One ID as text, without a list to choose from; empty where nothing is given. */
export function idField({
	kind,
	...texts
}: Texts & { readonly kind: IdKind; readonly default?: string }): Field<string> {
	return {
		property: textField(texts).property,
		parse: (value, label) => readId(asText(value, label), label, kind),
	};
}

/** IDs as text or as an array; see `readIds`. */
export function idListField({
	kind,
	...texts
}: Texts & { readonly kind: IdKind; readonly rows?: number }): Field<string[]> {
	return {
		property: textField(texts).property,
		parse: (value, label) => readIds(value, label, kind),
	};
}

/** Names as text or as an array; see `readNames`. */
export function nameListField(texts: Texts): Field<string[]> {
	return { property: textField(texts).property, parse: readNames };
}

/** A collection of optional fields, such as Filters; read them with `readWithin`. */
export function collectionField({
	fields,
	...texts
}: Texts & { readonly fields: ReadonlyArray<Field<unknown>> }): Field<IDataObject> {
	const options = fields.map(({ property }) => property);
	return {
		property: { ...texts, type: 'collection', default: {}, options },
		parse: asValues,
	};
}

/** Any number of entries with the same fields, such as attachments; read them with `readEntry`. */
export function entriesField({
	entry,
	sortable,
	atLeastOne,
	...texts
}: Texts & {
	readonly entry: {
		readonly displayName: string;
		readonly name: string;
		readonly fields: ReadonlyArray<Field<unknown>>;
	};
	readonly sortable?: boolean;
	/** Starts with one entry, and the editor marks the field where none is left. */
	readonly atLeastOne?: boolean;
}): Field<IDataObject[]> {
	const { displayName, name, fields } = entry;
	const values = fields.map(({ property }) => property);
	const first = Object.fromEntries(values.map((each) => [each.name, each.default]));
	return {
		property: {
			...texts,
			type: 'fixedCollection',
			typeOptions: {
				multipleValues: true,
				...(sortable && { sortable }),
				...(atLeastOne && { minRequiredFields: 1 }),
			},
			default: atLeastOne ? { [name]: [first] } : {},
			options: [{ displayName, name, values }],
		},
		parse: (value, label) => asEntries(value, name, label),
	};
}

/**
 * A field that must not be empty.
 *
 * @param so what an empty one would lead to, such as `so nobody would get the message`
 */
export function filled<T extends string | readonly unknown[]>(
	field: Field<T>,
	{ so, remedy = 'Fill it in.' }: { readonly so?: string; readonly remedy?: string } = {},
): Field<T> {
	return {
		...field,
		parse(value, label) {
			const parsed = field.parse(value, label);
			if (parsed.length > 0) return parsed;
			throw nothingIn(`${label} is empty${so === undefined ? '' : `, ${so}`}`, remedy);
		},
	};
}

/** A filter that must not be empty once it was added: ignoring an empty one would widen the list. */
export function filledFilter<T extends string | readonly unknown[]>(
	field: Field<T>,
): OptionalField<T | undefined> {
	return optional(filled(field, { remedy: 'Fill in the filter or remove it.' }));
}
