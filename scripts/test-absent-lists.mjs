// Runs the engine tests again with a WeCom that answers null, or leaves out, what is empty.
import { run } from './lib/run.mjs';

let failed = false;
for (const SANDBOX_ABSENT_LISTS of ['null', 'absent']) {
	console.log(`\nEmpty lists and texts: ${SANDBOX_ABSENT_LISTS}`);
	const code = await run('jest', ['test/engine', ...process.argv.slice(2)], {
		env: { SANDBOX_ABSENT_LISTS },
	});
	failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
