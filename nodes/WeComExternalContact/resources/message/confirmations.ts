import { memberKey } from '../../../shared/client/customers/members';
import type { MessageDraft } from '../../../shared/client/massMessages/draft';
import { counted } from '../../../shared/operation/format';

/** How many members the sentence names. */
const MOST_NAMED = 10;

/**
 * Who has to confirm how many of these tasks, those with the most first; undefined while nobody has more than one.
 * Personal text or attachments make a task of every item.
 */
export function confirmations(drafts: readonly MessageDraft[]): string | undefined {
	const members = new Map<string, { name: string; tasks: number }>();
	let byWeCom = 0;
	for (const { sender } of drafts) {
		if (sender === undefined) {
			byWeCom++;
			continue;
		}
		const member = members.get(memberKey(sender)) ?? { name: sender, tasks: 0 };
		member.tasks++;
		members.set(memberKey(sender), member);
	}
	const most = [...members.values()].sort((a, b) => b.tasks - a.tasks);
	const several = (most[0]?.tasks ?? 0) > 1;
	if (!several && byWeCom <= 1) return undefined;

	const named = most.slice(0, MOST_NAMED).map(({ name, tasks }) => `${name} ${tasks}`);
	if (most.length > MOST_NAMED) {
		named[MOST_NAMED - 1] += ` and ${counted(most.length - MOST_NAMED, 'more member')}`;
	}
	const parts = [
		...(named.length > 0 ? [`Confirmations: ${named.join(', ')}.`] : []),
		...(byWeCom > 0
			? [
					`For ${counted(byWeCom, 'task')} WeCom chooses the members, who confirm each task that has customers of theirs.`,
				]
			: []),
		'Members confirm every task by itself. Items with the same message share one.',
	];
	return parts.join(' ');
}
