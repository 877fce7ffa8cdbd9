import { sees } from '../customers/lookups';
import type { Corp } from '../world/corp';
import { CALLABLE_AGENT_ID } from '../world/corp';
import type { World } from '../world/world';
import type { Attempt } from './deliver';
import { deliver } from './deliver';
import type { CallbackEvent, CallbackMessage } from './event';
import { textNode, toMessage } from './event';
import type { CallbackTarget } from './target';
import { callbackTargetSchema } from './target';

/** Enough for every test; a sandbox that runs for days must not grow forever. */
const KEPT_DELIVERIES = 5_000;

/** Events that only an app in the list of callable apps gets (doc 92130). */
const CUSTOMER_CONTACT_EVENT = /^(change_external_|customer_acquisition$)/;

/** An event on its way to the callback URL, or arrived. */
export interface CallbackDelivery extends CallbackMessage {
	readonly id: number;
	readonly corp: Corp;
	/** When it was sent first, or would have been; Unix seconds of the sandbox clock. */
	readonly time: number;
	/** The delivery that this one repeats by hand. */
	readonly repeats?: number;
	/** `not sent`: see `reason`. */
	state: 'sending' | 'delivered' | 'failed' | 'not sent';
	reason?: string;
	readonly attempts: Attempt[];
}

/** The callback URL of each corp's callable app, and every event that was sent there. */
export class Callbacks {
	private readonly targets = new Map<string, CallbackTarget>();
	private readonly underWay = new Set<Promise<unknown>>();
	private kept: CallbackDelivery[] = [];
	private last: Promise<unknown> = Promise.resolve();
	private stopping = new AbortController();
	private count = 0;

	constructor(private readonly world: World) {}

	/** What is entered in the console. It outlives a reset of the world, as the app's secret does. */
	target(corp = this.world.corp): CallbackTarget | undefined {
		return this.targets.get(corp.corpId);
	}

	/** Enters it without asking the URL first; `undefined` removes it. */
	setTarget(target: CallbackTarget | undefined, corp = this.world.corp): void {
		if (target) this.targets.set(corp.corpId, callbackTargetSchema.parse(target));
		else this.targets.delete(corp.corpId);
	}

	/** Something happens of which WeCom tells the app. Returns at once; see `idle`. */
	emit(event: CallbackEvent, corp = this.world.corp): CallbackDelivery {
		const delivery = this.open(toMessage(this.world, corp, event), corp);
		const target = this.target(corp);
		const reason = whyNotSent(corp, event) ?? (target ? undefined : 'There is no callback URL');
		if (reason === undefined && target) void this.send(delivery, target);
		else Object.assign(delivery, { state: 'not sent', reason });
		return delivery;
	}

	/** Sends the same message again, to the URL that is entered now. */
	repeat(id: number): CallbackDelivery {
		const former = this.kept.find((delivery) => delivery.id === id);
		if (!former) throw new Error(`There is no delivery ${id}`);
		const target = this.target(former.corp);
		if (!target) throw new Error('There is no callback URL');
		const { event, changeType, xml, welcomeCode, corp } = former;
		const delivery = this.open({ event, changeType, xml, welcomeCode }, corp, id);
		void this.send(delivery, target);
		return delivery;
	}

	/** Adds the message to the deliveries; `send` delivers it. */
	open(message: CallbackMessage, corp: Corp, repeats?: number): CallbackDelivery {
		this.count += 1;
		const delivery: CallbackDelivery = {
			...message,
			id: this.count,
			corp,
			time: this.world.now(),
			repeats,
			state: 'sending',
			attempts: [],
		};
		this.kept.push(delivery);
		if (this.kept.length > KEPT_DELIVERIES) this.kept.splice(0, KEPT_DELIVERIES / 10);
		return delivery;
	}

	/** Events go out side by side, or one by one (A82). */
	async send(delivery: CallbackDelivery, target: CallbackTarget): Promise<void> {
		const { signal } = this.stopping;
		const post = async () => {
			const record = (attempt: Attempt) => void delivery.attempts.push(attempt);
			const delivered = await deliver(this.world, target, delivery, record, signal);
			delivery.state = delivered ? 'delivered' : 'failed';
		};
		const sideBySide = this.world.settings.callbackOrder === 'side_by_side';
		const sending = sideBySide ? post() : this.last.then(post);
		this.last = sending;
		this.underWay.add(sending);
		try {
			await sending;
		} finally {
			this.underWay.delete(sending);
		}
	}

	/** Oldest first. */
	deliveries(corp?: Corp): CallbackDelivery[] {
		return this.kept.filter((delivery) => corp === undefined || delivery.corp === corp);
	}

	/** Until every event so far has been delivered or given up. */
	async idle(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Ends what is under way. */
	stop(): void {
		this.stopping.abort();
		this.stopping = new AbortController();
	}

	/** Forgets the deliveries, not the callback URLs. */
	clear(): void {
		this.stop();
		this.kept = [];
	}
}

/** The app must be callable, and see the member whom the event is about (A84). */
function whyNotSent(corp: Corp, event: CallbackEvent): string | undefined {
	const app = corp.apps.get(CALLABLE_AGENT_ID);
	if (!app || !CUSTOMER_CONTACT_EVENT.test(event.event)) return undefined;
	if (!app.callable) return 'The app is not callable';
	const userid = textNode(event, 'UserID');
	return userid === undefined || sees(app, userid) ? undefined : 'The app does not see the member';
}
