// Starts the sandbox alone: npm run sandbox
import { parseArgs } from 'node:util';

import { startSandbox } from '../test/sandbox/index.ts';

const USAGE = `npm run sandbox [-- options]
  --port N         the port of the page and of the API Base URL: 8787, unless you choose another
  --seed large     a large world instead of the small one, with --members N (200) and --customers N (500) of each`;

const { port, seed, members, customers } = readOptions();
const sandbox = await startSandbox({
	port,
	seed: seed === 'large' ? { members, customersPerMember: customers, tags: 200, groups: 50 } : seed,
}).catch((error) => {
	if (error.code === 'EADDRINUSE') {
		refuse(`Port ${port} is in use. Choose another: npm run sandbox -- --port ${port + 1}`);
	}
	if (error.code === 'EACCES') {
		refuse(`Port ${port} is not for everybody. Choose another: npm run sandbox -- --port 8787`);
	}
	throw error;
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

function readOptions() {
	const { values } = parsed();
	if (values.help) {
		console.log(USAGE);
		process.exit(0);
	}
	const number = (name, least, most) => {
		const value = Number(values[name]);
		if (Number.isInteger(value) && value >= least && value <= most) return value;
		return refuse(`--${name} is a whole number from ${least} to ${most}.\n${USAGE}`);
	};
	const { seed } = values;
	if (!['small', 'large'].includes(seed)) refuse(`--seed is small or large.\n${USAGE}`);
	return {
		seed,
		port: number('port', 0, 65_535),
		members: number('members', 1, 10_000),
		customers: number('customers', 1, 100_000),
	};
}

function parsed() {
	try {
		return parseArgs({
			options: {
				help: { type: 'boolean', short: 'h' },
				port: { type: 'string', default: '8787' },
				seed: { type: 'string', default: 'small' },
				members: { type: 'string', default: '200' },
				customers: { type: 'string', default: '500' },
			},
		});
	} catch (error) {
		return refuse(`${error.message.split('. ')[0]}.\n${USAGE}`);
	}
}

function refuse(text) {
	console.error(text);
	process.exit(1);
}
