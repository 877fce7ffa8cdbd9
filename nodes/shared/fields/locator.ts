import type { INodeProperties } from 'n8n-workflow';

import { WeComInputError } from '../client/core/errors';
import type { ItemInput } from '../operation/operation';
import { nothingIn } from './read';

interface Locator extends Pick<INodeProperties, 'displayName' | 'name' | 'description'> {
	/** The list of the editor. */
	readonly list: { readonly method: string; readonly placeholder: string };
	readonly idPlaceholder: string;
	/** What a new node starts with; nothing chosen from the list unless it is given. */
	readonly initially?: { readonly mode: 'list' | 'id'; readonly value: string };
}

/** A field for one thing of WeCom: from the list, or by its ID. */
export function locatorField({
	list,
	idPlaceholder,
	initially = { mode: 'list', value: '' },
	...texts
}: Locator): INodeProperties {
	return {
		...texts,
		type: 'resourceLocator',
		default: initially,
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: list.placeholder,
				typeOptions: { searchListMethod: list.method, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: idPlaceholder,
			},
		],
	};
}

/** What no ID of WeCom has in it: several IDs in one text, an array or an object made text. */
const NOT_IN_AN_ID = /[\r\n,;，；、[\]{}]/;

/**
 * The ID chosen in a locator.
 *
 * @param none says that nothing is chosen, and what to do then
 * @throws WeComInputError when nothing is chosen, or something else than one ID
 */
export function readLocator(
	item: ItemInput,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	none: { readonly problem: string; readonly remedy?: string },
): string {
	const value = item.locator(name) ?? '';
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ',';
	if (id === '') {
		throw none.remedy === undefined
			? nothingIn(none.problem, `Fill in ${displayName}.`)
			: new WeComInputError(none.problem, none.remedy);
	}
	if (!NOT_IN_AN_ID.test(id)) return id;
	throw new WeComInputError(
		`${displayName} is not one ID`,
		'Give one ID as text. For several, give the node an input item for each.',
	);
}
