// Starts the sandbox alone: npm run sandbox [-- [--port N] [--seed small|large] [--members N] [--customers N]]
import { parseArgs } from 'node:util';

import { startSandbox } from '../test/sandbox/index.ts';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '8787' },
		seed: { type: 'string', default: 'small' },
		members: { type: 'string', default: '200' },
		customers: { type: 'string', default: '500' },
	},
});

const sandbox = await startSandbox({
	port: Number(values.port),
	seed:
		values.seed === 'large'
			? {
					members: Number(values.members),
					customersPerMember: Number(values.customers),
					tags: 200,
					groups: 50,
				}
			: 'small',
});

console.log(`WeCom sandbox
  API Base URL  ${sandbox.url}
  Corp ID       ${sandbox.corpId}
  Secret        ${sandbox.secret}
Ctrl-C stops it.`);

for (const signal of ['SIGINT', 'SIGTERM']) {
	process.once(signal, async () => {
		await sandbox.stop();
		process.exit(0);
	});
}
