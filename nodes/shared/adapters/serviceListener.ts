import type { IDataObject, IRun, ITriggerFunctions } from 'n8n-workflow';
import { ExecutionCancelledError } from 'n8n-workflow';

import { WeComClient } from '../client/core/client';
import { CUSTOMER_SERVICE_API } from '../client/core/consoleMenus';
import { asError, reasonOf, WeComInputError } from '../client/core/errors';
import { listServiceAccounts } from '../client/customerService/accounts';
import { ORIGIN } from '../client/customerService/messages';
import type { ReaderOptions, SavedState } from '../client/customerService/reader';
import { Reader } from '../client/customerService/reader';
import { replyWindows } from '../client/customerService/replyWindows';
import { syncPage } from '../client/customerService/syncPage';
import type { ServiceMessage, SyncRequest, SyncResponse } from '../client/customerService/types';
import { StoppableClock } from './clock';
import { startedMessages } from './startedMessages';
import { n8nTransport } from './transport';

/** What the builder asks for. */
export interface ListenerSettings extends ReaderOptions {
	/** Undefined for all that the app may read. */
	readonly accounts: readonly string[] | undefined;
	/** Milliseconds between two looks without a callback. */
	readonly checkEveryMs: number;
	wants(message: ServiceMessage): boolean;
}

/** How a trigger reads its fields, and what a message starts the workflow with. */
export interface MessageTrigger {
	/** @throws WeComInputError */
	settings(parameter: (name: string) => unknown): ListenerSettings;
	item(message: ServiceMessage, timezone: string): IDataObject;
}

/** Milliseconds between two lists of the accounts: a new one tells of itself, unless its callback is lost. */
const LIST_ACCOUNTS_EVERY_MS = 10 * 60_000;

/** Listens for one published workflow, in the process that runs its triggers. */
export class ServiceListener {
	private readonly clock = new StoppableClock();
	private readonly reader: Reader;
	private readonly accounts = new Set<string>();
	/** Unix seconds since when every message passes through this process. */
	private listeningSince?: number;
	private client: WeComClient;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly trigger: MessageTrigger,
		private readonly settings: ListenerSettings,
	) {
		this.client = this.newClient();
		this.reader = new Reader(
			{
				sync: async (request) => await this.sync(request),
				start: async (message) => await this.start(message),
				wants: (message) => settings.wants(message),
				saved: context.getWorkflowStaticData('node') as SavedState,
				now: () => this.client.serverTime(),
				sleep: async (ms) => await this.clock.sleep(ms),
				log: (text) => context.logger.warn(`${context.getNode().name}: ${text}`),
			},
			settings,
		);
	}

	/**
	 * Resolves when every account that is new has been read once.
	 *
	 * @throws WeComError, which n8n shows to whoever publishes the workflow
	 */
	async begin(): Promise<void> {
		const ids = this.settings.accounts ?? (await this.visibleAccounts());
		for (const id of ids) this.add(id);
		await this.reader.begin(ids);
		void this.keepLooking();
	}

	/** A callback says that there is something to read. */
	ring(id: string, token: string | undefined): void {
		if (this.settings.accounts && !this.settings.accounts.includes(id)) return;
		this.add(id);
		this.reader.ring(id, token);
	}

	/** Takes up accounts that are new, and leaves those that are gone. */
	async lookForAccounts(): Promise<void> {
		if (this.settings.accounts) return;
		try {
			const ids = await this.visibleAccounts();
			for (const id of this.accounts) if (!ids.includes(id)) this.remove(id);
			for (const id of ids) if (!this.accounts.has(id)) this.ring(id, undefined);
		} catch (error) {
			const { context } = this;
			const reason = reasonOf(error);
			context.logger.warn(`${context.getNode().name}: the accounts could not be read: ${reason}`);
		}
	}

	stop(): void {
		this.reader.stop();
		this.clock.stop();
		for (const id of this.accounts) this.remove(id);
	}

	private add(id: string): void {
		if (this.accounts.has(id)) return;
		this.accounts.add(id);
		replyWindows.listen(id);
	}

	private remove(id: string): void {
		this.accounts.delete(id);
		this.reader.forget(id);
		replyWindows.stopListening(id);
	}

	/** A callback may have been lost, or gone to another process. */
	private async keepLooking(): Promise<void> {
		const { checkEveryMs } = this.settings;
		for (let sinceList = checkEveryMs; ; sinceList += checkEveryMs) {
			await this.clock.sleep(checkEveryMs);
			if (this.clock.aborted) return;
			this.reader.lookAtAll();
			if (sinceList < LIST_ACCOUNTS_EVERY_MS) continue;
			sinceList = 0;
			await this.lookForAccounts();
		}
	}

	/** @throws WeComInputError when there is none: a workflow that nothing can start is a mistake */
	private async visibleAccounts(): Promise<string[]> {
		const ids = await this.ask(async (client) => {
			const found: string[] = [];
			for await (const { open_kfid, manage_privilege } of listServiceAccounts(client)) {
				if (manage_privilege !== false) found.push(open_kfid);
			}
			return found;
		});
		if (ids.length > 0) return ids;
		throw new WeComInputError(
			'The app may read no customer service account, so nothing would start the workflow',
			`In the WeCom admin console, open ${CUSTOMER_SERVICE_API} and let the app manage an account.`,
		);
	}

	private async sync(request: SyncRequest): Promise<SyncResponse> {
		const page = await this.ask(async (client) => await syncPage(client, request));
		const since = (this.listeningSince ??= this.client.serverTime());
		// What was answered before is not known here.
		for (const message of page.msg_list ?? []) if (message.send_time >= since) hear(message);
		return page;
	}

	/** Resolves when the execution for the message has ended, in whatever way. */
	private async start(message: ServiceMessage): Promise<void> {
		const { context } = this;
		const key = `wecomkf:${context.getWorkflow().id}:${context.getNode().id}:${message.msgid}`;
		await startedMessages.once(key, async () => {
			hear(message);
			await this.execute(message, key);
		});
	}

	private async execute(message: ServiceMessage, key: string): Promise<void> {
		const { context, trigger } = this;
		const ended = context.helpers.createDeferredPromise<IRun>();
		const json = trigger.item(message, context.getTimezone());
		// n8n 2 refuses a second execution with the same key, whoever starts it. n8n 1 takes no key.
		const keys: [string?] = context.emit.length >= 4 ? [key] : [];
		context.emit([[{ json }]], undefined, ended, ...keys);
		try {
			await ended.promise;
		} catch (error) {
			// It was started, and somebody wanted it to end. Any other failure means that there is no execution.
			if (!(error instanceof ExecutionCancelledError)) throw asError(error);
		}
	}

	/** A client remembers a token that it could not get, so that one run does not ask again; this one must. */
	private async ask<T>(work: (client: WeComClient) => Promise<T>): Promise<T> {
		try {
			return await work(this.client);
		} catch (error) {
			this.client = this.newClient();
			throw asError(error);
		}
	}

	private newClient(): WeComClient {
		return new WeComClient({
			transport: n8nTransport(this.context),
			clock: this.clock,
			random: Math.random,
			cancelSignal: this.clock,
		});
	}
}

/** A customer's message opens the window for the answers. */
function hear({ origin, open_kfid, external_userid, send_time }: ServiceMessage): void {
	if (origin !== ORIGIN.customer || !open_kfid || !external_userid) return;
	replyWindows.heard({ open_kfid, external_userid }, send_time);
}
