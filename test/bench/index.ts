import { measureLoad } from './load';
import type { Outcome } from './measure';
import { measureScenario } from './measure';
import { Server } from './processes';
import { allScenarios } from './all';

export { toMarkdown, toText } from './table';

export interface BenchOptions {
	/** Part of the names of the scenarios to measure; empty for all. */
	readonly only: string;
	/** Measurements of each, in turn with the floor. */
	readonly rounds: number;
	/** Milliseconds that the server takes for an answer in the second half. */
	readonly delayMs: number;
	onOutcome(outcome: Outcome): void;
}

export async function bench({ only, rounds, delayMs, onOutcome }: BenchOptions) {
	const server = await Server.start();
	const outcomes: Outcome[] = [];
	try {
		for (const scenario of allScenarios.filter(({ name }) => name.includes(only))) {
			const outcome = await measureScenario(server, scenario, { rounds, delayMs });
			outcomes.push(outcome);
			onOutcome(outcome);
		}
	} finally {
		server.stop();
	}
	return { outcomes, load: await measureLoad(Math.max(rounds, 5)) };
}
