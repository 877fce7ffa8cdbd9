import type { CustomerGroup, Sandbox, SandboxOptions, Tag, TagGroup } from '../sandbox';
import { startSandbox } from '../sandbox';

export interface TestSandboxOptions extends SandboxOptions {
	/** The clock stands still until a test moves it. */
	frozen?: boolean;
}

/** A sandbox that every test starts anew: it always shows the one that is running. */
export class TestSandbox implements Sandbox {
	private running?: Sandbox;

	constructor(private readonly options: TestSandboxOptions = {}) {}

	/** @param options add to those of the constructor, or replace them */
	async start(options: TestSandboxOptions = {}): Promise<void> {
		const { frozen = false, ...rest } = { ...this.options, ...options };
		this.running = await startSandbox(rest);
		if (frozen) this.clock.freeze();
	}

	/** For a test that needs another world than the rest of its file. */
	async restart(options: TestSandboxOptions = {}): Promise<void> {
		await this.stop();
		await this.start(options);
	}

	async stop(): Promise<void> {
		await this.running?.stop();
	}

	get url() {
		return this.sandbox.url;
	}

	get corpId() {
		return this.sandbox.corpId;
	}

	get secret() {
		return this.sandbox.secret;
	}

	get world() {
		return this.sandbox.world;
	}

	get clock() {
		return this.sandbox.clock;
	}

	get log() {
		return this.sandbox.log;
	}

	get faults() {
		return this.sandbox.faults;
	}

	private get sandbox(): Sandbox {
		if (!this.running) throw new Error('The sandbox runs in tests and hooks only');
		return this.running;
	}
}

/** Starts a sandbox before each test and stops it afterwards. */
export function useSandbox(options: TestSandboxOptions = {}): TestSandbox {
	const sandbox = new TestSandbox(options);
	beforeEach(async () => await sandbox.start());
	afterEach(async () => await sandbox.stop());
	return sandbox;
}

/** External user IDs of a member's customers, in the order in which they came. */
export function customersOf({ world }: Sandbox, userid: string): string[] {
	const { relations = [] } = world.corp.members.get(userid) ?? {};
	return relations.map(({ customer }) => customer.externalUserid);
}

export function groupNamed({ world }: Sandbox, name: string): CustomerGroup {
	return named('customer group', world.corp.groups, name);
}

/** Chat IDs of the customer groups that a member owns. */
export function groupsOf({ world }: Sandbox, userid: string): string[] {
	return [...world.corp.groups.values()]
		.filter(({ owner }) => owner === userid)
		.map(({ chatId }) => chatId);
}

export function tagNamed({ world }: Sandbox, name: string): Tag {
	return named('tag', world.corp.tags, name);
}

export function tagGroupNamed({ world }: Sandbox, name: string): TagGroup {
	return named('tag group', world.corp.tagGroups, name);
}

/** Names of the tags in the library, by group. */
export function tagLibrary({ world }: Sandbox): Record<string, string[]> {
	const groups = [...world.corp.tagGroups.values()].filter(({ deleted }) => !deleted);
	return Object.fromEntries(
		groups.map(({ name, tags }) => [
			name,
			tags.filter(({ deleted }) => !deleted).map((tag) => tag.name),
		]),
	);
}

/** Recipients of every task in the sandbox, in the order of creation. */
export function recipientsOfTasks({ world }: Sandbox): string[][] {
	return world
		.tasks()
		.map((task) => [...task.parts.values()].flatMap((part) => part.recipients.map(({ id }) => id)));
}

function named<T extends { name: string }>(
	kind: string,
	all: ReadonlyMap<string, T>,
	name: string,
): T {
	const found = [...all.values()].find((each) => each.name === name);
	if (!found) throw new Error(`The sandbox has no ${kind} ${name}`);
	return found;
}
