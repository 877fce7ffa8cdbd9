import { GroupCustomers } from '../../../shared/client/customerGroups/groupCustomers';
import type { CustomerQuery } from '../../../shared/client/customers/customerQuery';
import { isWithoutLicense } from '../../../shared/client/customers/customerQuery';
import { listMembers } from '../../../shared/client/customers/customers';
import { UNLICENSED } from '../../../shared/client/customers/notices';
import { asError } from '../../../shared/client/core/errors';
import { TagExclusion } from '../../../shared/client/customers/exclusion';
import type { SenderRule } from '../../../shared/client/customers/senderRule';
import { SENDER_RULES } from '../../../shared/client/customers/senderRule';
import { lazily } from '../../../shared/client/core/utils';
import { TagLibrary } from '../../../shared/client/tags/tags';
import { read, shownWhen } from '../../../shared/fields/field';
import { choiceField } from '../../../shared/fields/kinds';
import { listFields, readLimit, takePages } from '../../../shared/fields/returnAll';
import { chosenMembersField, readChosenMembers } from '../../../shared/fields/member';
import { requestOptions } from '../../../shared/fields/options';
import { simplifyField } from '../../../shared/fields/simplify';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { filtersField, readAudience } from './filter';
import { rowsOf } from './listRows';

const membersScope = choiceField({
	displayName: 'Members',
	name: 'memberScope',
	options: [
		{
			name: 'All Members',
			value: 'all',
			description: 'Every member with customer contact whom the app can see',
		},
		{ name: 'Selected Members', value: 'chosen' },
	],
	default: 'all',
	description: 'Whose customers to list',
});

const outputField = choiceField({
	displayName: 'Output',
	name: 'output',
	options: [
		{ name: 'Details', value: 'details', description: 'One item per member and customer' },
		{
			name: 'IDs Only',
			value: 'ids',
			description: 'One item per member and customer, with fewer requests',
		},
		{
			name: 'One Item per Member',
			value: 'members',
			description: 'The IDs of all customers of a member',
		},
	],
	default: 'details',
});

const severalMembersField = choiceField({
	displayName: 'Customers of Several Members',
	name: 'severalMembers',
	options: [
		{
			name: 'One Row per Member',
			value: 'rows',
			description: 'A customer of three members is listed three times',
		},
		{
			name: 'Once',
			value: 'once',
			description:
				'Each customer once, with the member who should write as userid, and all their listed members as members. Reads all customers, even with a limit.',
		},
	],
	default: 'rows',
	description: 'How to list a customer whom several of the members have as a contact',
});

const SENDER_RULE_OPTIONS: Readonly<
	Record<SenderRule, { readonly name: string; readonly description: string }>
> = {
	firstAdded: {
		name: 'First Added',
		description: 'The member who has had the customer as a contact for the longest time',
	},
	lastAdded: {
		name: 'Last Added',
		description: 'The member who has had the customer as a contact for the shortest time',
	},
	memberOrder: {
		name: 'Order of Members',
		description: "The first in the order of the chosen members; of all members, in WeCom's order",
	},
};

const senderRuleField = choiceField({
	displayName: 'Sent By',
	name: 'senderRule',
	options: SENDER_RULES.map((value) => ({ ...SENDER_RULE_OPTIONS[value], value })),
	default: 'lastAdded',
	description:
		'Which member should write to a customer of several, among those with whom the customer matches the filters. It becomes userid, so that Broadcast can use it.',
});

/** Customers of members, with details or as IDs. Docs 92571, 92113, 92994, 92117. */
export const list: Operation = {
	name: 'List',
	value: 'list',
	action: 'List customers',
	description:
		'List the customers of some or all members, filtered by tag, channel, group, time or name',
	fields: [
		membersScope,
		chosenMembersField(membersScope),
		outputField,
		severalMembersField,
		shownWhen(severalMembersField, ['once'], senderRuleField),
		...listFields,
		shownWhen(outputField, ['details'], simplifyField),
		filtersField,
		requestOptions,
	],
	async *execute(context) {
		const { client, timezone } = context;
		const library = lazily(async () => await TagLibrary.read(client));
		const exclusion = new TagExclusion(client);
		const groups = new GroupCustomers(client);
		const refusals: Refusal[] = [];
		let anyAnswered = false;
		yield* perItem(async function* (item) {
			const limit = readLimit(item);
			const output = read(item, outputField);
			const chosen = readChosenMembers(item, membersScope);
			const once = read(item, severalMembersField) === 'once';
			const rule = once ? read(item, senderRuleField) : undefined;
			const audience = await readAudience(item, timezone, { library, groups });
			const members = chosen ?? (await listMembers(client));

			const everyMember = chosen === undefined;
			const customers: CustomerQuery = { client, members, everyMember, audience, exclusion };
			const simple = output === 'details' && read(item, simplifyField);
			const style = { timezone, simple };
			let returned = 0;
			try {
				const pages = rowsOf(customers, { output, rule, limit, style, library });
				for await (const rows of takePages(pages, limit)) {
					returned += rows.length;
					yield rows;
				}
				anyAnswered = true;
			} catch (error) {
				if (returned > 0 || !isWithoutLicense(error)) throw asError(error);
				refusals.push({ error, members, items: [item.index] });
			}
		})(context);
		// A member without a license is an error only if no item asks for one who has it.
		for (const { error, members, items } of refusals) {
			if (!anyAnswered) yield { error, items };
			else for (const userid of members) client.notices.add(UNLICENSED, userid);
		}
	},
};

/** An item for whose members WeCom gives no customers, because none has a license. */
interface Refusal {
	readonly error: Error;
	readonly members: readonly string[];
	readonly items: readonly number[];
}
