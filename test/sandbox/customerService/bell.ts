import type { CallbackEvent } from '../callbacks/event';
import { toMessage } from '../callbacks/event';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import type { KfAccount } from './model';
import { issueToken } from './state';

/** Callbacks of accounts: each says only that there is something to read, never what (doc 94670). */
export class Bell {
	private readonly underWay = new Set<Promise<void>>();
	/** Accounts whose bell is on its way, and whether something has come since it left. */
	private readonly ringing = new Map<KfAccount, { again: boolean }>();

	constructor(private readonly world: World) {}

	/** Rings for one new row, as the setting says (A109), if the app with the callback URL manages the account. */
	ring(corp: Corp, account: KfAccount): void {
		const { kfBell } = this.world.settings;
		if (kfBell === 'none' || !account.managedBy.has(CALLABLE_AGENT_ID)) return;
		if (kfBell === 'collapsed' && this.world.callbacks.target(corp)) this.ringOnce(corp, account);
		else this.world.callbacks.emit(this.event(corp, account), corp);
	}

	/** Resolves when no callback is on its way any more. */
	async silence(): Promise<void> {
		do {
			await this.world.callbacks.idle();
			await Promise.all(this.underWay);
		} while (this.underWay.size > 0);
	}

	private ringOnce(corp: Corp, account: KfAccount): void {
		const waiting = this.ringing.get(account);
		if (waiting) {
			waiting.again = true;
			return;
		}
		const ringing = this.ringUntilQuiet(corp, account);
		this.underWay.add(ringing);
		void ringing.finally(() => this.underWay.delete(ringing));
	}

	private async ringUntilQuiet(corp: Corp, account: KfAccount): Promise<void> {
		const state = { again: true };
		this.ringing.set(account, state);
		const { callbacks } = this.world;
		for (let target = callbacks.target(corp); target && state.again; ) {
			state.again = false;
			const message = toMessage(this.world, corp, this.event(corp, account));
			await callbacks.send(callbacks.open(message, corp), target);
			target = callbacks.target(corp);
		}
		this.ringing.delete(account);
	}

	private event(corp: Corp, account: KfAccount): CallbackEvent {
		const token = issueToken(corp, account, this.world.now());
		return { event: 'kf_msg_or_event', nodes: { Token: token, OpenKfId: account.openKfId } };
	}
}
