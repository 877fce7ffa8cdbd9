import type { IDataObject } from 'n8n-workflow';

import { CustomerServiceScenario } from '../harness/customerService';
import type { EngineResult } from '../harness/engine';
import { PATHS } from '../harness/requests';
import type { SandboxOptions } from '../sandbox';
import type { Cell } from './cells';
import { allFaults, fewFaults } from './cells';
import { arrange, putRelayInFront } from './inject';

/** One answer to a customer, in three messages, under one fault. */
export interface AnswerCell extends Pick<Cell, 'fault' | 'path' | 'call' | 'lasting'> {
	readonly mode: (typeof MODES)[number];
	readonly ifNotSent: 'reason' | 'error';
	readonly reading: keyof typeof READINGS;
}

const MODES = [
	'plain',
	'retryOnFail',
	'continueOnFail',
	/** The trigger hands the message over again, to a process that has forgotten everything. */
	'secondExecution',
] as const;

/** What WeCom does with a msgid that it has had (doc 94677 gives no code). */
const READINGS = {
	refused: {},
	otherCode: { kfRepeatedMsgidCode: 95032 },
	accepted: { kfRepeatedMsgid: 'accepted' },
} as const satisfies Record<string, SandboxOptions>;

/** Each reading, and each choice of the builder. */
const VARIANTS = [
	{ ifNotSent: 'reason', reading: 'refused' },
	{ ifNotSent: 'error', reading: 'refused' },
	{ ifNotSent: 'reason', reading: 'otherCode' },
	{ ifNotSent: 'error', reading: 'accepted' },
] as const;

/** Every request of an answer in which nothing goes wrong. */
const CALLS = [
	{ path: PATHS.token, call: 1 },
	...[1, 2, 3].map((call) => ({ path: PATHS.reply, call })),
];

export function* wholeAnswers(): Generator<AnswerCell> {
	for (const fault of allFaults()) {
		for (const { path, call } of CALLS) {
			for (const mode of MODES) {
				for (const variant of path === PATHS.reply ? VARIANTS : VARIANTS.slice(0, 2)) {
					for (const lasting of [false, true]) {
						yield { fault, path, call, mode, lasting, ...variant };
					}
				}
			}
		}
	}
}

export function* someAnswers(): Generator<AnswerCell> {
	for (const fault of fewFaults()) {
		const cell = { fault, path: PATHS.reply, call: 2 } as const;
		for (const mode of MODES) {
			yield { ...cell, mode, ifNotSent: 'reason', lasting: false, reading: 'refused' };
			yield { ...cell, mode, ifNotSent: 'error', lasting: false, reading: 'accepted' };
			yield { ...cell, mode, ifNotSent: 'error', lasting: true, reading: 'otherCode' };
		}
		yield {
			...cell,
			call: 1,
			mode: 'plain',
			ifNotSent: 'reason',
			lasting: true,
			reading: 'refused',
		};
	}
}

const PIECES = ['a', 'b', 'c'];
const TEXT = PIECES.map((letter) => `${letter.repeat(2_000)}.`).join(' ');

/** Promises that were broken, in words; none when all held. */
export async function runAnswer(cell: AnswerCell): Promise<string[]> {
	const scenario = new CustomerServiceScenario(READINGS[cell.reading]);
	await scenario.start();
	const relay = await putRelayInFront(scenario);
	try {
		const { msgid, ...heard } = scenario.heard();
		arrange(cell, scenario, relay);
		const results = await resultsOf(scenario, { ...heard, msgid }, cell);
		return judge(scenario, results);
	} finally {
		relay.refuse();
		await scenario.stop();
	}
}

async function resultsOf(
	scenario: CustomerServiceScenario,
	heard: IDataObject,
	{ mode, ifNotSent }: AnswerCell,
): Promise<EngineResult[]> {
	const options = { ifNotSent, requestTimeout: 0.1 };
	const parameters = { text: TEXT, options };
	const input = [heard];
	switch (mode) {
		case 'plain':
			return [await scenario.reply(parameters, { input })];
		case 'retryOnFail': {
			const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			return [await scenario.reply(parameters, { input, node })];
		}
		case 'continueOnFail': {
			const node = { onError: 'continueRegularOutput' } as const;
			return [await scenario.reply(parameters, { input, node })];
		}
		case 'secondExecution': {
			// Without the time of the message the process keeps no account of the conversation.
			const forgetful = { ...parameters, options: { ...options, answerTo: heard.msgid } };
			const run = { input: [scenario.pair()] };
			return [await scenario.reply(forgetful, run), await scenario.reply(forgetful, run)];
		}
	}
}

/** The sandbox's own record decides, not what the node says of itself. */
function judge(scenario: CustomerServiceScenario, results: readonly EngineResult[]): string[] {
	const broken: string[] = [];
	const letters = scenario.texts().map((text) => String(text)[0] ?? '');
	if (new Set(letters).size < letters.length) broken.push(`answered twice: ${letters.join()}`);
	if (letters.join() !== [...letters].sort().join()) broken.push(`out of order: ${letters.join()}`);
	if (letters.join() !== PIECES.slice(0, letters.length).join()) {
		broken.push(`a hole: ${letters.join()}`);
	}
	const [last] = results.slice(-1);
	const { json = {} } = last?.items[0] ?? {};
	const said = JSON.stringify([json, last?.error?.message, last?.error?.description]);
	const failed = last?.status === 'error' || json.error !== undefined;
	// An earlier execution may have sent more than the last one knows of.
	const mayKnowLess = results.length > 1;
	if (failed) {
		const [, got = '0'] = /has got (\d) of 3/.exec(said) ?? [];
		const isUnknown = said.includes('may or may not');
		if (!isUnknown && !mayKnowLess && Number(got) !== letters.length) {
			broken.push(`failed without saying that ${letters.length} arrived`);
		}
	} else {
		const { state, sent_count: sent = 0 } = json as { state?: string; sent_count?: number };
		const most = state === 'unknown' ? sent + 1 : sent;
		const isKnown = letters.length >= sent && (mayKnowLess || letters.length <= most);
		if (!isKnown) broken.push(`${state} with ${sent} sent, but ${letters.length} arrived`);
		const isAll = state === 'sent' || state === 'duplicate';
		if (isAll && letters.length < PIECES.length) broken.push(`lost in silence: ${state}`);
	}
	const secrets = JSON.stringify(results.map(({ stored, error }) => [stored, error?.stack]));
	if (secrets.includes(scenario.sandbox.secret)) broken.push('the secret is in the execution');
	if (secrets.includes('access_token=')) broken.push('a token is in the execution');
	return broken;
}

/** Names a cell in a report. */
export function nameOfAnswer(cell: AnswerCell): string {
	const { fault, path, call, lasting, mode, ifNotSent, reading } = cell;
	const where = `${path.split('/').pop()}#${call}${lasting ? '+' : ''}`;
	return [JSON.stringify(fault), where, mode, ifNotSent, reading].join(' ');
}
