import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import { clock } from '../../nodes/shared/adapters/clock';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node';
import type { Sandbox, SandboxOptions } from '../sandbox';
import { startSandbox } from '../sandbox';
import type { CredentialStore, EngineResult, EngineRun } from './engine';
import { createEngine } from './engine';

const engine = createEngine({
	nodeTypes: [new WeComExternalContact()],
	credentialTypes: [new WeComExternalContactApi()],
});

export interface Scenario {
	readonly engine: typeof engine;
	readonly sandbox: Sandbox;
	/** The credential of the sandbox's callable app. */
	readonly credential: CredentialStore;
	/** Runs one operation through the engine; `run` adds to or replaces what the scenario sets. */
	run(parameters: IDataObject, run?: Partial<EngineRun>): Promise<EngineResult>;
	stop(): Promise<void>;
}

/**
 * A sandbox, a credential for it, and the node in n8n's engine. Both share a clock that only waits of the node and
 * the test itself move: no test takes long, and none depends on how long it takes.
 */
export async function startScenario(options: SandboxOptions = {}): Promise<Scenario> {
	const sandbox = await startSandbox(options);
	sandbox.clock.freeze();
	makeNumbersUnique(sandbox);
	const real = { now: clock.now, sleep: clock.sleep };
	clock.now = () => sandbox.clock.now() * 1_000;
	clock.sleep = async (ms) => {
		sandbox.clock.advance(ms / 1_000);
		await Promise.resolve();
	};
	const credential = engine.credential(credentialFor(sandbox));
	return {
		engine,
		sandbox,
		credential,
		run: async (parameters, run = {}) =>
			await engine.run({
				credential,
				timezone: 'Asia/Shanghai',
				...run,
				node: { ...run.node, parameters },
			}),
		stop: async () => {
			Object.assign(clock, real);
			await sandbox.stop();
		},
	};
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

/** External user IDs of a member's customers in the sandbox, in the order in which they came. */
export function customersOf(sandbox: Sandbox, userid: string): string[] {
	const member = sandbox.world.corp.members.get(userid);
	return (member?.relations ?? []).map((relation) => relation.customer.externalUserid);
}

/** Recipients of every task the sandbox holds, in the order of creation. */
export function recipientsOfTasks({ world }: Sandbox): string[][] {
	return world
		.tasks()
		.map((task) => [...task.parts.values()].flatMap((part) => part.recipients.map(({ id }) => id)));
}
