import { RateLimiter } from '../auth/rateLimiter';
import type { TokenRefusal } from '../auth/tokens';
import { Tokens } from '../auth/tokens';
import { WrongSecrets } from '../auth/wrongSecrets';
import { Callbacks } from '../callbacks/world';
import type { SandboxClock } from '../core/clock';
import { stableCorpId, stableSecret } from '../core/ids';
import { deleteContact } from '../customers/actions';
import type { Relation } from '../customers/model';
import { CustomerService } from '../customerService/world';
import { deliveriesOf } from '../massMessages/deliveries';
import type { ForeignTask, OddRecord, OddRecordOptions } from '../massMessages/foreignTasks';
import { addForeignTask, addOddRecord } from '../massMessages/foreignTasks';
import type { Delivery, ReceiveLimit, Task } from '../massMessages/model';
import type { Confirmation } from '../massMessages/world';
import { confirmPart } from '../massMessages/world';
import type { Settings } from '../settings';
import { settingsSchema } from '../settings';
import { Welcomes } from '../welcome/world';
import { CALLABLE_AGENT_ID, Corp } from './corp';

/**
 * Everything that exists behind the fake WeCom, and what people do there: members confirm tasks,
 * customers talk and leave, the platform invalidates tokens. Tests seed it, look at it and act in
 * it directly; the control API offers the same over HTTP.
 */
export class World {
	readonly corps = new Map<string, Corp>();
	readonly tokens = new Tokens();
	readonly rateLimiter = new RateLimiter();
	readonly wrongSecrets = new WrongSecrets();
	readonly welcomes = new Welcomes();
	readonly callbacks = new Callbacks(this);
	/** What customers, servicers and the admin do in customer service. */
	readonly customerService = new CustomerService(this);
	readonly settings: Settings;
	/** The IP that calls seem to come from. Default: the real one, 127.0.0.1. */
	callerIp: string | undefined;

	constructor(
		readonly clock: SandboxClock,
		settings: Partial<Settings> = {},
	) {
		this.settings = settingsSchema.parse(settings);
	}

	/** The corp whose ID and secret the sandbox announces. */
	get corp(): Corp {
		const [first] = this.corps.values();
		if (!first) throw new Error('The sandbox has no corp: seed it first');
		return first;
	}

	addCorp(name: string): Corp {
		const corp = new Corp(stableCorpId(name), name);
		corp.addApp({
			agentId: CALLABLE_AGENT_ID,
			name: 'Campaigns',
			secret: stableSecret(corp.corpId, CALLABLE_AGENT_ID),
		});
		this.corps.set(corp.corpId, corp);
		return corp;
	}

	/** Forgets everything but the settings, the clock and the callback URLs. */
	clear(): void {
		this.corps.clear();
		this.tokens.clear();
		this.rateLimiter.clear();
		this.wrongSecrets.clear();
		this.welcomes.clear();
		this.callbacks.clear();
		this.callerIp = undefined;
	}

	now(): number {
		return this.clock.now();
	}

	// What members do

	/**
	 * The member confirms the task on the phone and it is delivered; without `userid` all members
	 * of the task confirm. With `only`, just these customers (or groups) are sent to.
	 */
	confirmTask(
		msgid: string,
		userid?: string,
		options: { only?: readonly string[] } = {},
	): Confirmation {
		const { corp, task } = this.locate(msgid);
		if (!this.isDispatched(task)) throw new Error(`Task ${msgid} is still being dispatched`);
		if (task.cancelled) throw new Error(`Task ${msgid} is cancelled`);
		const parts = [...task.parts.values()].filter(
			(part) => userid === undefined || part.userid === userid,
		);
		if (parts.length === 0) throw new Error(`Member ${userid} has no part in task ${msgid}`);
		const total: Confirmation = { sent: 0, notFriend: 0, overLimit: 0 };
		for (const part of parts) {
			const outcome = confirmPart(corp, task, part, this.now(), options.only);
			total.sent += outcome.sent;
			total.notFriend += outcome.notFriend;
			total.overLimit += outcome.overLimit;
		}
		return total;
	}

	/** A member writes a mass message of their own (create_type 1) and sends it at once. */
	addPersonalMessage(
		userid: string,
		externalUserids: readonly string[],
		text: string,
		corp = this.corp,
	): Task {
		const recipients = { [userid]: externalUserids };
		const task = this.addForeignTask({ createType: 1, creator: userid, text, recipients }, corp);
		for (const part of task.parts.values()) confirmPart(corp, task, part, this.now());
		return task;
	}

	/** The two talk: this member is now the one who last talked with the customer. */
	interact(userid: string, externalUserid: string, corp = this.corp): void {
		this.relation(corp, userid, externalUserid).lastInteraction = this.now();
		this.welcomes.chatStarted(userid, externalUserid);
	}

	/** The customer deletes the member, or is deleted by them. */
	deleteRelation(
		userid: string,
		externalUserid: string,
		corp = this.corp,
		by: 'customer' | 'member' = 'customer',
	): void {
		deleteContact(this, corp, { userid, externalUserid }, by);
	}

	// What other programs do

	/** Another program creates a task, by default with the same app. Nobody has sent it yet. */
	addForeignTask(task: ForeignTask, corp = this.corp): Task {
		return addForeignTask(corp, task, this.now());
	}

	/** Adds a task that no document describes (A75), by the name of what is odd about it. */
	addOddRecord(oddity: OddRecord, options: OddRecordOptions = {}, corp = this.corp): Task {
		return addOddRecord(corp, oddity, options, this.now());
	}

	// What the platform and the admin do

	/** All access tokens now alive answer 42001. */
	expireTokens(): void {
		this.tokens.killAll(42001);
	}

	/** All access tokens now alive answer 40014 (or 42001). */
	killToken(refusal: TokenRefusal = 40014): void {
		this.tokens.killAll(refusal);
	}

	/** Seconds after its creation until a task stops answering 41063 and has member rows. */
	setDispatchDelay(seconds: number): void {
		this.settings.dispatchDelaySeconds = seconds;
	}

	setReceiveLimit(limit: ReceiveLimit, corp = this.corp): void {
		corp.receiveLimit = limit;
	}

	/** Gives the member an interworking licence, or takes it away. */
	setLicensed(userid: string, licensed: boolean, corp = this.corp): void {
		const member = corp.members.get(userid);
		if (!member) throw new Error(`There is no member ${userid}`);
		member.licensed = licensed;
	}

	// What there is to see

	tasks(corp?: Corp): Task[] {
		const corps = corp ? [corp] : [...this.corps.values()];
		return corps.flatMap((each) => [...each.tasks.values()]);
	}

	/** Tasks that name this customer (or group) as a recipient, whoever created them. */
	tasksFor(recipientId: string): Task[] {
		return this.tasks().filter((task) =>
			[...task.parts.values()].some((part) =>
				part.recipients.some((recipient) => recipient.id === recipientId),
			),
		);
	}

	/** What arrived at this customer (or group). */
	receivedBy(recipientId: string): readonly Delivery[] {
		return [...this.corps.values()].flatMap((corp) => deliveriesOf(corp).get(recipientId) ?? []);
	}

	isDispatched(task: Task): boolean {
		return (
			task.createType === 1 || this.now() >= task.createTime + this.settings.dispatchDelaySeconds
		);
	}

	private locate(msgid: string): { corp: Corp; task: Task } {
		for (const corp of this.corps.values()) {
			const task = corp.tasks.get(msgid);
			if (task) return { corp, task };
		}
		throw new Error(`There is no task ${msgid}`);
	}

	private relation(corp: Corp, userid: string, externalUserid: string): Relation {
		const relation = corp.relation(userid, externalUserid);
		if (!relation) throw new Error(`${externalUserid} is not a customer of ${userid}`);
		return relation;
	}
}
