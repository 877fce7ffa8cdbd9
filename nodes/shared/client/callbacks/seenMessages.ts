import { MAX_SEEN_MESSAGES, SEEN_FOR_MS } from './limits';

/** A message that nobody is working on, or has: it is the caller's, until it is settled. */
export interface Claim {
	/** @param accepted false forgets the message, so that its repetition counts as new */
	settle(accepted: boolean): void;
}

interface Entry {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Whether the message was accepted. Pending while whoever claimed it is at work. */
	readonly accepted: Promise<boolean>;
}

/**
 * The messages that arrived in the last minutes. WeCom sends a message again when its answer is late or not HTTP 200
 * (doc 90930), even while the first one is being worked on.
 */
export class SeenMessages {
	/** In the order of their arrival. */
	private readonly entries = new Map<string, Entry>();

	constructor(private readonly most = { ms: SEEN_FOR_MS, entries: MAX_SEEN_MESSAGES }) {}

	/**
	 * The claim to a message; undefined if it was accepted already. If somebody else is working on it, this waits for the
	 * outcome: confirming a repetition whose first message then fails would lose it.
	 *
	 * @param now milliseconds since 1970
	 */
	async claim(key: string, now: number): Promise<Claim | undefined> {
		this.forgetOld(now);
		for (;;) {
			const known = this.entries.get(key);
			if (!known) return this.newClaim(key, now);
			if (await known.accepted) return undefined;
		}
	}

	private newClaim(key: string, now: number): Claim {
		let resolve: (accepted: boolean) => void = () => undefined;
		const accepted = new Promise<boolean>((settled) => {
			resolve = settled;
		});
		const entry = { at: now, accepted };
		this.entries.set(key, entry);
		return {
			settle: (isAccepted) => {
				if (!isAccepted && this.entries.get(key) === entry) this.entries.delete(key);
				resolve(isAccepted);
			},
		};
	}

	private forgetOld(now: number): void {
		for (const [key, { at }] of this.entries) {
			if (now - at < this.most.ms && this.entries.size < this.most.entries) return;
			this.entries.delete(key);
		}
	}
}
