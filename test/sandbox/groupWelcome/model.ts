import type { Attachment } from '../massMessages/model';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';

/** A welcome message for customers who join a group; its owner chooses it in the app (doc 92366). */
export interface GroupWelcomeTemplate {
	readonly templateId: string;
	/** The app that created it. */
	readonly agentId: number;
	/** At least one of the two. */
	content: { readonly text?: string; readonly attachment?: Attachment };
}

/** What a customer got on joining a group. */
export interface GroupWelcome {
	/** Unix seconds. */
	readonly time: number;
	readonly chatId: string;
	readonly externalUserid: string;
	readonly text?: string;
	readonly attachment?: Attachment;
}

/** By template ID. */
export const templatesOf = perCorp(() => new Map<string, GroupWelcomeTemplate>());

/** By chat_id: the template that the owner has chosen. */
export const chosenTemplatesOf = perCorp(() => new Map<string, string>());

/** Oldest first. */
export const groupWelcomesOf = perCorp((): GroupWelcome[] => []);

/** Customers who join get the group's template; `%NICKNAME%` becomes their name (doc 92366). */
export function welcomeToGroup(
	corp: Corp,
	chatId: string,
	ids: readonly string[],
	now: number,
): void {
	const template = templatesOf(corp).get(chosenTemplatesOf(corp).get(chatId) ?? '');
	if (!template) return;
	for (const externalUserid of ids) {
		const customer = corp.customers.get(externalUserid);
		if (!customer) continue;
		const { text, attachment } = template.content;
		groupWelcomesOf(corp).push({
			time: now,
			chatId,
			externalUserid,
			text: text?.replaceAll('%NICKNAME%', () => customer.name),
			attachment,
		});
	}
}
