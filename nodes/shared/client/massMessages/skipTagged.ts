import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import type { FoundTag, TagExclusion } from '../customers/exclusion';
import { chosenCustomers } from './chosenCustomers';
import type { MessageDraft } from './draft';
import type { RecipientCheck, Verdict } from './recipientCheck';
import { skipping } from './recipientCheck';

/** Who was left out when messages were cut into tasks. Other batches would be other tasks. */
export class CutWithout {
	readonly asked = new Set<string>();
	readonly leftOut = new Set<string>();
}

/**
 * Skips customers who have one of some tags with any member whom the app sees: WeCom has no unsubscribe, so companies
 * keep a tag for customers who want no messages.
 */
export class SkipTagged implements RecipientCheck {
	private readonly expected = new Set<string>();

	/**
	 * @param tagIds returns the tags' IDs; read when the first task needs them
	 * @param cutWithout what `leftOutOf` said, also at an earlier try
	 */
	constructor(
		private readonly client: WeComClient,
		private readonly exclusion: TagExclusion,
		private readonly tagIds: () => Promise<readonly string[]>,
		private readonly cutWithout = new CutWithout(),
	) {}

	/**
	 * Announces tasks of this run, so that the tags of all their customers are read together.
	 *
	 * @throws WeComInputError when a tag doesn't exist
	 */
	async expect(drafts: readonly MessageDraft[]): Promise<void> {
		for (const draft of drafts) {
			if (draft.recipients.kind !== 'customers') continue;
			for (const id of draft.recipients.ids) this.expected.add(id);
		}
		await this.tagIds();
	}

	/**
	 * Those of the customers who get no message, before it is cut into tasks. They stay left out, also if they lose the
	 * tag before a later try: the tasks have no place for them.
	 */
	async leftOutOf(customers: readonly string[]): Promise<ReadonlySet<string>> {
		const { asked, leftOut } = this.cutWithout;
		const open = customers.filter((id) => !asked.has(id));
		if (open.length > 0) {
			for (const id of open) this.expected.add(id);
			const found = await this.found();
			for (const id of open) {
				asked.add(id);
				if (found.has(id)) leftOut.add(id);
			}
		}
		return leftOut;
	}

	async check(draft: MessageDraft): Promise<Verdict> {
		const isNamed = 'ids' in draft.recipients;
		const wanted = await namedCustomers(this.client, draft, this.exclusion);
		for (const id of wanted) this.expected.add(id);
		const found = await this.found();
		const { leftOut } = this.cutWithout;
		const verdict = skipping(wanted, 'tag', (id) => found.has(id) || leftOut.has(id));
		// Whom WeCom would choose must be named, or it chooses those again who were left out.
		return isNamed ? verdict : { left: wanted, ...verdict };
	}

	/** Whoever of the expected customers has one of the tags. */
	private async found(): Promise<ReadonlyMap<string, FoundTag>> {
		return await this.exclusion.find({
			tagIds: await this.tagIds(),
			customers: [...this.expected],
		});
	}
}

/**
 * The customers of a draft, by name: those whom WeCom would choose now where it names none.
 *
 * @param exclusion takes over the tags read on the way
 * @throws WeComInputError for customer groups, which have no tags
 */
export async function namedCustomers(
	client: WeComClient,
	draft: MessageDraft,
	exclusion: TagExclusion,
): Promise<readonly string[]> {
	const { recipients } = draft;
	if (recipients.kind === 'customers') return recipients.ids;
	if (recipients.kind === 'customerGroups') throw customerGroupsHaveNoTags();
	return [...(await chosenCustomers(client, draft, exclusion))];
}

/** @throws WeComInputError when a message is for customer groups */
export function checkHasTags({ recipients }: Pick<MessageDraft, 'recipients'>): void {
	if (recipients.kind === 'customerGroups') throw customerGroupsHaveNoTags();
}

function customerGroupsHaveNoTags(): WeComInputError {
	return new WeComInputError(
		"'Leave Out Customers With Tag Names or IDs' does not work with customer groups",
		'Everybody in a customer group gets its message. Send to customers, or remove the option.',
	);
}
