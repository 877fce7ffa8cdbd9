import { randomId } from '../core/ids';
import type { Attachment } from '../massMessages/model';
import type { Corp } from '../world/corp';

/** A code is valid for 20 s and works once (doc 92137). */
const CODE_LIFETIME_SECONDS = 20;

/** A welcome code with whom it is for. Times are Unix seconds. */
export interface Welcome {
	readonly corp: Corp;
	readonly userid: string;
	readonly externalUserid: string;
	readonly issuedAt: number;
	/** The two have talked since, so there is nothing left to welcome. */
	chatStarted: boolean;
	/** What was sent with the code. */
	sent?: { time: number; text?: string; attachments: readonly Attachment[] };
}

/** Welcome codes and what was sent with them (doc 92137). */
export class Welcomes {
	private readonly byCode = new Map<string, Welcome>();

	issue(corp: Corp, userid: string, externalUserid: string, now: number): string {
		const code = randomId(43);
		this.byCode.set(code, {
			corp,
			userid,
			externalUserid,
			issuedAt: now,
			chatStarted: false,
		});
		return code;
	}

	/** The welcome that the code still allows, or why it does not. */
	redeem(corp: Corp, code: string, now: number): Welcome | 'invalid' | 'chat_started' {
		const welcome = this.byCode.get(code);
		const usable =
			welcome?.corp === corp && !welcome.sent && now < welcome.issuedAt + CODE_LIFETIME_SECONDS;
		if (!usable) return 'invalid';
		return welcome.chatStarted ? 'chat_started' : welcome;
	}

	chatStarted(userid: string, externalUserid: string): void {
		for (const welcome of this.byCode.values()) {
			if (welcome.userid === userid && welcome.externalUserid === externalUserid) {
				welcome.chatStarted = true;
			}
		}
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
