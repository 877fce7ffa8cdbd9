import { TagExclusion } from '../../../shared/client/customers/exclusion';
import { lazily } from '../../../shared/client/core/utils';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import {
	checkHasTags,
	CutWithout,
	namedCustomers,
	SkipTagged,
} from '../../../shared/client/massMessages/skipTagged';
import { taskKey } from '../../../shared/client/massMessages/taskKey';
import type { TagLibrary } from '../../../shared/client/tags/tags';
import type { Field, OptionalField } from '../../../shared/fields/field';
import { optional, variant } from '../../../shared/fields/field';
import { filled } from '../../../shared/fields/kinds';
import { hasBlankEntry } from '../../../shared/fields/lists';
import { readForRun } from '../../../shared/fields/options';
import { nothingIn } from '../../../shared/fields/read';
import { tagNamesField } from '../../../shared/fields/tag';
import type { OperationContext } from '../../../shared/operation/operation';

const tags = variant(tagNamesField, {
	displayName: 'Leave Out Customers With Tag Names or IDs',
	name: 'leaveOutTags',
	hint: 'Whoever has one of these tags, such as do-not-contact, with any member gets no message',
});

/** Customers whom a tag keeps from getting the message. */
export const leaveOutOption: OptionalField<string[] | undefined> = optional(
	filled(everyEntryFilled(tags), {
		so: 'so nobody would be left out',
		remedy: 'Choose tags, or remove the option.',
	}),
);

/** An entry that resolved to nothing is a tag that nobody is left out for. */
function everyEntryFilled(field: Field<string[]>): Field<string[]> {
	return {
		...field,
		parse(value, label) {
			const names = field.parse(value, label);
			if (names.length > 0 && hasBlankEntry(arrayIn(value))) {
				throw nothingIn(`${label} has an empty entry`, 'Fill it in or remove it.');
			}
			return names;
		},
	};
}

/** A list also where it is the text of a JSON array, which reading has checked. */
function arrayIn(value: unknown): unknown {
	return typeof value === 'string' && value.trimStart().startsWith('[') ? JSON.parse(value) : value;
}

/** How a run leaves out customers by their tags. */
export interface LeaveOut {
	readonly check: SkipTagged;
	/** @throws WeComInputError when tags say nothing about the recipients */
	checkDraft(draft: MessageDraft): void;
	/** The draft with its customers by name: whom WeCom chooses cannot be left out. */
	named(draft: MessageDraft): Promise<MessageDraft>;
}

/**
 * @param library the corporation's tags
 * @returns undefined where the option is not added
 */
export function readLeaveOut(
	{ items, client, run, calledByAgent }: OperationContext,
	library: () => Promise<TagLibrary>,
): LeaveOut | undefined {
	const names = readForRun(items, leaveOutOption);
	if (!names) return undefined;
	const exclusion = new TagExclusion(client);
	const tagIds = lazily(async () => {
		const known = await library();
		return names.map((name) => known.idOf(name));
	});
	// Retry On Fail goes on with the customers of the first try, and reads them once.
	const remembered = calledByAgent
		? new Map<string, readonly string[]>()
		: run.state('customers named', () => new Map<string, readonly string[]>());
	const cutWithout = calledByAgent
		? new CutWithout()
		: run.state('customers left out', () => new CutWithout());
	return {
		check: new SkipTagged(client, exclusion, tagIds, cutWithout),
		checkDraft: checkHasTags,
		async named(draft) {
			if ('ids' in draft.recipients) return draft;
			const key = taskKey(draft);
			const ids = remembered.get(key) ?? (await namedCustomers(client, draft, exclusion));
			remembered.set(key, ids);
			return { ...draft, recipients: { kind: 'customers', ids } };
		},
	};
}
