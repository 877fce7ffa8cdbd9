import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import type { Field } from './field';
import type { IdKind } from './ids';
import { checkId, cleanId, isPlain } from './ids';
import { nothingIn } from './read';

interface Locator extends Pick<INodeProperties, 'displayName' | 'name' | 'description'> {
	/** The list of the editor. */
	readonly list: { readonly method: string; readonly placeholder: string };
	readonly idPlaceholder: string;
	/** What its ID looks like. */
	readonly kind: IdKind;
	/** What a new node starts with; nothing chosen from the list unless it is given. */
	readonly initially?: { readonly mode: 'list' | 'id'; readonly value: string };
	/** Whether it may stay empty; its value is then an empty text. */
	readonly mayBeEmpty?: boolean;
	/** What to do about an empty one. */
	readonly ifEmpty?: string;
}

/** What no ID of WeCom contains: several IDs in one text, or an array or object turned into text. */
const NOT_IN_AN_ID = /[\s,;，；、|[\]{}]/;

/** A field for one thing of WeCom: from the list, or by its ID. Its value is the ID. */
export function locatorField({
	list,
	idPlaceholder,
	kind,
	initially = { mode: 'list', value: '' },
	mayBeEmpty = false,
	ifEmpty = 'Choose from the list or enter an ID.',
	...texts
}: Locator): Field<string> {
	return {
		property: {
			...texts,
			type: 'resourceLocator',
			default: initially,
			...(!mayBeEmpty && { required: true }),
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: list.placeholder,
					typeOptions: { searchListMethod: list.method, searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idPlaceholder },
			],
		},
		parse(value, label) {
			const id = readId(value ?? '', label, kind);
			if (id === '' && !mayBeEmpty) throw nothingIn(`${label} is empty`, ifEmpty);
			return id;
		},
	};
}

/**
 * One ID, empty where the text is.
 *
 * @throws WeComInputError when the value is anything else
 */
export function readId(value: unknown, label: string, kind: IdKind): string {
	if (isPlain(value)) {
		checkId(value, label, kind);
		return value;
	}
	const isText = typeof value === 'string' || typeof value === 'number';
	const id = isText ? cleanId(String(value), kind) : undefined;
	if (id === undefined || NOT_IN_AN_ID.test(id)) {
		throw new WeComInputError(
			`${label} must be a single ID`,
			'Give one ID as text. To handle several, pass one input item for each.',
		);
	}
	if (id !== '') checkId(id, label, kind);
	return id;
}
