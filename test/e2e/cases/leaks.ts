/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   a rule for shipped code; this reads everything that a real n8n wrote */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LeakSearch } from '../support/leaks';
import type { E2eEnvironment } from '../support/environment';

/** The last case: over everything that n8n stored and logged in all the others. */
export function leakCases(environment: E2eEnvironment): void {
	it('no secret and no token is to be found in what n8n stored and logged', async () => {
		const { editor, n8n, confidential } = environment;
		expect(confidential.size).toBeGreaterThan(10);
		const search = new LeakSearch(confidential);

		expect((await editor.executions()).length).toBeGreaterThan(5);
		expect(await search.executions(editor)).toEqual([]);
		await n8n.server.stop();
		const files = [n8n.logFile, ...filesIn(n8n.dataFolder)];
		expect(files).toContain(join(n8n.dataFolder, 'database.sqlite'));
		expect(files.filter((file) => search.isIn(readFileSync(file)))).toEqual([]);
	});
}

/** Everything but the installed package. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !file.includes(join(folder, 'nodes', 'node_modules')));
}
