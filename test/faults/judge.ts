import type { EngineResult } from '../harness/engine';
import type { Scenario } from '../harness/scenario';
import type { Cell } from './cells';

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

/** The sandbox's own record decides, not what the node says of itself. */
export function judge(
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
