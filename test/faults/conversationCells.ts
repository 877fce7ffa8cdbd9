import { PATHS } from '../harness/requests';
import type { Fault, SandboxOptions } from '../sandbox';
import type { RefusedConnection } from './cells';
import { allFaults, fewFaults } from './cells';

/** Customers who write at once to a workflow that answers, under one fault. */
export interface ConversationCell {
	readonly fault: Fault | RefusedConnection;
	/** Which request is hit, counted from the moment in `when`. */
	readonly path: string;
	readonly call: number;
	/** Every later request of the path is hit too, until WeCom is back. */
	readonly lasting: boolean;
	/** While the workflow runs; when n8n starts again; or n8n is killed while the request is on its way. */
	readonly when: 'running' | 'restart' | 'killed';
	readonly n8n: 1 | 2;
	readonly conditions: keyof typeof CONDITIONS;
	readonly retryOnFail: boolean;
}

/** How WeCom behaves apart from the fault. Pages are short, so that there are several. */
export const CONDITIONS = {
	fair: {},
	/** A repeated msgid is accepted and not delivered, instead of refused. */
	accepts: { kfRepeatedMsgid: 'accepted' },
	emptyPages: { kfEmptyPages: true },
	oneBell: { kfBell: 'collapsed' },
	noBell: { kfBell: 'none' },
} as const satisfies Record<string, SandboxOptions>;

type Condition = keyof typeof CONDITIONS;

export const CUSTOMERS = 5;
/** At once: 20 bells in parallel. */
export const FIRST = 4;
/** Requests of a path while everything goes well. */
const SYNCS = 4;

/**
 * What else can befall a reading. Pages that hide their rows and lead past them are not among it: of these nobody could
 * know.
 */
const LIST_FAULTS: Fault[] = [
	{ kind: 'drip', endless: true },
	{ kind: 'echoUrl' },
	{ kind: 'tooLarge' },
	{ kind: 'redirect' },
	{ kind: 'errcode', errcode: 95007 },
	{ kind: 'errcode', errcode: 95000 },
];

const base = { n8n: 2, conditions: 'fair', retryOnFail: false, lasting: false } as const;

export function* wholeConversations(): Generator<ConversationCell> {
	const { syncMessages, serviceAccounts, token, reply } = PATHS;
	for (const fault of [...allFaults(), ...LIST_FAULTS]) {
		for (const lasting of [false, true]) {
			const cell = { ...base, fault, lasting };
			for (const call of [1, 2, 3]) {
				const n8n = call === 2 ? 1 : 2;
				yield { ...cell, path: syncMessages, call, when: 'running', n8n };
			}
			yield { ...cell, path: token, call: 1, when: 'running' };
			for (const path of [token, serviceAccounts, syncMessages]) {
				yield { ...cell, path, call: 1, when: 'restart' };
			}
		}
		for (const conditions of ['emptyPages', 'oneBell', 'noBell'] as const) {
			yield { ...base, fault, path: syncMessages, call: 2, when: 'running', conditions };
		}
	}
	// Every call of one answer has a matrix of its own; here answers of many customers go on at once.
	for (const fault of allFaults()) {
		for (const conditions of ['fair', 'accepts'] as const) {
			const retryOnFail = conditions === 'accepts';
			const cell = { ...base, fault, path: reply, conditions, retryOnFail } as const;
			yield { ...cell, call: 7, when: 'running' };
			yield { ...cell, call: 3, lasting: true, when: 'running' };
		}
	}
	for (const [conditions, n8n] of [
		['fair', 1],
		['fair', 2],
		['accepts', 2],
	] as const) {
		for (let call = 1; call <= SYNCS; call++) yield* kills(syncMessages, call, conditions, n8n);
		for (let call = 1; call <= CUSTOMERS * FIRST; call++) {
			yield* kills(reply, call, conditions, n8n);
		}
	}
}

/** n8n is killed before WeCom does the work, and afterwards. */
function* kills(path: string, call: number, conditions: Condition, n8n: 1 | 2) {
	for (const after of [false, true]) {
		const fault: Fault = { kind: 'noAnswer', after };
		yield { ...base, fault, path, call, conditions, n8n, when: 'killed' } as const;
	}
}

export function* someConversations(): Generator<ConversationCell> {
	const { syncMessages, serviceAccounts, reply } = PATHS;
	for (const [index, fault] of [...fewFaults(), ...LIST_FAULTS].entries()) {
		const n8n = index % 2 === 0 ? 1 : 2;
		const cell = { ...base, fault, lasting: index % 3 === 0 };
		yield { ...cell, path: syncMessages, call: 1 + (index % 3), when: 'running', n8n };
		if (index % 4 === 0) yield { ...cell, path: serviceAccounts, call: 1, when: 'restart' };
		if (index % 4 === 2) yield { ...base, fault, path: reply, call: 7, when: 'running' };
	}
	yield* kills(syncMessages, 2, 'fair', 2);
	yield* kills(reply, 1, 'fair', 1);
	yield* kills(reply, 9, 'accepts', 2);
}

/** Names a cell in a report. */
export function nameOfConversation(cell: ConversationCell): string {
	const { fault, path, call, lasting, when, n8n, conditions, retryOnFail } = cell;
	const where = `${path.split('/').pop()}#${call}${lasting ? '+' : ''}`;
	const retry = retryOnFail ? ' retryOnFail' : '';
	return `${JSON.stringify(fault)} ${where} ${when} n8n${n8n} ${conditions}${retry}`;
}
