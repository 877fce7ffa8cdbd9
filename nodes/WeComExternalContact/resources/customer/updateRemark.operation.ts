import type { IDataObject } from 'n8n-workflow';

import { changeRelation } from '../../../shared/client/customers/customers';
import { customerEndpoints } from '../../../shared/client/customers/endpoints';
import { WeComInputError } from '../../../shared/client/core/errors';
import { REMARK_CHARACTERS } from '../../../shared/client/customers/limits';
import type { RemarkRequest } from '../../../shared/client/customers/types';
import { customerField } from '../../../shared/fields/customer';
import { labelOf, optional, read, readWithin, variant } from '../../../shared/fields/field';
import { collectionField, idListField, textField } from '../../../shared/fields/kinds';
import { hasBlankEntry } from '../../../shared/fields/lists';
import { memberField } from '../../../shared/fields/member';
import { requestOptions } from '../../../shared/fields/options';
import { nothingIn } from '../../../shared/fields/read';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

type Update = Omit<RemarkRequest, 'userid' | 'external_userid'>;

const memberOfNotes = variant(memberField, { description: 'The member whose notes change' });

const companyField = optional(
	textField({
		displayName: 'Company',
		name: 'company',
		keepBlanks: true,
		maxCharacters: REMARK_CHARACTERS.remark_company,
		description: 'Company of the customer, at most 20 characters. For WeChat users only.',
	}),
);

const descriptionField = optional(
	textField({
		displayName: 'Description',
		name: 'description',
		rows: 2,
		keepBlanks: true,
		maxCharacters: REMARK_CHARACTERS.description,
		description: 'What the member notes about the customer, at most 150 characters',
	}),
);

const mobileList = idListField({
	kind: 'phone',
	displayName: 'Mobile Numbers',
	name: 'mobiles',
	placeholder: 'e.g. 13800000000, 13900000000',
	description:
		'Numbers separated by commas or line breaks, or an expression that returns an array. They replace all existing numbers; empty text removes them.',
});

const mobilesField = optional<string[]>({ ...mobileList, parse: readMobiles });

const remarkField = optional(
	textField({
		displayName: 'Remark',
		name: 'remark',
		keepBlanks: true,
		maxCharacters: REMARK_CHARACTERS.remark,
		description: 'Name under which the member sees the customer, at most 20 characters',
	}),
);

const updateFields = collectionField({
	displayName: 'Update Fields',
	name: 'updateFields',
	placeholder: 'Add Field',
	description: 'Only the fields you add are changed. Empty text clears a field.',
	fields: [companyField, descriptionField, mobilesField, remarkField],
});

/** What a member notes about a customer. Doc 92115. */
export const updateRemark: Operation = {
	name: 'Update Remark',
	value: 'updateRemark',
	action: 'Update the remark of a customer',
	description:
		'Change remark, description, company or numbers a member notes on a customer. Only they see it.',
	fields: [memberOfNotes, customerField, updateFields, requestOptions],
	execute: perItem(async function* (item, { client }) {
		const request: RemarkRequest = {
			userid: read(item, memberOfNotes),
			external_userid: read(item, customerField),
			...readUpdate(item),
		};
		await changeRelation(client, customerEndpoints.remark, request);
		yield { ...request, ...withoutClearingMark(request) };
	}),
};

function readUpdate(item: ItemInput): Update {
	const values = read(item, updateFields);
	const all = {
		remark: readWithin(values, remarkField),
		description: readWithin(values, descriptionField),
		remark_company: readWithin(values, companyField),
		remark_mobiles: readWithin(values, mobilesField),
	};
	const added = Object.entries(all).filter(([, value]) => value !== undefined);
	if (added.length > 0) return Object.fromEntries(added);
	throw new WeComInputError(
		'There is nothing to change',
		`Add at least one field under ${labelOf(updateFields)}.`,
	);
}

function readMobiles(value: unknown, label: string): string[] {
	const mobiles = mobileList.parse(value, label);
	if (mobiles.length > 0) return mobiles;
	if (value === undefined || value === null || hasBlankEntry(value)) {
		throw nothingIn(`${label} is empty`, 'To remove all numbers, use empty text.');
	}
	// "An empty string" clears the numbers (doc 92115); an empty list would mean that none are given.
	return [''];
}

function withoutClearingMark({ remark_mobiles }: RemarkRequest): IDataObject {
	return remark_mobiles ? { remark_mobiles: remark_mobiles.filter((mobile) => mobile !== '') } : {};
}
