import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const ofMember = (member: string) => ({ currentNodeParameters: { member: byId(member) } });

it.each([
	['searchMembers', PATHS.members],
	['searchTags', PATHS.tags],
	['searchTagGroups', PATHS.tags],
	['searchCustomers', PATHS.customers],
	['searchCustomerGroups', PATHS.groups],
	['searchTasks', PATHS.tasks],
])('shows why %s failed and what to do', async (method, path) => {
	scenario.sandbox.faults.add({ path, fault: { kind: 'errcode', errcode: 48002 } });
	await expect(scenario.search(method, ofMember('lin'))).rejects.toMatchObject({
		message: 'The app may not call the customer contact API',
		description: expect.stringContaining('Customer Contact > API') as string,
	});
});

it('shows why searchApps failed: only a self-built app has application messages', async () => {
	scenario.sandbox.faults.add({ path: PATHS.apps, fault: { kind: 'errcode', errcode: 48002 } });
	await expect(scenario.search('searchApps')).rejects.toMatchObject({
		description: expect.stringContaining('the secret of a self-built app') as string,
	});
});

it('does not show the token or the secret', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.members,
		fault: { kind: 'untrustedIp', ip: '203.0.113.7' },
	});
	const error: unknown = await scenario.search('searchMembers').catch((reason: unknown) => reason);
	expect(String((error as Error).message)).toContain('203.0.113.7');
	expect(JSON.stringify(error)).not.toContain(scenario.sandbox.secret);
});

it('covers every search of the node', async () => {
	expect(Object.keys(new WeComExternalContact().methods.listSearch).sort()).toEqual([
		'searchApps',
		'searchCustomerGroups',
		'searchCustomers',
		'searchMembers',
		'searchTagGroups',
		'searchTags',
		'searchTasks',
	]);
});
