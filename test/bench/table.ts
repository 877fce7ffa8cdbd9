import type { Load } from './load';
import type { Outcome, Spread } from './measure';
import { allScenarios } from './all';

interface Measured {
	readonly outcomes: readonly Outcome[];
	readonly load: Load;
}

const HEADINGS = [
	'Work',
	'Calls (fewest)',
	'Wall',
	'CPU',
	'Wall, slow server',
	'n8n alone',
	'Wall by n8n alone',
	'Growth',
	'Memory, MB',
];

/** Lines for a terminal. */
export function toText(measured: Measured): string {
	return [HEADINGS, ...rowsOf(measured)].map((row) => row.join(' | ')).join('\n');
}

/** For docs/performance.md. */
export function toMarkdown(
	{ outcomes, load }: Measured,
	{ machine, date }: { readonly machine: string; readonly date: string },
): string {
	const rows = [HEADINGS, HEADINGS.map(() => '---'), ...rowsOf({ outcomes, load })];
	const { modules, ms, emptyModulesMs, heapMegabytes } = load;
	return [
		`Measured on ${date}: ${machine}.`,
		'',
		...rows.map((row) => `| ${row.join(' | ')} |`),
		'',
		`Loading all nodes and credentials: ${shown(ms, 1)} ms for ${modules} modules, and ${shown(emptyModulesMs, 1)} ms for as many empty ones; ${shown(heapMegabytes, 1)} MB of heap.`,
	].join('\n');
}

function rowsOf({ outcomes }: Measured): string[][] {
	return outcomes.map((outcome) => {
		const { name, calls, fewestCalls, wall, cpu, wallDelayed, n8nAlone, wallByN8n } = outcome;
		const megabytes = (['node', 'floor', 'n8n'] as const).flatMap((side) => {
			const bytes = outcome.grownBytes[side];
			return bytes ? [`${side} ${(bytes.median / 1e6).toFixed(0)}`] : [];
		});
		return [
			name,
			`${calls} (${fewestCalls})`,
			shown(wall),
			shown(cpu),
			wallDelayed ? shown(wallDelayed) : '',
			n8nAlone ? shown(n8nAlone) : '',
			wallByN8n ? shown(wallByN8n) : '',
			growthOf(outcome, outcomes),
			megabytes.join(', '),
		];
	});
}

/** How many times as long it takes as half of the work. */
function growthOf({ name, wallMs }: Outcome, outcomes: readonly Outcome[]): string {
	const half = allScenarios.find((each) => each.name === name)?.growsFrom;
	const before = outcomes.find((each) => each.name === half)?.wallMs.node;
	return before && wallMs.node ? (wallMs.node.median / before.median).toFixed(2) : '';
}

function shown({ median, least, most }: Spread, digits = 2): string {
	return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
