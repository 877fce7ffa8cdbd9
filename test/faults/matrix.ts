import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/shared/adapters/clock';
import type { EngineResult } from '../harness/engine';
import { PATHS } from '../harness/requests';
import type { NodeScenario } from '../harness/scenario';
import { Scenario } from '../harness/scenario';
import type { Fault, SandboxOptions } from '../sandbox';
import { Relay } from './relay';

/** Nobody listens when the request wants to connect. */
export interface RefusedConnection {
	readonly kind: 'refused';
}

/** One campaign under one fault. */
export interface Cell {
	readonly fault: Fault | RefusedConnection;
	/** Which request is hit. */
	readonly path: string;
	readonly call: number;
	/** Every later request of the path is hit too. */
	readonly lasting: boolean;
	readonly mode: (typeof MODES)[number] | 'changingExpressions' | 'retryButton' | 'twoProcesses';
	readonly ifUnknown: 'stop' | 'tryAgain';
	readonly conditions: keyof typeof CONDITIONS;
	/** Whether customers with a tag are left out, which reads before it creates. */
	readonly leavesOut?: boolean;
}

/** How WeCom, or the clock of this server, behaves apart from the fault. */
const CONDITIONS = {
	fair: {},
	/** The list shows a new task after some seconds. */
	slowList: { listDelaySeconds: 3 },
	/** The list does not show a new task while anybody looks. */
	hiddenList: { listDelaySeconds: 3_600 },
	/** Tasks are handed out for some seconds (41063). */
	slowDispatch: { dispatchDelaySeconds: 5 },
	/** Fresh msgids are not known for some seconds (41047). */
	unknownMsgids: { unknownMsgidSeconds: 4 },
	/** WeCom answers null where a list or text is empty. */
	nullLists: { absentLists: 'null' },
	clockBehind: {},
	clockAhead: {},
} satisfies Record<string, SandboxOptions>;

/** Seconds by which the clock of this server is off. */
const CLOCK_ERROR: Partial<Record<keyof typeof CONDITIONS, number>> = {
	clockBehind: -300,
	clockAhead: 300,
};

const ERRCODES = [-1, 40014, 42001, 45009, 45033, 45035, 40003, 40058, 41048, 48002, 84061, 99999];
const STATUSES = [301, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504];

export function allFaults(): Array<Cell['fault']> {
	const afters = [false, true];
	return [
		...ERRCODES.map((errcode): Fault => ({ kind: 'errcode', errcode })),
		{ kind: 'errcode', errcode: -1, after: true },
		...afters.flatMap((after) =>
			STATUSES.map((status): Fault => ({ kind: 'httpStatus', status, after })),
		),
		...afters.flatMap((after): Fault[] => [
			{ kind: 'html', after },
			{ kind: 'notJson', after },
			{ kind: 'noAnswer', after },
			{ kind: 'reset', after },
		]),
		{ kind: 'cutBody' },
		{ kind: 'cutBody', chunked: true },
		{ kind: 'delay', ms: 5 },
		{ kind: 'killToken', errcode: 40014 },
		{ kind: 'killToken', errcode: 42001 },
		{ kind: 'untrustedIp' },
		{ kind: 'refused' },
	];
}

/** The faults that stand for a class each. */
export function fewFaults(): Array<Cell['fault']> {
	const few = new Set([-1, 40014, 45009, 40058, 41048]);
	return allFaults().filter((fault) => {
		if (fault.kind === 'errcode') return few.has(fault.errcode);
		if (fault.kind === 'httpStatus') return fault.status === 404 || fault.status === 502;
		return fault.kind !== 'notJson' && fault.kind !== 'delay';
	});
}

/** Every request of a broadcast of 3 batches, in which nothing goes wrong. */
const CALLS = [
	{ path: PATHS.token, call: 1 },
	{ path: PATHS.members, call: 1 },
	{ path: PATHS.create, call: 1 },
	{ path: PATHS.create, call: 2 },
	{ path: PATHS.create, call: 3 },
];

/** What is read to leave out customers with a tag. */
const READS = [PATHS.tags, PATHS.members, PATHS.customers];

const MODES = ['plain', 'retryOnFail', 'continueOnFail'] as const;
const CHOICES = ['stop', 'tryAgain'] as const;

export function* wholeMatrix(): Generator<Cell> {
	for (const fault of allFaults()) {
		for (const { path, call } of CALLS) {
			const creates = path === PATHS.create;
			const possible = creates
				? (Object.keys(CONDITIONS) as Array<keyof typeof CONDITIONS>)
				: (['fair'] as const);
			for (const conditions of possible) {
				for (const mode of MODES) {
					for (const ifUnknown of CHOICES) {
						for (const lasting of [false, true]) {
							yield { fault, path, call, lasting, mode, ifUnknown, conditions };
						}
					}
				}
			}
			if (creates) yield* otherModes(fault, call);
		}
		yield* leavingOut(fault, [1, 2, 3]);
	}
}

/** The same with customers left out: each request that creates, and each that reads whom to leave out. */
function* leavingOut(fault: Cell['fault'], creations: readonly number[]): Generator<Cell> {
	const cell = { fault, lasting: false, ifUnknown: 'stop', leavesOut: true } as const;
	for (const call of creations) {
		for (const mode of MODES) {
			yield { ...cell, path: PATHS.create, call, mode, conditions: 'fair' };
		}
		yield { ...cell, path: PATHS.create, call, mode: 'retryOnFail', conditions: 'slowList' };
		for (const other of otherModes(fault, call)) yield { ...other, leavesOut: true };
	}
	for (const path of READS) {
		for (const lasting of [false, true]) {
			yield { ...cell, path, call: 1, lasting, mode: 'retryOnFail', conditions: 'fair' };
		}
	}
}

/** What else may vary: expressions between tries, a second execution after a failed one, a second process. */
function* otherModes(fault: Cell['fault'], call: number): Generator<Cell> {
	const cell = { fault, path: PATHS.create, call, lasting: false, ifUnknown: 'stop' } as const;
	for (const conditions of ['fair', 'clockBehind', 'clockAhead', 'nullLists'] as const) {
		yield { ...cell, mode: 'changingExpressions', conditions };
		yield { ...cell, mode: 'retryButton', conditions };
		yield { ...cell, mode: 'twoProcesses', conditions };
	}
}

export function* reducedMatrix(): Generator<Cell> {
	for (const fault of fewFaults()) {
		for (const mode of MODES) {
			for (const ifUnknown of CHOICES) {
				yield {
					fault,
					path: PATHS.create,
					call: 2,
					lasting: false,
					mode,
					ifUnknown,
					conditions: 'fair',
				};
			}
			yield {
				fault,
				path: PATHS.create,
				call: 2,
				lasting: true,
				mode,
				ifUnknown: 'stop',
				conditions: 'slowList',
			};
			yield {
				fault,
				path: PATHS.create,
				call: 1,
				lasting: false,
				mode,
				ifUnknown: 'stop',
				conditions: 'hiddenList',
			};
		}
		for (const conditions of ['clockBehind', 'clockAhead', 'nullLists'] as const) {
			yield {
				fault,
				path: PATHS.create,
				call: 1,
				lasting: false,
				mode: 'retryOnFail',
				ifUnknown: 'stop',
				conditions,
			};
		}
		yield* [...otherModes(fault, 2)].slice(0, 3);
		yield {
			fault,
			path: PATHS.token,
			call: 1,
			lasting: false,
			mode: 'plain',
			ifUnknown: 'stop',
			conditions: 'fair',
		};
		yield* [...leavingOut(fault, [2])].filter(
			({ mode, conditions, path, lasting }) =>
				mode !== 'plain' && conditions === 'fair' && (path === PATHS.create || !lasting),
		);
	}
}

/** The tag of customers who want no messages. */
const LEFT_OUT = 'Silver';

export interface Outcome {
	/** Promises that were broken, in words; empty when all held. */
	readonly broken: readonly string[];
	/** Recipients in more than one task. */
	readonly repeated: number;
	/** Whether the document allows them (README, "What happens when something goes wrong"). */
	readonly allowed: boolean;
}

/** Sandbox seconds after which a run has taken too long: three minute limits and the looks in between. */
const LONGEST_RUN_SECONDS = 900;

/** Runs one cell: a broadcast to all 12 customers of Lin, which the test's limit cuts into 3 tasks. */
export async function runCell(cell: Cell): Promise<Outcome> {
	const scenario = new Scenario(CONDITIONS[cell.conditions]);
	await scenario.start();
	const relay = await putRelayInFront(scenario);
	try {
		const { sandbox } = scenario;
		setClockOff(scenario, CLOCK_ERROR[cell.conditions] ?? 0);
		const named = scenario.customersOf('lin');
		const wanted = cell.leavesOut ? withoutTagged(scenario, named) : named;
		const started = sandbox.clock.now();
		arrange(cell, scenario, relay);
		const results = await runsOf(scenario, named, cell);
		const took = sandbox.clock.now() - started;
		return judge(cell, scenario, wanted, results, took);
	} finally {
		relay.refuse();
		await scenario.stop();
	}
}

/** One customer of each task has the tag, with a member of theirs. */
function withoutTagged(scenario: Scenario, named: readonly string[]): string[] {
	const { sandbox } = scenario;
	const tag = scenario.tagId(LEFT_OUT);
	const tagged = named.filter((_, index) => index % 4 === 1);
	for (const { relations } of sandbox.world.corp.members.values()) {
		for (const relation of relations) {
			relation.tagIds = relation.tagIds.filter((id) => id !== tag);
		}
	}
	for (const id of tagged) {
		const relation =
			sandbox.world.corp.relation('wei', id) ?? sandbox.world.corp.relation('lin', id);
		relation?.tagIds.push(tag);
	}
	return named.filter((id) => !tagged.includes(id));
}

export async function putRelayInFront({ sandbox, credential }: NodeScenario): Promise<Relay> {
	const relay = new Relay(Number(new URL(sandbox.url).port));
	await relay.open();
	credential.edit({ baseUrl: relay.url });
	return relay;
}

/** Makes the request fail that a cell names. */
export function arrange(
	{ fault, path, call, lasting }: Pick<Cell, 'fault' | 'path' | 'call' | 'lasting'>,
	{ sandbox }: NodeScenario,
	relay: Relay,
): void {
	if (fault.kind !== 'refused') {
		const calls = lasting ? Array.from({ length: 100 }, (_, index) => call + index) : call;
		sandbox.faults.add({ path, fault, call: calls });
		return;
	}
	// The node asks the clock before it creates a task, and waits before it repeats a request.
	const { now, sleep } = clock;
	clock.now = () => {
		if (sandbox.log.count(path) === call - 1) relay.refuse();
		return now();
	};
	clock.sleep = async (ms) => {
		if (!lasting) await relay.open();
		await sleep(ms);
	};
}

/** The clock of the sandbox stays right. */
function setClockOff({ sandbox }: Scenario, seconds: number): void {
	clock.now = () => (sandbox.clock.now() + seconds) * 1_000;
}

/** What the executions of one cell come to. */
async function runsOf(
	scenario: Scenario,
	ids: readonly string[],
	cell: Cell,
): Promise<EngineResult[]> {
	const parameters: IDataObject = {
		externalUserIds: ids.join(','),
		options: {
			ifUnknown: cell.ifUnknown,
			requestTimeout: 0.15,
			...(cell.leavesOut && { leaveOutTags: [LEFT_OUT] }),
		},
	};
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	switch (cell.mode) {
		case 'plain':
			return [await scenario.broadcast(parameters)];
		case 'retryOnFail':
			return [await scenario.broadcast(parameters, { node: retry })];
		case 'continueOnFail':
			return [await scenario.broadcast(parameters, { node: { onError: 'continueRegularOutput' } })];
		case 'changingExpressions':
			return [await scenario.broadcast({ ...parameters, ...changing(ids) }, { node: retry })];
		case 'retryButton': {
			const failed = await scenario.broadcast(parameters);
			scenario.sandbox.clock.advance(60);
			return failed.error
				? [failed, await scenario.broadcast(parameters, { mode: 'retry' })]
				: [failed];
		}
		case 'twoProcesses': {
			const skipping = {
				...parameters,
				options: { ...(parameters.options as IDataObject), skipCreatedHours: 24 },
			};
			return await Promise.all([
				scenario.broadcast(skipping),
				scenario.broadcastElsewhere(skipping),
			]);
		}
	}
}

/** Another text and other customers at every try. */
function changing(ids: readonly string[]): IDataObject {
	return {
		text: '=The new harvest is here {{ Math.random() }}',
		externalUserIds: `={{ ${JSON.stringify(ids)}.sort(() => Math.random() - 0.5) }}`,
	};
}

/** The sandbox's own record decides, not what the node says of itself. */
function judge(
	cell: Cell,
	{ sandbox }: Scenario,
	wanted: readonly string[],
	results: readonly EngineResult[],
	took: number,
): Outcome {
	const broken: string[] = [];
	// A task that was cancelled before anybody confirmed it reaches nobody.
	const tasks = sandbox.world.tasks().filter(({ cancelled }) => !cancelled);
	const counts = new Map<string, number>();
	for (const task of tasks) {
		for (const { id } of [...task.parts.values()].flatMap((part) => part.recipients)) {
			counts.set(id, (counts.get(id) ?? 0) + 1);
		}
	}

	const repeated = [...counts.values()].filter((count) => count > 1).length;
	const busyAfterWork = cell.fault.kind === 'errcode' && cell.fault.errcode === -1;
	const allowed =
		cell.conditions === 'hiddenList' && (cell.ifUnknown === 'tryAgain' || busyAfterWork);
	if (repeated > 0 && !allowed) broken.push(`${repeated} customers are in more than one task`);

	const strangers = [...counts.keys()].filter((id) => !wanted.includes(id));
	if (strangers.length > 0) broken.push(`${strangers.length} customers were not asked for`);

	const said = JSON.stringify(
		results.map(({ items, error }) => [items, error?.message, error?.description]),
	);
	const lost = tasks.filter(({ msgid }) => !said.includes(msgid));
	// Whose answer is lost and which the list hides cannot be named by anybody.
	if (lost.length > 0 && cell.conditions !== 'hiddenList') {
		broken.push(`${lost.length} tasks are neither in the output nor in the error`);
	}

	// After n8n's Retry button the second execution counts.
	const judged = cell.mode === 'retryButton' ? results.slice(-1) : results;
	const items = judged.flatMap((result) => result.items);
	const failed =
		judged.some(({ status }) => status === 'error') ||
		items.some(({ json }) => json.error !== undefined);
	const excused = new Set(items.flatMap(({ json }) => (json.fail_list as string[]) ?? []));
	const missing = wanted.filter((id) => !counts.has(id) && !excused.has(id));
	if (!failed && missing.length > 0)
		broken.push(`${missing.length} customers were lost in silence`);

	if (took > LONGEST_RUN_SECONDS) broken.push(`the run took ${took} seconds`);
	const secrets = JSON.stringify(results.map(({ stored, error }) => [stored, error?.stack]));
	if (secrets.includes(sandbox.secret)) broken.push('the secret is in the stored execution');
	if (secrets.includes('access_token=')) broken.push('a token is in the stored execution');

	return { broken, repeated, allowed };
}

/** Names a cell in a report. */
export function nameOf(cell: Cell): string {
	const { fault, path, call, lasting, mode, ifUnknown, conditions, leavesOut } = cell;
	const details = Object.entries(fault as IDataObject)
		.filter(([name, value]) => name !== 'kind' && value !== undefined && value !== false)
		.map(([name, value]) => `${name}=${String(value)}`);
	const where = `${path.split('/').pop()}#${call}${lasting ? '+' : ''}`;
	const variant = leavesOut ? ['leaving out'] : [];
	return [fault.kind, ...details, where, mode, ifUnknown, conditions, ...variant].join(' ');
}
