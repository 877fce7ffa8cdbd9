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
