import { wecomApi } from './areas';
import { controls } from './control/controlApi';
import { SandboxClock } from './core/clock';
import { Faults } from './core/faults';
import { RequestLog } from './core/log';
import { createApp } from './core/server';
import type { Settings } from './settings';
import { CALLABLE_AGENT_ID } from './world/corp';
import type { LargeSeed } from './world/seeds';
import { seedLarge, seedSmall } from './world/seeds';
import { World } from './world/world';

export type * from './appMessages/model';
export type { Phone } from './appMessages/world';
export { phoneOf, setDepartment, setMemberTag } from './appMessages/world';
export type * from './auth/model';
export type { CallbackOutcome } from './callbacks/callbacks';
export { fireCallback, verifyCallbackUrl } from './callbacks/callbacks';
export type { CallbackEvent } from './callbacks/event';
export type { CallbackTarget } from './callbacks/target';
export type { CallbackDelivery } from './callbacks/world';
export type { SandboxClock } from './core/clock';
export type { Fault, FaultHandle, FaultRule, Faults } from './core/faults';
export { stableCorpId } from './core/ids';
export type { LoggedRequest, RequestLog } from './core/log';
export { wait } from './core/timers';
export type * from './customerGroups/model';
export type * from './customers/model';
export type { Chat, ChatEntry, KfAccount } from './customerService/model';
export type { Written } from './customerService/written';
export { setCustomer, setRelation } from './customers/world';
export type { ForeignTask, OddRecord, OddRecordOptions } from './massMessages/foreignTasks';
export { oddRecords } from './massMessages/foreignTasks';
export type * from './massMessages/model';
export type * from './media/model';
export type { Settings } from './settings';
export type * from './tags/model';
export type { Corp } from './world/corp';
export { CALLABLE_AGENT_ID } from './world/corp';
export type { LargeSeed } from './world/seeds';
export { OTHER_AGENT_ID, seedLarge, seedSmall } from './world/seeds';
export type { World } from './world/world';

/** What the sandbox serves: its endpoints by path, and the text of every error code it answers. */
export const { endpoints, errorTexts } = wecomApi;

/** Where and how a sandbox starts; any setting may be given too. */
export interface SandboxOptions extends Partial<Settings> {
	/** Default: any free port. */
	port?: number;
	/** Where the clock starts; a number is Unix seconds. Default: now. */
	startAt?: Date | number;
	/** Default: the small world. */
	seed?: 'small' | LargeSeed;
}

/** A running fake WeCom. */
export interface Sandbox {
	/** For the credential's API Base URL. */
	readonly url: string;
	/** Of the first corp and its callable app. */
	readonly corpId: string;
	readonly secret: string;
	readonly world: World;
	readonly clock: SandboxClock;
	readonly log: RequestLog;
	readonly faults: Faults;
	/** Closes the server and every open connection. */
	stop(): Promise<void>;
}

/** Starts a fake WeCom on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, startAt, seed = 'small', ...settings } = options;
	const clock = new SandboxClock(startAt);
	const world = new World(clock, settings);
	const log = new RequestLog();
	const faults = new Faults();
	if (seed === 'small') seedSmall(world);
	else seedLarge(world, seed);

	const parts = { world, log, faults };
	const server = await listen(createApp(parts, wecomApi, controls(parts)), port);
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The sandbox has no port');

	return {
		url: `http://127.0.0.1:${address.port}`,
		get corpId() {
			return world.corp.corpId;
		},
		get secret() {
			return world.corp.apps.get(CALLABLE_AGENT_ID)?.secret ?? '';
		},
		...parts,
		clock,
		stop: async () => {
			world.callbacks.stop();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

type HttpServer = ReturnType<ReturnType<typeof createApp>['listen']>;

async function listen(app: ReturnType<typeof createApp>, port: number): Promise<HttpServer> {
	return await new Promise((resolve, reject) => {
		const server = app.listen(port, '127.0.0.1', (error?: Error) => {
			if (error) reject(error);
			else resolve(server);
		});
		// Longer than any client keeps an idle connection, so that none is closed under a request.
		server.keepAliveTimeout = 120_000;
	});
}
