import type { Relation } from '../index';
import { startSandbox } from '../index';
import { customersOf, TestClient } from '../testClient';

describe('seeds', () => {
	test('the small world is the same in every run', async () => {
		const startAt = 1_773_000_000;
		const [one, two] = [await startSandbox({ startAt }), await startSandbox({ startAt })];
		expect(one.corpId).toBe(two.corpId);
		expect(one.secret).toBe(two.secret);
		expect([...one.world.corp.customers.keys()]).toEqual([...two.world.corp.customers.keys()]);
		expect([...one.world.corp.tags.keys()]).toEqual([...two.world.corp.tags.keys()]);
		await Promise.all([one.stop(), two.stop()]);
	});

	test('200 members have 500 customers each', async () => {
		const sandbox = await startSandbox({
			seed: { members: 200, customersPerMember: 500, tags: 250, groups: 20, sharedCustomers: 5 },
		});
		const { corp } = sandbox.world;
		expect(corp.customers.size).toBe(200 * 495 + 5);
		expect(customersOf(corp, 'member200')).toHaveLength(500);
		expect([corp.tags.size, corp.tagGroups.size, corp.groups.size]).toEqual([250, 3, 20]);
		await sandbox.stop();
	});

	test('the small world has channels, every gender, and tags that differ by member', async () => {
		const sandbox = await startSandbox();
		const { corp } = sandbox.world;
		const relations = [...corp.customers.values()].flatMap((customer) => customer.relations);
		const values = (read: (relation: Relation) => unknown) => [...new Set(relations.map(read))];
		expect(values(({ state }) => state).sort()).toEqual([
			'',
			'spring-expo',
			'store-hangzhou',
			'store-shanghai',
		]);
		expect(values(({ customer }) => customer.gender).sort()).toEqual([0, 1, 2]);
		expect(values(({ addWay }) => addWay).length).toBeGreaterThan(3);
		const [, shared] = [...corp.customers.values()];
		const [lin, wei] = shared?.relations ?? [];
		expect(lin?.tagIds).not.toEqual(wei?.tagIds);
		await sandbox.stop();
	});

	test('a large world has channels, groups with customers, and tags that differ by member', async () => {
		const seed = {
			members: 3,
			customersPerMember: 10,
			sharedCustomers: 2,
			groups: 4,
			customersPerGroup: 5,
			channels: 3,
		};
		const sandbox = await startSandbox({ seed });
		const { corp } = sandbox.world;
		const [shared] = [...corp.customers.values()];
		expect(new Set(shared?.relations.map(({ tagIds }) => tagIds[0])).size).toBe(3);
		expect(new Set(corp.members.get('member1')?.relations.map(({ state }) => state))).toEqual(
			new Set(['channel-1', 'channel-2', 'channel-3']),
		);
		const [group] = [...corp.groups.values()];
		expect(group?.members.map(({ id }) => id)).toEqual([
			'member1',
			...customersOf(corp, 'member1', 5),
		]);
		const unionIds = [...corp.customers.values()].map(({ unionid }) => unionid);
		expect(new Set(unionIds).size).toBe(3 * 8 + 2);
		await sandbox.stop();
	});

	test('the last members of a large world may lack a licence', async () => {
		const seed = { members: 3, customersPerMember: 1, unlicensedMembers: 2 };
		const sandbox = await startSandbox({ seed });
		const licensed = [...sandbox.world.corp.members.values()].map((member) => member.licensed);
		expect(licensed).toEqual([true, false, false]);
		await sandbox.stop();
	});

	test('a task for 10,000 customers of 20 members is created and read', async () => {
		const sandbox = await startSandbox({ seed: { members: 20, customersPerMember: 500 } });
		const client = new TestClient(sandbox);
		const { msgid } = await client.contact('add_msg_template', {
			external_userid: [...sandbox.world.corp.customers.keys()],
			text: { content: 'Hi' },
		});
		expect(sandbox.world.confirmTask(msgid)).toEqual({ sent: 10_000, notFriend: 0, overLimit: 0 });
		const { task_list: members } = await client.contact('get_groupmsg_task', { msgid });
		expect(members).toHaveLength(20);
		for (const { userid } of members) {
			const page = await client.contact('get_groupmsg_send_result', { msgid, userid });
			expect(page.send_list).toHaveLength(500);
		}
		await sandbox.stop();
	});
});
