import type { Server } from './processes';
import { work } from './processes';
import type { Scenario } from './scenarios';
import type { Sample, Side } from './worker';

/** The middle of several measurements, and how far apart they are. */
export interface Spread {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

/** What one scenario takes. */
export interface Outcome {
	readonly name: string;
	readonly size: number;
	readonly calls: number;
	readonly fewestCalls: number;
	/** What the scenario allows for. */
	readonly mostCalls: number;
	/** The token, and the list of members on which the credential tries it. */
	readonly tokenCalls: number;
	/** Node by floor, measured one after the other. */
	readonly wall: Spread;
	readonly cpu: Spread;
	/** With a server that takes its time; only where calls are what takes long. */
	readonly wallDelayed?: Spread;
	/** n8n alone by floor: with a node that only makes the calls, or passes the items on. */
	readonly n8nAlone?: Spread;
	/** Node by n8n alone. */
	readonly wallByN8n?: Spread;
	readonly wallMs: Readonly<Partial<Record<Side, Spread>>>;
	readonly cpuMs: Readonly<Partial<Record<Side, Spread>>>;
	/** By how much a fresh process grows. */
	readonly grownBytes: Readonly<Partial<Record<Side, Spread>>>;
}

const TOKEN_CALLS = 2;

export async function measureScenario(
	server: Server,
	scenario: Scenario,
	{ rounds, delayMs }: { readonly rounds: number; readonly delayMs: number },
): Promise<Outcome> {
	const { name, world, size, fewestCalls, mayCallMore = 0, besideN8n, neverSlow } = scenario;
	const sides: Side[] = besideN8n ? ['node', 'floor', 'n8n'] : ['node', 'floor'];
	const job = { url: server.url, scenario: name };
	await server.serve({ ...world, delayMs: 0 });
	// Each alone in a fresh process, which grows by what it needs.
	const grown: Sample[] = [];
	const callsOf: Partial<Record<Side, string[]>> = {};
	for (let round = 0; round < 3; round++) {
		for (const side of sides) {
			await server.serve({ ...world, delayMs: 0 });
			grown.push(...(await work({ ...job, sides: [side] })));
			callsOf[side] = await server.calls();
		}
	}
	await server.serve({ ...world, delayMs: 0 });
	const samples = await inTurn(sides, rounds);
	await server.serve({ ...world, delayMs });
	const isFast = delayMs === 0 || neverSlow;
	const delayed = isFast ? undefined : await inTurn(['node', 'floor'], 5);
	const calls = callsOf.node ?? [];
	return {
		name,
		size,
		calls: Math.max(0, calls.length - TOKEN_CALLS),
		fewestCalls,
		mostCalls: fewestCalls + mayCallMore,
		tokenCalls: TOKEN_CALLS,
		wall: ratio(samples, 'wallMs', ['node', 'floor']),
		cpu: ratio(samples, 'cpuMs', ['node', 'floor']),
		wallDelayed: delayed && ratio(delayed, 'wallMs', ['node', 'floor']),
		n8nAlone: besideN8n && ratio(samples, 'wallMs', ['n8n', 'floor']),
		wallByN8n: besideN8n && ratio(samples, 'wallMs', ['node', 'n8n']),
		wallMs: bySide(sides, (side) => spread(of(samples, side, 'wallMs'))),
		cpuMs: bySide(sides, (side) => spread(of(samples, side, 'cpuMs'))),
		grownBytes: bySide(sides, (side) => spread(of(grown, side, 'grownBytes'))),
	};

	/** The first round warms up. */
	async function inTurn(each: readonly Side[], times: number): Promise<Sample[]> {
		const order = Array.from({ length: times + 1 }, () => each).flat();
		return (await work({ ...job, sides: order })).slice(each.length);
	}
}

function of(samples: readonly Sample[], side: Side, what: keyof Omit<Sample, 'side'>): number[] {
	return samples.filter((sample) => sample.side === side).map((sample) => sample[what]);
}

/** Of measurements that followed each other, so that whatever else the machine did counts for both. */
function ratio(
	samples: readonly Sample[],
	what: 'wallMs' | 'cpuMs',
	[side, by]: readonly [Side, Side],
): Spread {
	const others = of(samples, by, what);
	return spread(of(samples, side, what).map((value, round) => value / (others[round] ?? NaN)));
}

export function spread(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (index: number) => sorted[index] ?? NaN;
	return {
		median: at(Math.floor(sorted.length / 2)),
		least: at(0),
		most: at(sorted.length - 1),
	};
}

function bySide<T>(sides: readonly Side[], value: (side: Side) => T): Partial<Record<Side, T>> {
	return Object.fromEntries(sides.map((side) => [side, value(side)]));
}
