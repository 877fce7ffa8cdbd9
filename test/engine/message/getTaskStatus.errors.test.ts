import { PATHS } from '../../harness/requests';
import { continueOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

describe('bad input', () => {
	it('refuses a msgid that WeCom does not know', async () => {
		const { error } = await scenario.status('msg-unknown');
		expect(error).toMatchObject({
			message: 'WeCom does not know this task',
			description: expect.stringContaining('errcode 41047') as string,
			context: { itemIndex: 0 },
		});
	});

	it('refuses a msgid that resolved to nothing before any request', async () => {
		const { error } = await scenario.status('={{ $json.msgid }}');
		expect(error?.message).toBe("'Task' is empty");
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('keeps the other items under Continue On Fail', async () => {
		const msgid = await scenario.createTask({ sender: 'chen' });
		const { items } = await scenario.status(
			'={{ $json.msgid }}',
			{},
			{
				input: [{ msgid: 'msg-unknown' }, { msgid }],
				...continueOnFail,
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
			['WeCom does not know this task', { item: 0 }],
			['awaiting_members', { item: 1 }],
		]);
	});
});

describe('a network that fails', () => {
	it.each([
		['HTTP 502', { kind: 'httpStatus' as const, status: 502 }],
		['an HTML page', { kind: 'html' as const }],
		['a reset', { kind: 'reset' as const }],
		['a cut body', { kind: 'cutBody' as const }],
		['-1', { kind: 'errcode' as const, errcode: -1 }],
		['45009', { kind: 'errcode' as const, errcode: 45009 }],
		['45033', { kind: 'errcode' as const, errcode: 45033 }],
	])('is tried again after %s: reading twice does no harm', async (_, fault) => {
		const msgid = await scenario.createTask({ sender: 'chen' });
		scenario.sandbox.faults.add({ path: PATHS.taskResults, call: 1, fault });
		const { items } = await scenario.status(msgid);
		expect(items[0]?.json.state).toBe('awaiting_members');
		expect(scenario.sandbox.log.count(PATHS.taskResults)).toBe(2);
	});

	it('is given up after 3 retries', async () => {
		const msgid = await scenario.createTask({ sender: 'chen' });
		scenario.sandbox.faults.add({
			path: PATHS.taskMembers,
			fault: { kind: 'httpStatus', status: 503 },
		});
		const { error } = await scenario.status(msgid);
		expect(error?.message).toBe('The server answered HTTP 503 instead of a WeCom answer');
		expect(scenario.sandbox.log.count(PATHS.taskMembers)).toBe(4);
	});
});
