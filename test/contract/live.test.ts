/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- compares with the sandbox's README */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PATHS } from '../harness/requests';
import { useSandbox } from '../harness/sandbox';
import { liveCases } from '../live/cases';
import { Tenant } from '../live/tenant';
import type { Settings } from '../sandbox';
import { TestClient } from '../sandbox/testClient';

const sandbox = useSandbox();

/** A corp in which every case finds what it needs: two tasks that were sent, and a member without customers. */
async function open(settings: Partial<Settings> = {}): Promise<Tenant> {
	const seed = { members: 101, customersPerMember: 2 };
	await sandbox.restart({ ...settings, seed, startAt: new Date(Date.now() - 3_600_000) });
	const { world, clock } = sandbox;
	const [lonely, ...others] = [...world.corp.members.values()];
	for (const { customer } of lonely?.relations ?? []) {
		world.deleteRelation(String(lonely?.userid), customer.externalUserid);
	}
	const client = new TestClient(sandbox);
	for (const { userid } of others.slice(0, 2)) {
		const { msgid } = await client.contact('add_msg_template', {
			sender: userid,
			external_userid: world.corp.members
				.get(userid)
				?.relations.map((each) => each.customer.externalUserid),
			text: { content: 'Good morning' },
		});
		clock.advance(60);
		world.confirmTask(msgid, userid);
	}
	return await Tenant.open({
		corpId: sandbox.corpId,
		secret: sandbox.secret,
		baseUrl: sandbox.url,
	});
}

async function outcomes(tenant: Tenant, ids = liveCases.map(({ id }) => id)) {
	const found: Record<string, string> = {};
	for (const { id, check } of liveCases.filter((each) => ids.includes(each.id))) {
		const finding = await check(tenant);
		found[id] = finding.outcome === 'not checked' ? finding.because : finding.outcome;
	}
	return found;
}

const all = (ids: readonly string[], outcome: string) =>
	Object.fromEntries(ids.map((id) => [id, outcome]));

describe('the cases for a real tenant', () => {
	it('find the sandbox as it says it is, and change nothing', async () => {
		const tenant = await open();
		sandbox.log.clear();
		expect(await outcomes(tenant)).toEqual(
			all(
				liveCases.map(({ id }) => id),
				'as assumed',
			),
		);
		const writes = /add_|edit_|del_|mark_|remark|remind|cancel|send_welcome|upload/;
		expect(sandbox.log.calls().filter(({ path }) => writes.test(path))).toEqual([]);
	});

	it('tell a tenant that behaves in the other way', async () => {
		const other: Partial<Settings> = {
			listOrder: 'oldest_first',
			listSpanDays: 30,
			lastPageCursor: 'present',
			mixedStatus1: true,
			createTimeAsString: true,
			batchWithoutCustomers: '84061',
			batchMemberLimit: 50,
			repeatedExpiresIn: 'full',
		};
		const ids = ['A4', 'A5', 'A6', 'A7', 'A8', 'A12', 'A13', 'A14'];
		expect(await outcomes(await open(other), ids)).toEqual(all(ids, 'differs'));
	});

	it('tell answers that nobody expected', async () => {
		const tenant = await open();
		await Promise.all([tenant.tasks(), tenant.customerCounts()]);
		for (const path of [PATHS.tasks, PATHS.taskResults, PATHS.customers, PATHS.group]) {
			sandbox.faults.add({ path, fault: { kind: 'errcode', errcode: 45033 } });
		}
		const ids = [
			'A22',
			'A30',
			'A34',
			'A35',
			'A36',
			'A48',
			'A52',
			'A57',
			'A58',
			'A62',
			'A63',
			'A64',
		];
		expect(await outcomes(tenant, ids)).toEqual(all(ids, 'differs'));

		sandbox.faults.clear();
		const external_contact_list = [{ follow_info: { state: '' } }];
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', external_contact_list });
		sandbox.faults.add({ path: PATHS.customers, fault: { kind: 'notJson', body } });
		expect(await outcomes(tenant, ['A65'])).toEqual({ A65: 'differs' });
	});

	it('say what they need from a corp where nothing has happened yet', async () => {
		await sandbox.restart({ seed: { members: 1, customersPerMember: 0 } });
		const { corpId, secret, url: baseUrl } = sandbox;
		const found = await outcomes(await Tenant.open({ corpId, secret, baseUrl }));
		for (const id of ['A4', 'A6', 'A7', 'A8', 'A13', 'A30', 'A52', 'A57', 'A58', 'A63', 'A65']) {
			expect(found[id]).toMatch(/^needs /);
		}
	});

	it('never show the token or the secret in a failure', async () => {
		const { corpId, secret, url: baseUrl } = sandbox;
		const tenant = await Tenant.open({ corpId, secret, baseUrl });
		await sandbox.stop();
		for (const call of [() => tenant.getToken(), () => tenant.get('members')]) {
			const failure = await call().catch((error: Error) => error);
			expect(failure).toBeInstanceOf(Error);
			const shown = JSON.stringify(failure, Object.getOwnPropertyNames(failure));
			expect(shown).toContain('cannot be reached');
			expect(shown).not.toContain(secret);
			expect(shown).not.toContain('access_token');
		}
	});

	it('are those that the README names', () => {
		const readme = readFileSync(join(__dirname, '../sandbox/README.md'), 'utf8');
		const [, named = ''] = /`npm run test:live` checks ([A-Z0-9, ]+) on/.exec(readme) ?? [];
		expect(named.split(', ')).toEqual(liveCases.map(({ id }) => id));
	});
});
