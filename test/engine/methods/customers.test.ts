import type { INodeListSearchItems } from 'n8n-workflow';

import { endpoints } from '../../../nodes/WeComExternalContact/client/endpoints';
import type { ListSearchRequest } from '../../harness/engine';
import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import type { Scenario } from '../../harness/scenario';
import { byId, startScenario } from '../../harness/scenario';
import type { SandboxOptions } from '../../sandbox';
import { createTask } from '../taskSetup';

let scenario: Scenario;
async function start(options: SandboxOptions = {}): Promise<void> {
	scenario = await startScenario(options);
}
afterEach(async () => await scenario.stop());

async function search(method: string, request: ListSearchRequest = {}) {
	return await scenario.engine.listSearch(method, { credential: scenario.credential, ...request });
}

/** Everything that somebody sees who scrolls to the end, and how many requests that took. */
async function scroll(method: string, request: ListSearchRequest = {}) {
	const results: INodeListSearchItems[] = [];
	let paginationToken: string | undefined;
	let requests = 0;
	do {
		const page = await search(method, { ...request, paginationToken });
		results.push(...page.results);
		paginationToken = page.paginationToken as string | undefined;
		requests++;
	} while (paginationToken !== undefined && requests < 1_000);
	return { names: results.map(({ name }) => name), results, requests };
}

const ofMember = (member: string) => ({ currentNodeParameters: { member: byId(member) } });

describe('members', () => {
	beforeEach(async () => await start({ seed: { members: 500, customersPerMember: 0, tags: 0 } }));

	it('come in pages, from one call each', async () => {
		const { results, requests } = await scroll('searchMembers');
		expect(results).toHaveLength(500);
		expect(results[0]).toEqual({ name: 'member1', value: 'member1' });
		expect(requests).toBe(5);
	});

	it('are found by a part of the ID', async () => {
		const { names } = await scroll('searchMembers', { filter: ' MEMBER49 ' });
		expect(names).toEqual(['member49', ...Array.from({ length: 10 }, (_, i) => `member49${i}`)]);
	});
});

describe('tags', () => {
	beforeEach(
		async () => await start({ seed: { members: 1, customersPerMember: 0, tags: 10_000 } }),
	);

	it('come with their group, 100 at a time', async () => {
		const { results, paginationToken } = await search('searchTags');
		expect(results).toHaveLength(100);
		expect(results[0]?.name).toBe('Tags 1: Tag 1');
		expect(paginationToken).toBe('100');
	});

	it('are found by name or group', async () => {
		expect((await scroll('searchTags', { filter: 'tag 9999' })).names).toEqual([
			'Tags 100: Tag 9999',
		]);
		expect((await scroll('searchTags', { filter: 'tags 77:' })).names).toHaveLength(100);
		expect((await scroll('searchTags', { filter: 'no such tag' })).names).toEqual([]);
	});

	it('have groups that can be searched', async () => {
		const { names } = await scroll('searchTagGroups', { filter: 'tags 10' });
		expect(names).toEqual(['Tags 10', 'Tags 100']);
	});
});

describe('customers of the chosen member', () => {
	const CUSTOMERS = endpoints.customersByMember.path;

	it('are shown with their remark, those of no other member', async () => {
		await start();
		const { world } = scenario.sandbox;
		const [relation] = world.corp.members.get('wei')?.relations ?? [];
		if (relation) relation.remark = 'Regular, likes oolong';
		const { names, results } = await scroll('searchCustomers', ofMember('wei'));
		expect(names).toContain(`${relation?.customer.name} (Regular, likes oolong)`);
		expect(results).toHaveLength(world.corp.members.get('wei')?.relations.length ?? 0);

		const found = await search('searchCustomers', { ...ofMember('wei'), filter: 'OOLONG' });
		expect(found.results.map(({ value }) => value)).toEqual([relation?.customer.externalUserid]);
	});

	describe('of whom there are 5,000', () => {
		beforeEach(
			async () => await start({ seed: { members: 2, customersPerMember: 5_000, tags: 0 } }),
		);

		it('come a page at a time, one call each', async () => {
			const { results, paginationToken } = await search('searchCustomers', ofMember('member2'));
			expect(results).toHaveLength(100);
			expect(paginationToken).toBeDefined();
			expect(scenario.sandbox.log.count(CUSTOMERS)).toBe(1);
		});

		it('are all there for somebody who scrolls to the end', async () => {
			const { results } = await scroll('searchCustomers', ofMember('member2'));
			expect(new Set(results.map(({ value }) => value)).size).toBe(5_000);
		});

		it('are searched 500 at a time', async () => {
			const first = await search('searchCustomers', {
				...ofMember('member2'),
				filter: 'customer 9999',
			});
			expect(first.results).toEqual([]);
			expect(scenario.sandbox.log.count(CUSTOMERS)).toBe(5);
			const { names } = await scroll('searchCustomers', {
				...ofMember('member2'),
				filter: 'customer 9999',
			});
			expect(names).toEqual(['Customer 9999']);
		});
	});

	it('are none for a member without customers', async () => {
		await start({
			seed: { members: 1, customersPerMember: 0, tags: 0 },
			batchWithoutCustomers: '84061',
		});
		const { results } = await search('searchCustomers', ofMember('member1'));
		expect(results).toEqual([]);
	});

	describe('where an operation chooses no member', () => {
		const anyMember = { currentNodeParameters: { resource: 'customer', operation: 'get' } };

		it('are those of all members, each once a page', async () => {
			await start({ seed: { members: 250, customersPerMember: 3, tags: 0, sharedCustomers: 1 } });
			const { results } = await scroll('searchCustomers', anyMember);
			expect(new Set(results.map(({ value }) => value)).size).toBe(501);
			expect(
				(await scroll('searchCustomers', { ...anyMember, filter: 'Customer 400' })).names,
			).toEqual(['Customer 400']);
		});

		it('are all there when WeCom takes fewer members at a time', async () => {
			await start({
				seed: { members: 60, customersPerMember: 2, tags: 0 },
				batchMemberLimit: 10,
			});
			const { results } = await scroll('searchCustomers', anyMember);
			expect(new Set(results.map(({ value }) => value)).size).toBe(120);
		});

		it('are none when no member has any', async () => {
			await start({
				seed: { members: 9, customersPerMember: 0, tags: 0 },
				batchWithoutCustomers: '84061',
			});
			expect((await scroll('searchCustomers', anyMember)).names).toEqual([]);
		});
	});

	it.each([
		[{}, 'Choose the member first, then the customer'],
		[
			{ member: { __rl: true, mode: 'list', value: '' } },
			'Choose the member first, then the customer',
		],
		[{ member: byId('={{ $json.member }}') }, 'The member is an expression that has no value yet'],
	])('need a member (%j)', async (currentNodeParameters, message) => {
		await start();
		await expect(search('searchCustomers', { currentNodeParameters })).rejects.toThrow(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('customer groups', () => {
	const NAMES = endpoints.groupChat.path;

	it('are shown with name and owner', async () => {
		await start();
		const { names, results } = await scroll('searchCustomerGroups');
		expect(names).toEqual(['Tea tasting club (lin)', 'Cake lovers (lin)', 'Weekend events (wei)']);
		expect(results[0]?.value).toMatch(/^wr/);
		expect((await scroll('searchCustomerGroups', { filter: 'CAKE' })).names).toEqual([
			'Cake lovers (lin)',
		]);
	});

	it('without a name are still there', async () => {
		await start();
		const [group] = [...scenario.sandbox.world.corp.groups.values()];
		if (group) group.name = '';
		const { names } = await scroll('searchCustomerGroups');
		expect(names[0]).toBe(`Unnamed group ${group?.chatId} (lin)`);
	});

	it('are shown although one of them is gone when its name is asked for', async () => {
		await start();
		scenario.sandbox.faults.add({
			path: NAMES,
			call: 1,
			fault: { kind: 'errcode', errcode: 40050 },
		});
		expect((await scroll('searchCustomerGroups')).names).toHaveLength(3);
	});

	describe('of which there are 1,500', () => {
		beforeEach(
			async () =>
				await start({ seed: { members: 3, customersPerMember: 0, tags: 0, groups: 1_500 } }),
		);

		it('come 20 at a time, a call for each name', async () => {
			const { results } = await search('searchCustomerGroups');
			expect(results).toHaveLength(20);
			expect(scenario.sandbox.log.count(NAMES)).toBe(20);
		});

		it('are searched 100 at a time, and the list says where the search ended', async () => {
			const first = await search('searchCustomerGroups', { filter: 'no such group' });
			expect(first.results).toEqual([]);
			expect(scenario.sandbox.log.count(NAMES)).toBe(100);
			const { names } = await scroll('searchCustomerGroups', { filter: 'no such group' });
			expect(names).toEqual([
				'Only the first 1000 customer groups were searched. Use the chat ID for any other.',
			]);
		});

		it('are found deep in the list', async () => {
			const { names } = await scroll('searchCustomerGroups', { filter: 'group 950' });
			expect(names[0]).toMatch(/^Group 950 /);
		});
	});
});

describe('recent messages', () => {
	beforeEach(async () => await start({ startAt: new Date('2026-03-01T00:00:00Z') }));

	it('are shown by time and text, newest first, with those to groups', async () => {
		const { sandbox, run } = scenario;
		const first = await createTask(scenario, 'lin', 'The  new\nharvest');
		sandbox.clock.advance(60);
		const [group] = [...sandbox.world.corp.groups.values()];
		await run({
			resource: 'message',
			operation: 'broadcast',
			sendTo: 'groups',
			member: byId('lin'),
			chatIds: group?.chatId ?? '',
			text: '',
			attachments: { attachment: [{ type: 'link', title: 'a', url: 'https://example.com' }] },
		});
		sandbox.clock.advance(60);
		const { names, results } = await scroll('searchTasks');
		const time = /^2026-0[23]-\d\d \d\d:\d\d/;
		expect(names.map((name) => name.replace(time, ''))).toEqual([
			' to groups: [link]',
			': The new harvest',
		]);
		expect(results[1]?.value).toBe(first);
	});

	it('are found by a part of the text or the day', async () => {
		for (const text of ['Spring tea', 'Summer tea', 'Cakes']) {
			await createTask(scenario, 'lin', text);
			scenario.sandbox.clock.advance(24 * 3600);
		}
		const names = async (filter: string) => (await scroll('searchTasks', { filter })).names;
		expect(await names('TEA')).toHaveLength(2);
		const [newest] = await names('');
		expect(newest).toContain('Cakes');
		expect(await names(newest?.slice(0, 10) ?? '')).toEqual([newest]);
	});

	it('go back half a year, 100 a call, each message once', async () => {
		for (let count = 0; count < 230; count++) {
			await createTask(scenario, 'lin', `message ${count}`);
			scenario.sandbox.clock.advance(12 * 3600);
		}
		const { results, requests } = await scroll('searchTasks');
		expect(new Set(results.map(({ value }) => value)).size).toBe(230);
		expect(results).toHaveLength(230);
		expect(requests).toBeGreaterThan(1);
	});

	it('are none when there are none, after few calls', async () => {
		const { names, requests } = await scroll('searchTasks');
		expect(names).toEqual([]);
		expect(requests).toBeLessThanOrEqual(2);
	});

	it('are cut where they are long, between characters', async () => {
		await createTask(scenario, 'lin', '🌻'.repeat(200));
		const { names } = await scroll('searchTasks');
		expect(names[0]).toMatch(/: (🌻)+…$/u);
	});
});

describe('a failure of the request', () => {
	it.each([
		['searchMembers', endpoints.members.path],
		['searchTags', endpoints.tags.path],
		['searchTagGroups', endpoints.tags.path],
		['searchCustomers', endpoints.customersByMember.path],
		['searchCustomerGroups', endpoints.groupChats.path],
		['searchTasks', endpoints.massMessages.path],
	])('of %s is shown, with what to do', async (method, path) => {
		await start();
		scenario.sandbox.faults.add({ path, fault: { kind: 'errcode', errcode: 48002 } });
		await expect(search(method, ofMember('lin'))).rejects.toMatchObject({
			message: 'The app may not call the customer contact API',
			description: expect.stringContaining('Customer Contact > API') as string,
		});
	});

	it('does not show the token or the secret', async () => {
		await start();
		scenario.sandbox.faults.add({
			path: endpoints.members.path,
			fault: { kind: 'untrustedIp', ip: '203.0.113.7' },
		});
		const error: unknown = await search('searchMembers').catch((reason: unknown) => reason);
		expect(String((error as Error).message)).toContain('203.0.113.7');
		expect(JSON.stringify(error)).not.toContain(scenario.sandbox.secret);
	});
});

it('every search is one of the node', async () => {
	await start();
	expect(Object.keys(new WeComExternalContact().methods.listSearch).sort()).toEqual([
		'searchCustomerGroups',
		'searchCustomers',
		'searchMembers',
		'searchTagGroups',
		'searchTags',
		'searchTasks',
	]);
});
