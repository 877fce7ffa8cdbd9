import type { WeComClient } from '../core/client';
import { WeComInputError } from '../core/errors';
import type { TagExclusion } from '../customers/exclusion';
import { chosenCustomers } from './chosenCustomers';
import type { MessageDraft } from './draft';
import type { RecipientCheck, Verdict } from './recipientCheck';
import { skipping } from './recipientCheck';

/**
 * Skips customers who have one of some tags with any member whom the app sees: WeCom has no unsubscribe, so companies
 * keep a tag for customers who want no messages.
 */
export class SkipTagged implements RecipientCheck {
	private readonly expected = new Set<string>();

	/** @param tagIds returns the tags' IDs; read when the first task needs them */
	constructor(
		private readonly client: WeComClient,
		private readonly exclusion: TagExclusion,
		private readonly tagIds: () => Promise<readonly string[]>,
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

	async check(draft: MessageDraft): Promise<Verdict> {
		const isNamed = 'ids' in draft.recipients;
		const wanted = await namedCustomers(this.client, draft, this.exclusion);
		for (const id of wanted) this.expected.add(id);
		const found = await this.exclusion.find({
			tagIds: await this.tagIds(),
			customers: [...this.expected],
		});
		const verdict = skipping(wanted, 'tag', (id) => found.has(id));
		// Whom WeCom would choose must be named, or it chooses those again who were left out.
		return isNamed ? verdict : { left: wanted, ...verdict };
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
