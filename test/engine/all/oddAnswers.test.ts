/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a real server that answers what the sandbox would not */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

const ofLin = { memberScope: 'chosen', members: ['lin'], output: 'details' };

it('ends a list of empty pages with ever new cursors', async () => {
	let pages = 0;
	const server = createServer((request, response) => {
		const isPage = request.url?.startsWith(PATHS.customers);
		const page = { external_contact_list: [], next_cursor: `c${(pages += isPage ? 1 : 0)}` };
		response.end(
			JSON.stringify({
				errcode: 0,
				...(isPage ? page : { access_token: 'T', expires_in: 7_200, follow_user: [] }),
			}),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const { port } = server.address() as AddressInfo;
		scenario.credential.edit({ baseUrl: `http://127.0.0.1:${port}` });
		const { error } = await scenario.listCustomers(ofLin);
		expect(error?.message).toBe('WeCom gave 100 empty pages in a row, so the list has no end');
		expect(pages).toBe(100);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});

describe('null', () => {
	it('in the place of the recipients that cannot be reached means none', async () => {
		const [customer] = scenario.customersOf('lin');
		scenario.sandbox.faults.add({
			path: PATHS.create,
			fault: {
				kind: 'notJson',
				body: '{"errcode":0,"errmsg":"ok","fail_list":null,"msgid":"msgOfNull"}',
			},
		});
		const { items } = await scenario.send({}, { input: [{ customer }] });
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				state: 'created',
				msgid: 'msgOfNull',
				recipient_count: 1,
				fail_list: [],
			}),
		]);
		expect(scenario.sandbox.log.count(PATHS.create)).toBe(1);
	});

	it('in the place of tags and cursor means that there are none', async () => {
		const row = {
			external_contact: { external_userid: 'wm1', name: 'Ann', type: 1 },
			follow_info: { userid: 'lin', remark: null, createtime: 1_700_000_000, tag_id: null },
		};
		const body = { errcode: 0, external_contact_list: [null, row], next_cursor: null };
		scenario.sandbox.faults.add({
			path: PATHS.customers,
			fault: { kind: 'notJson', body: JSON.stringify(body) },
		});
		const { items, error } = await scenario.listCustomers(ofLin);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.external_userid)).toEqual(['wm1']);
	});
});
