import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
} from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { clock } from '../../nodes/shared/adapters/clock';
import type { Sandbox, SandboxOptions } from '../sandbox';
import type {
	CredentialStore,
	Engine,
	EngineResult,
	EngineRun,
	ListSearchRequest,
	NodeSettings,
} from './engine';
import { createEngine } from './engine';
import { fileNamed, mimeTypeOf } from './files';
import type { AnyNodeType } from './nodeTypes';
import { customersOf, TestSandbox } from './sandbox';
import type { WaitingExecution } from './waiting';

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

/** An engine for one node of the package. */
export function engineOf(nodeType: AnyNodeType): Engine {
	return createEngine({ nodeTypes: [nodeType], credentialTypes: [new WeComExternalContactApi()] });
}

/**
 * A sandbox, a credential for it, and a node in n8n's engine. Both share a clock that only waits of the node and the
 * test itself move: no test takes long, and none depends on how long it takes.
 */
export class NodeScenario {
	readonly sandbox: TestSandbox;

	private store?: CredentialStore;

	private readonly waiting: WaitingExecution[] = [];

	private restoreClock = () => {};

	constructor(
		readonly engine: Engine,
		options: SandboxOptions = {},
	) {
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
		this.store = this.engine.credential(credentialFor(this.sandbox));
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
		return await this.engine.run(this.engineRun(parameters, run));
	}

	/** Runs an operation that waits, and serves what it waits for until the scenario stops. */
	async runUntilWaiting(
		parameters: IDataObject,
		run: ScenarioRun = {},
	): Promise<{ result: EngineResult; execution: WaitingExecution }> {
		const whole = this.engineRun(parameters, run);
		const result = await this.engine.run(whole);
		if (result.status !== 'waiting') throw result.error ?? new Error(`It is ${result.status}`);
		const execution = await this.engine.serveWaiting(result, whole);
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

	/** The search of a resource locator in the editor. */
	async search(method: string, request: ListSearchRequest = {}): Promise<INodeListSearchResult> {
		return await this.engine.listSearch(method, { credential: this.credential, ...request });
	}

	/** Binary data as a node before this one gives it. */
	async file(
		name: string,
		content: Buffer = fileNamed(name),
		mimeType = mimeTypeOf(name),
	): Promise<IBinaryData> {
		return await this.engine.binary(content, name, mimeType);
	}

	/** An input item with a file in its field `data`. */
	async itemWithFile(
		name: string,
		{ content, json = {} }: { content?: Buffer; json?: IDataObject } = {},
	): Promise<INodeExecutionData> {
		return { json, binary: { data: await this.file(name, content) } };
	}

	customersOf(userid: string): string[] {
		return customersOf(this.sandbox, userid);
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
export function started<S extends NodeScenario>(scenario: S): S {
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
