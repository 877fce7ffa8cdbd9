import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { customerEndpoints } from '../../../shared/client/customers/endpoints';
import { WeComInputError } from '../../../shared/client/core/errors';
import { REMARK_CHARACTERS } from '../../../shared/client/customers/limits';
import type { RemarkRequest } from '../../../shared/client/customers/types';
import { customerField, readCustomer } from '../../../shared/fields/customer';
import { memberField, readMember } from '../../../shared/fields/member';
import { hasBlankEntry, readNames } from '../../../shared/fields/lists';
import { requestOptions } from '../../../shared/fields/options';
import type { ItemInput, Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { readCharacters } from '../../../shared/fields/textLimits';
import { nothingIn } from '../../../shared/fields/read';

type Update = Omit<RemarkRequest, 'userid' | 'external_userid'>;

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'Only the fields added here change. An empty text clears its field.',
	options: [
		{
			displayName: 'Company',
			name: 'company',
			type: 'string',
			default: '',
			description: 'Company of the customer, at most 20 characters. For WeChat users only.',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			description: 'What the member notes about the customer, at most 150 characters',
		},
		{
			displayName: 'Mobile Numbers',
			name: 'mobiles',
			type: 'string',
			default: '',
			placeholder: 'e.g. 13800000000, 13900000000',
			description:
				'Numbers with commas or line breaks between them, or an expression that gives an array. They replace all numbers that are there; an empty text removes them.',
		},
		{
			displayName: 'Remark',
			name: 'remark',
			type: 'string',
			default: '',
			description: 'Name under which the member sees the customer, at most 20 characters',
		},
	],
};

/** What a member notes about a customer. Doc 92115. */
export const updateRemark: Operation = {
	name: 'Update Remark',
	value: 'updateRemark',
	action: 'Update the remark of a customer',
	description:
		'Change what a member notes about a customer: remark, description, company, mobile numbers. Only that member sees it.',
	fields: [
		{ ...memberField, description: 'The member whose notes change' },
		customerField,
		updateFields,
		requestOptions,
	],
	execute: perItem(async function* (item, { client }) {
		const request: RemarkRequest = {
			userid: readMember(item),
			external_userid: readCustomer(item),
			...readUpdate(item),
		};
		await client.call(customerEndpoints.remark, request);
		yield { ...request, ...withoutClearingMark(request) };
	}),
};

function readUpdate(item: ItemInput): Update {
	const values = (item.parameter('updateFields') ?? {}) as IDataObject;
	const update: Update = {};
	if ('remark' in values) {
		update.remark = readCharacters(values.remark, 'Remark', REMARK_CHARACTERS.remark);
	}
	if ('description' in values) {
		update.description = readCharacters(
			values.description,
			'Description',
			REMARK_CHARACTERS.description,
		);
	}
	if ('company' in values) {
		update.remark_company = readCharacters(
			values.company,
			'Company',
			REMARK_CHARACTERS.remark_company,
		);
	}
	if ('mobiles' in values) update.remark_mobiles = readMobiles(values.mobiles);
	if (Object.keys(update).length > 0) return update;
	throw new WeComInputError('Nothing is to be changed', 'Add at least one of the Update Fields.');
}

function readMobiles(value: unknown): string[] {
	const mobiles = readNames(value, 'Mobile Numbers');
	if (mobiles.length > 0) return mobiles;
	if (value === undefined || value === null || hasBlankEntry(value)) {
		throw nothingIn('Mobile Numbers is empty', 'Give an empty text to remove all numbers.');
	}
	// "An empty string" clears the numbers (doc 92115); an empty list would mean that none are given.
	return [''];
}

function withoutClearingMark({ remark_mobiles }: RemarkRequest): IDataObject {
	return remark_mobiles ? { remark_mobiles: remark_mobiles.filter((mobile) => mobile !== '') } : {};
}
