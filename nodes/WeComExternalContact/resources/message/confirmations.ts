import { memberKey } from '../../../shared/client/customers/members';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { counted } from '../../../shared/operation/format';

/** How many members a sentence names. */
const MOST_NAMED = 10;

/** A member, and how many tasks they have to confirm. */
interface Asked {
	readonly name: string;
	readonly tasks: number;
}

/** How many tasks each member has to confirm. Personal text or attachments make a task of every item. */
export class Confirmations {
	private readonly members = new Map<string, Asked>();
	/** Tasks whose members WeCom chooses: nobody knows them before, and one member may get all of these tasks. */
	readonly byWeCom: number;

	constructor(tasks: ReadonlyArray<Pick<MessageDraft, 'sender'>>) {
		let byWeCom = 0;
		for (const { sender } of tasks) {
			if (sender === undefined) {
				byWeCom++;
				continue;
			}
			const key = memberKey(sender);
			const { name, tasks: before } = this.members.get(key) ?? { name: sender, tasks: 0 };
			this.members.set(key, { name, tasks: before + 1 });
		}
		this.byWeCom = byWeCom;
	}

	/** The tasks of this one's member; null where WeCom chooses the members. */
	of({ sender }: Pick<MessageDraft, 'sender'>): number | null {
		return sender === undefined ? null : (this.members.get(memberKey(sender))?.tasks ?? 0);
	}

	/** The member with the most tasks. */
	get busiest(): Asked | undefined {
		return this.perMember[0];
	}

	/** Whether anybody has more than one. */
	get areSeveral(): boolean {
		return (this.busiest?.tasks ?? 0) > 1 || this.byWeCom > 1;
	}

	/** The ten members with the most, and what WeCom decides. */
	sentence(): string {
		const ranked = this.perMember;
		const named = ranked.slice(0, MOST_NAMED).map(({ name, tasks }) => `${name} ${inFull(tasks)}`);
		if (ranked.length > MOST_NAMED) {
			named[MOST_NAMED - 1] += ` and ${counted(ranked.length - MOST_NAMED, 'more member')}`;
		}
		const parts = [
			...(named.length > 0 ? [`Confirmations: ${named.join(', ')}.`] : []),
			...(this.byWeCom > 0
				? [
						`For ${counted(this.byWeCom, 'task')} WeCom chooses the members, who confirm each task that has customers of theirs.`,
					]
				: []),
		];
		return parts.join(' ');
	}

	/** Those with the most first. */
	get perMember(): Asked[] {
		return [...this.members.values()].sort((a, b) => b.tasks - a.tasks);
	}
}

/** A number as people write it: 1,200. */
export function inFull(count: number): string {
	return count.toLocaleString('en-US');
}
