/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own */
import { parseArgs } from 'node:util';

import { measureScenario } from './measure';
import { Server } from './processes';
import { scenarios } from './scenarios';

const { values } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		rounds: { type: 'string', default: '5' },
		delay: { type: 'string', default: '60' },
	},
});

async function main() {
	const server = await Server.start();
	try {
		for (const scenario of scenarios.filter(({ name }) => name.includes(values.only))) {
			const o = await measureScenario(server, scenario, {
				rounds: Number(values.rounds),
				delayMs: Number(values.delay),
			});
			const s = (x?: { median: number; least: number; most: number }, d = 2) =>
				x ? `${x.median.toFixed(d)} [${x.least.toFixed(d)}-${x.most.toFixed(d)}]` : '-';
			const mb = (x?: { median: number }) => (x ? (x.median / 1e6).toFixed(0) : '-');
			console.log(
				`${o.name}: calls ${o.calls}/${o.fewestCalls} wall ${s(o.wall)} cpu ${s(o.cpu)} delayed ${s(o.wallDelayed)} n8n ${s(o.wallOfN8n)} | ms node ${s(o.wallMs.node, 0)} floor ${s(o.wallMs.floor, 0)} n8n ${s(o.wallMs.n8n, 0)} | MB ${mb(o.grownBytes.node)}/${mb(o.grownBytes.floor)}/${mb(o.grownBytes.n8n)}`,
			);
		}
	} finally {
		server.stop();
	}
}

void main();
