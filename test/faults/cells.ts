import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import type { Fault, SandboxOptions } from '../sandbox';

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
export const CONDITIONS = {
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
		const cell = {
			...{ fault, path: PATHS.create, call: 1, lasting: false },
			...({ ifUnknown: 'stop', conditions: 'fair' } as const),
		};
		for (const mode of MODES) {
			for (const ifUnknown of CHOICES) yield { ...cell, call: 2, mode, ifUnknown };
			yield { ...cell, call: 2, lasting: true, mode, conditions: 'slowList' };
			yield { ...cell, mode, conditions: 'hiddenList' };
		}
		for (const conditions of ['clockBehind', 'clockAhead', 'nullLists'] as const) {
			yield { ...cell, mode: 'retryOnFail', conditions };
		}
		yield* [...otherModes(fault, 2)].slice(0, 3);
		yield { ...cell, path: PATHS.token, mode: 'plain' };
		yield* [...leavingOut(fault, [2])].filter(
			({ mode, conditions, path, lasting }) =>
				mode !== 'plain' && conditions === 'fair' && (path === PATHS.create || !lasting),
		);
	}
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
