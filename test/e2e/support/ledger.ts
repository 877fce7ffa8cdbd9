/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this notes what end-to-end tests start, for the script that ends them */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What a run starts that outlives it when it is killed: process groups, by the ID of their first one, and databases. */
export type Kind = 'process' | 'database';

interface Entry {
	readonly kind: Kind;
	readonly name: string;
	readonly ended: boolean;
}

/** Notes in the file of this run, if it has one, that something was started. */
export function noteStart(kind: Kind, name: string | number | undefined): void {
	write({ kind, name: String(name), ended: false });
}

/** Notes that it is gone: another program may get the ID of an ended process. */
export function noteEnd(kind: Kind, name: string | number | undefined): void {
	write({ kind, name: String(name), ended: true });
}

function write(entry: Entry): void {
	const file = process.env.E2E_LEDGER;
	if (file && entry.name !== 'undefined') appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** What the file says is there still. */
export function readLeftovers(file: string, wanted: Kind): string[] {
	if (!existsSync(file)) return [];
	const left = new Set<string>();
	for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
		const { kind, name, ended } = JSON.parse(line) as Entry;
		if (kind !== wanted) continue;
		if (ended) left.delete(name);
		else left.add(name);
	}
	return [...left];
}
