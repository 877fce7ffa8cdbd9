// The whole fault matrix (minutes); `npm test` runs a part of it.
import { run } from './lib/run.mjs';

process.exitCode = await run('jest', ['test/faults'], { env: { FAULT_MATRIX: 'whole' } });
