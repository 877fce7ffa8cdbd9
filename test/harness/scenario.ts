import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
} from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { clock } from '../../nodes/shared/adapters/clock';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node';
import type { Sandbox, SandboxOptions, Task } from '../sandbox';
import type {
	CredentialStore,
	EngineResult,
	EngineRun,
	ListSearchRequest,
	NodeSettings,
} from './engine';
import { createEngine } from './engine';
import { fileNamed, mimeTypeOf } from './files';
import { engineOfOtherProcess } from './otherProcess';
import {
	customersOf,
	groupsOf,
	recipientsOfTasks,
	tagNamed,
	tagGroupNamed,
	tagLibrary,
	TestSandbox,
} from './sandbox';
import type { WaitingExecution } from './waiting';

const engine = createEngine({
	nodeTypes: [new WeComExternalContact()],
	credentialTypes: [new WeComExternalContactApi()],
});

/** What a test may set of a run besides the parameters. */
export type ScenarioRun = Partial<Omit<EngineRun, 'node'>> & { node?: NodeSettings };

export const continueOnFail = {
	node: { onError: 'continueRegularOutput' },
} as const satisfies ScenarioRun;

export const continueWithErrorOutput = {
	node: { onError: 'continueErrorOutput' },
} as const satisfies ScenarioRun;

export const retryOnFail = {
	node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
} as const satisfies ScenarioRun;

/** A task to be created: other parameters than these go to Broadcast as they are. */
export interface NewTask extends IDataObject {
	sender?: string;
	/** Default: all customers of the sender. */
	to?: string[];
}

/**
 * A sandbox, a credential for it, and the node in n8n's engine. Both share a clock that only waits of the node and
 * the test itself move: no test takes long, and none depends on how long it takes.
 */
export class Scenario {
	readonly engine = engine;

	readonly sandbox: TestSandbox;

	private store?: CredentialStore;

	private readonly waiting: WaitingExecution[] = [];

	private restoreClock = () => {};

	constructor(options: SandboxOptions = {}) {
		this.sandbox = new TestSandbox({ frozen: true, ...options });
	}

	/** The credential of the sandbox's callable app. */
	get credential(): CredentialStore {
		if (!this.store) throw new Error('The scenario runs in tests and hooks only');
		return this.store;
	}

	async start(options: SandboxOptions = {}): Promise<void> {
		await this.sandbox.start(options);
		makeNumbersUnique(this.sandbox);
		this.useClockOfSandbox();
		this.store = engine.credential(credentialFor(this.sandbox));
	}

	/** For a test that needs another world than the rest of its file. */
	async restart(options: SandboxOptions = {}): Promise<void> {
		await this.stop();
		await this.start(options);
	}

	async stop(): Promise<void> {
		for (const execution of this.waiting.splice(0)) await execution.stop();
		this.restoreClock();
		await this.sandbox.stop();
	}

	/** Runs one operation through the engine; `run` adds to or replaces what the scenario sets. */
	async run(parameters: IDataObject, run: ScenarioRun = {}): Promise<EngineResult> {
		return await engine.run(this.engineRun(parameters, run));
	}

	/** Runs an operation that waits, and serves what it waits for until the scenario stops. */
	async runUntilWaiting(
		parameters: IDataObject,
		run: ScenarioRun = {},
	): Promise<{ result: EngineResult; execution: WaitingExecution }> {
		const whole = this.engineRun(parameters, run);
		const result = await engine.run(whole);
		if (result.status !== 'waiting') throw result.error ?? new Error(`It is ${result.status}`);
		const execution = await engine.serveWaiting(result, whole);
		this.waiting.push(execution);
		return { result, execution };
	}

	private engineRun(parameters: IDataObject, run: ScenarioRun): EngineRun {
		return {
			credential: this.credential,
			timezone: 'Asia/Shanghai',
			...run,
			node: { ...run.node, parameters },
		};
	}

	/** Broadcasts for Lin; to all of Lin's customers unless the parameters say to whom. */
	async broadcast(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(this.broadcastParameters(parameters), run);
	}

	private broadcastParameters(parameters: IDataObject): IDataObject {
		const { sendTo = 'customers' } = parameters;
		return {
			resource: 'message',
			operation: 'broadcast',
			sendTo,
			...(sendTo === 'customers' && { externalUserIds: this.customersOf('lin').join() }),
			sentBy: 'member',
			member: byId('lin'),
			text: 'The new harvest is here',
			...parameters,
		};
	}

	/** The same broadcast by a node that shares no memory with this one, as in another worker of n8n. */
	async broadcastElsewhere(parameters: IDataObject = {}): Promise<EngineResult> {
		const other = engineOfOtherProcess(clock.now, clock.sleep);
		return await other.run({
			credential: other.credential({ ...this.credential.data, accessToken: '' }),
			timezone: 'Asia/Shanghai',
			executionId: 'elsewhere',
			node: { parameters: this.broadcastParameters(parameters) },
		});
	}

	/** Sends for Lin, to the customer in the field `customer` of each input item. */
	async send(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'message',
				operation: 'send',
				member: byId('lin'),
				customer: byId('={{ $json.customer }}'),
				text: 'Your order has arrived',
				...parameters,
			},
			run,
		);
	}

	/** Creates a task as the node does and gives its msgid. */
	async createTask({ sender = 'lin', to, ...parameters }: NewTask = {}): Promise<string> {
		const { items, error } = await this.broadcast({
			...(parameters.sendTo === undefined && {
				externalUserIds: (to ?? this.customersOf(sender)).join(),
			}),
			member: byId(sender),
			text: 'Hi',
			...parameters,
		});
		if (error) throw error;
		return String(items[0]?.json.msgid);
	}

	/** Get Task Status; the summary unless the parameters say otherwise. */
	async status(
		msgid: string,
		parameters: IDataObject = {},
		run?: ScenarioRun,
	): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'message',
				operation: 'getTaskStatus',
				msgid: byId(msgid),
				output: 'summary',
				...parameters,
			},
			run,
		);
	}

	async cancel(msgid: string, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run({ resource: 'message', operation: 'cancel', msgid: byId(msgid) }, run);
	}

	/** The search of a resource locator in the editor. */
	async search(method: string, request: ListSearchRequest = {}): Promise<INodeListSearchResult> {
		return await engine.listSearch(method, { credential: this.credential, ...request });
	}

	/** Lists all customers of all members unless the parameters say otherwise. */
	async listCustomers(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'customer',
				operation: 'list',
				memberScope: 'all',
				returnAll: true,
				...parameters,
			},
			run,
		);
	}

	/** Binary data as a node before this one gives it. */
	async file(
		name: string,
		content: Buffer = fileNamed(name),
		mimeType = mimeTypeOf(name),
	): Promise<IBinaryData> {
		return await engine.binary(content, name, mimeType);
	}

	/** An input item with a file in its field `data`. */
	async itemWithFile(
		name: string,
		{ content, json = {} }: { content?: Buffer; json?: IDataObject } = {},
	): Promise<INodeExecutionData> {
		return { json, binary: { data: await this.file(name, content) } };
	}

	/** The code of an event that says that Lin and one of Lin's customers have just met. */
	welcomeCode(position = 0): string {
		const { world } = this.sandbox;
		const customer = this.customersOf('lin')[position] ?? '';
		return world.welcomes.issue(world.corp, 'lin', customer, this.sandbox.clock.now());
	}

	customersOf(userid: string): string[] {
		return customersOf(this.sandbox, userid);
	}

	groupsOf(userid: string): string[] {
		return groupsOf(this.sandbox, userid);
	}

	tagId(name: string): string {
		return tagNamed(this.sandbox, name).tagId;
	}

	tagGroupId(name: string): string {
		return tagGroupNamed(this.sandbox, name).groupId;
	}

	tagLibrary(): Record<string, string[]> {
		return tagLibrary(this.sandbox);
	}

	tasks(): Task[] {
		return this.sandbox.world.tasks();
	}

	recipientsOfTasks(): string[][] {
		return recipientsOfTasks(this.sandbox);
	}

	private useClockOfSandbox(): void {
		const real = { ...clock };
		this.restoreClock = () => Object.assign(clock, real);
		clock.now = () => this.sandbox.clock.now() * 1_000;
		clock.sleep = async (ms) => {
			this.sandbox.clock.advance(ms / 1_000);
			await Promise.resolve();
		};
	}
}

/** Starts a scenario before each test and stops it afterwards. */
export function useScenario(options: SandboxOptions = {}): Scenario {
	const scenario = new Scenario(options);
	beforeEach(async () => await scenario.start());
	afterEach(async () => await scenario.stop());
	return scenario;
}

let scenarios = 0;

/**
 * Every sandbox starts to number its tasks alike, and the node remembers the msgids of this process. At WeCom no
 * msgid comes twice.
 */
function makeNumbersUnique({ world }: Sandbox): void {
	for (let number = 0; number < scenarios * 50; number++) world.corp.nextNumber();
	scenarios++;
}

export function credentialFor({ url, corpId, secret }: Sandbox): ICredentialDataDecryptedObject {
	return { corpId, secret, baseUrl: url, allowUnencrypted: false, accessToken: '' };
}

/** The value of a resource locator filled in by ID. */
export function byId(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}

/** The parameter of a message with attachments. */
export function attach(...attachments: IDataObject[]): IDataObject {
	return { attachments: { attachment: attachments } };
}
