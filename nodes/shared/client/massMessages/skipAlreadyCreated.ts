import type { WeComClient } from '../core/client';
import { memberKey } from '../customers/members';
import { chosenCustomers } from './chosenCustomers';
import type { RecipientCheck, Verdict } from './recipientCheck';
import { NOBODY, skipping, stillDispatching } from './recipientCheck';
import { CLOCK_MARGIN_SECONDS, DISPATCH_DELAYS_MS } from './records';
import type { SameContentTask } from './sameContent';
import { findSameContent } from './sameContent';
import type { AddMsgTemplateRequest } from './types';

/**
 * Skips customers for whom a task with the same content and member was created a short while ago, by whatever
 * execution: a workflow that was started twice, or once more after a crash.
 *
 * The waiting recipients of a group task are not to be seen at WeCom (doc 93338). There each task that may be for the
 * same groups stands for one that is asked for.
 */
export class SkipAlreadyCreated implements RecipientCheck {
	private readonly claimed = new Set<string>();

	constructor(
		private readonly client: WeComClient,
		/** Whole seconds to look back. */
		private readonly withinSeconds: number,
		/** Tasks of this very execution, which its memo accounts for. */
		private readonly isOurs: (msgid: string) => boolean,
	) {}

	async check(task: AddMsgTemplateRequest): Promise<Verdict> {
		const same = await this.findSame(task);
		if (task.chat_id_list) return this.checkGroups(task.chat_id_list, same);

		const sender = task.sender && memberKey(task.sender);
		const reached = new Map<string, string>();
		for (const { msgid, parts = [] } of same) {
			for (const [member, ids] of parts) {
				if (sender !== undefined && sender !== member) continue;
				for (const id of ids) reached.set(id, msgid);
			}
		}
		if (reached.size === 0) return NOBODY;
		const wanted = task.external_userid ?? [...(await chosenCustomers(this.client, task))];
		const verdict = skipping(wanted, 'already_created', (id) => reached.has(id));
		const [first] = verdict.skipped;
		if (!first || verdict.left?.length !== 0) return verdict;
		return { ...verdict, duplicateOf: reached.get(first.id) };
	}

	private checkGroups(wanted: readonly string[], same: readonly SameContentTask[]): Verdict {
		const first = same.find(({ msgid, parts }) => {
			const sentTo = [...(parts?.values() ?? [])].flatMap((ids) => [...ids]);
			const elsewhere = sentTo.length > 0 && !sentTo.some((id) => wanted.includes(id));
			return !elsewhere && !this.claimed.has(msgid);
		});
		if (!first) return NOBODY;
		this.claimed.add(first.msgid);
		return { skipped: [], duplicateOf: first.msgid };
	}

	/** Tasks with the same content that WeCom has handed out, of the sender or, without one, of all members. */
	private async findSame(task: AddMsgTemplateRequest): Promise<SameContentTask[]> {
		const sender = task.sender && memberKey(task.sender);
		for (let look = 0; ; look++) {
			const now = Math.floor(this.client.clock.now() / 1_000);
			const from = now - this.withinSeconds;
			const same = await findSameContent(
				this.client,
				task,
				from,
				now + CLOCK_MARGIN_SECONDS,
				this.isOurs,
			);
			if (same.every(({ parts }) => parts)) {
				return same.filter(({ parts }) => sender === undefined || parts?.has(sender));
			}
			const delay = DISPATCH_DELAYS_MS[look];
			if (delay === undefined) throw stillDispatching('Skip If Already Created Within');
			await this.client.clock.sleep(delay);
		}
	}
}
