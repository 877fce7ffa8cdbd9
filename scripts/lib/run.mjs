import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the package. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Runs a command in the root with the package's own tools on the PATH, its output going where ours goes, and to
 * `onOutput` in pieces. It is killed when `signal` aborts.
 *
 * @returns {Promise<number>} its exit code
 */
export async function run(command, args, { quiet = false, onOutput, env = {}, signal } = {}) {
	const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
	const child = spawn(command, args, {
		cwd: root,
		env: { ...process.env, PATH, ...env },
		stdio: ['ignore', onOutput ? 'pipe' : quiet ? 'ignore' : 'inherit', 'inherit'],
		shell: process.platform === 'win32',
	});
	signal?.addEventListener('abort', () => child.kill('SIGKILL'));
	child.stdout?.setEncoding('utf8').on('data', (piece) => {
		process.stdout.write(piece);
		onOutput(piece);
	});
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/** As `run`, but a failure ends the whole script. */
export async function mustRun(command, args, options) {
	const code = await run(command, args, options);
	if (code !== 0) process.exit(code);
}
