import { randomId } from '../core/ids';
import type { Attachment } from '../massMessages/model';
import type { Settings } from '../settings';
import type { Corp } from '../world/corp';
import { perCorp } from '../world/corp';

/** A code is valid for 20 s and works once (doc 92137). */
const CODE_LIFETIME_SECONDS = 20;

/** A welcome code with whom it is for. Times are Unix seconds. */
export interface Welcome {
	readonly corp: Corp;
	readonly userid: string;
	readonly externalUserid: string;
	readonly issuedAt: number;
	/** The member’s chats are archived, and the customer has not agreed to that (doc 92005; A95). */
	readonly awaitsConsent: boolean;
	/** The two have talked since, so there is nothing left to welcome. */
	chatStarted: boolean;
	/** What was sent with the code. */
	sent?: { time: number; text?: string; attachments: readonly Attachment[] };
}

/** Why a code does not work now. */
export type WelcomeRefusal = 41050 | 41051 | 41053 | 41096;

/** By userid: welcome texts of the admin console, which leave an app no code (doc 92130). */
export const consoleWelcomesOf = perCorp(() => new Map<string, string>());

/** Welcome codes and what was sent with them (doc 92137). */
export class Welcomes {
	private readonly byCode = new Map<string, Welcome>();

	issue(
		corp: Corp,
		userid: string,
		externalUserid: string,
		now: number,
		{ awaitsConsent = false } = {},
	): string {
		const code = randomId(43);
		const pair = { corp, userid, externalUserid };
		this.byCode.set(code, { ...pair, issuedAt: now, awaitsConsent, chatStarted: false });
		return code;
	}

	/** The welcome that the code still allows, or why it does not. */
	redeem(corp: Corp, code: string, now: number, settings: Settings): Welcome | WelcomeRefusal {
		const welcome = this.byCode.get(code);
		if (welcome?.corp !== corp || now >= welcome.issuedAt + CODE_LIFETIME_SECONDS) return 41050;
		if (welcome.sent) return settings.usedWelcomeCode === '41050' ? 41050 : 41051;
		if (welcome.chatStarted) return 41051;
		if (welcome.awaitsConsent) return 41053;
		return rivalRefusal(welcome, now, settings) ?? welcome;
	}

	/** The welcome text of the console goes out by itself. */
	sendFromConsole(corp: Corp, userid: string, externalUserid: string, now: number): void {
		const text = consoleWelcomesOf(corp).get(userid);
		if (text === undefined) return;
		const code = this.issue(corp, userid, externalUserid, now);
		const welcome = this.byCode.get(code);
		if (welcome) welcome.sent = { time: now, text, attachments: [] };
	}

	chatStarted(userid: string, externalUserid: string): void {
		for (const welcome of this.byCode.values()) {
			if (welcome.userid === userid && welcome.externalUserid === externalUserid) {
				welcome.chatStarted = true;
			}
		}
	}

	/** Whether the code has been used. */
	isUsed(code: string): boolean {
		return this.byCode.get(code)?.sent !== undefined;
	}

	/** Every welcome that was sent in a corp, oldest first. */
	sent(corp: Corp): Array<Welcome & Required<Pick<Welcome, 'sent'>>> {
		return [...this.byCode.values()].filter(
			(welcome): welcome is Welcome & Required<Pick<Welcome, 'sent'>> =>
				welcome.corp === corp && welcome.sent !== undefined,
		);
	}

	/** Welcomes that this customer received. They are not mass messages, so no limit counts them. */
	receivedBy(externalUserid: string): Welcome[] {
		return [...this.byCode.values()].filter(
			(welcome) => welcome.externalUserid === externalUserid && welcome.sent,
		);
	}

	clear(): void {
		this.byCode.clear();
	}
}

/** Another app holds a code for the same customer: it is sending its welcome, or has (A86). */
function rivalRefusal(
	{ issuedAt }: Welcome,
	now: number,
	{ rivalWelcomeSeconds, rivalWelcome }: Settings,
): WelcomeRefusal | undefined {
	if (rivalWelcomeSeconds === 0) return undefined;
	if (now < issuedAt + rivalWelcomeSeconds) return 41096;
	return rivalWelcome === 'delivered' ? 41051 : undefined;
}
