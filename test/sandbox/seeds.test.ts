/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a rule for shipped code; this measures its own work */
import { startSandbox } from './index';
import { customersOf, TestClient } from './testClient';

/** Milliseconds of this process's own work, however busy the machine is with other things. */
function workSince(start: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}

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

	test('200 members with 500 customers each are there at once', async () => {
		const start = process.cpuUsage();
		const sandbox = await startSandbox({
			seed: { members: 200, customersPerMember: 500, tags: 250, groups: 20, sharedCustomers: 5 },
		});
		expect(workSince(start)).toBeLessThan(5000);
		const { corp } = sandbox.world;
		expect(corp.customers.size).toBe(200 * 495 + 5);
		expect(customersOf(corp, 'member200')).toHaveLength(500);
		expect([corp.tags.size, corp.tagGroups.size, corp.groups.size]).toEqual([250, 3, 20]);
		await sandbox.stop();
	});

	test('a task for 10,000 customers of 20 members is created and read quickly', async () => {
		const sandbox = await startSandbox({ seed: { members: 20, customersPerMember: 500 } });
		const client = new TestClient(sandbox);
		const start = process.cpuUsage();
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
		expect(workSince(start)).toBeLessThan(5000);
		await sandbox.stop();
	});
});
