import type { IDataObject } from 'n8n-workflow';

import { useScenario } from '../../harness/scenario';

const scenario = useScenario({ startAt: new Date('2026-12-15T17:30:00Z') });

/** A task of which one customer each was sent it, is at the limit, is no contact any more, and waits. */
async function mixedTask(): Promise<{ msgid: string; ids: string[] }> {
	const { world } = scenario.sandbox;
	const ids = scenario.customersOf('chen').slice(0, 4);
	const [, limited = '', gone = ''] = ids;
	const msgid = await scenario.createTask({ sender: 'chen', to: ids });
	world.setReceiveLimit('1_per_day');
	world.addPersonalMessage('chen', [limited], 'Good morning');
	world.deleteRelation('chen', gone);
	world.confirmTask(msgid, 'chen', { only: ids.slice(0, 3) });
	return { msgid, ids };
}

async function rowsOf(msgid: string, parameters: IDataObject = {}) {
	const result = await scenario.status(msgid, { output: 'customers', ...parameters });
	return { ...result, rows: result.items.map(({ json }) => json) };
}

const NAMES = ['sent', 'failed_limit', 'failed_not_friend', 'pending'];

it.each<[unknown, number[]]>([
	[undefined, [0, 1, 2, 3]],
	[['all'], [0, 1, 2, 3]],
	[['sent'], [0]],
	[['atLimit'], [1]],
	[['notContact'], [2]],
	[['pending'], [3]],
	[
		['pending', 'atLimit'],
		[1, 3],
	],
	[
		['sent', 'all'],
		[0, 1, 2, 3],
	],
	['={{ ["pending", "sent"] }}', [0, 3]],
	['["pending", "sent"]', [0, 3]],
	['pending，sent', [0, 3]],
])('gives the customers that %j chooses', async (customerStatus, wanted) => {
	const { msgid, ids } = await mixedTask();
	const { rows } = await rowsOf(
		msgid,
		customerStatus === undefined ? {} : ({ customerStatus } as IDataObject),
	);
	expect(rows.map(({ external_userid, status_name }) => [external_userid, status_name])).toEqual(
		wanted.map((index) => [ids[index], NAMES[index]]),
	);
});

it.each<[unknown, RegExp]>([
	[[], /^'Customers' is empty$/],
	['={{ $json.none }}', /^'Customers' is empty$/],
	['={{ [] }}', /^'Customers' is empty$/],
	[['unread'], /^'Customers' has an unknown value$/],
	['={{ 3 }}', /^'Customers' has an unknown value$/],
	['={{ ({ sent: true }) }}', /^'Customers' must be a list/],
])('is an error before any request when the choice is %j', async (customerStatus, message) => {
	const { error } = await rowsOf('msg1', { customerStatus } as IDataObject);
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('says so when nobody has the status', async () => {
	const msgid = await scenario.createTask({ to: scenario.customersOf('lin').slice(0, 2) });
	const { rows, hints } = await rowsOf(msgid, { customerStatus: ['sent'] });
	expect(rows).toEqual([]);
	expect(hints.map(({ message }) => message)).toContain(
		"None of the 2 rows has a status that 'Customers' chooses.",
	);
});

it('leaves the other outputs whole', async () => {
	const { msgid } = await mixedTask();
	const { items } = await scenario.status(msgid, { customerStatus: ['sent'] });
	expect(items[0]?.json).toMatchObject({ customer_count: 4, sent: 1, pending: 1 });
});

it('goes into a Broadcast to those who have not got it, without an expression', async () => {
	const { msgid, ids } = await mixedTask();
	const { rows } = await rowsOf(msgid, { customerStatus: ['pending'] });
	const { items } = await scenario.broadcast(
		{ sendTo: 'inputItems', sentBy: 'itemField', text: 'Once more' },
		{ input: rows },
	);
	expect(items.map(({ json }) => [json.sender, json.recipient_count])).toEqual([['chen', 1]]);
	expect(scenario.recipientsOfTasks().at(-1)).toEqual([ids[3]]);
});

describe('retry_after of customers at their limit', () => {
	// It is 01:30 on 16 December in China, a Wednesday.
	it.each([
		['perDay', '2026-12-17T00:00:00.000+08:00'],
		['perWeek', '2026-12-23T00:00:00.000+08:00'],
		['perMonth', '2027-01-01T00:00:00.000+08:00'],
	])('is when nothing of before counts any more: %s', async (receiveLimit, expected) => {
		const { msgid } = await mixedTask();
		// Read a day later, it is still about the day on which the member sent it.
		scenario.sandbox.clock.advance(86_400);
		const { rows } = await rowsOf(msgid, { options: { receiveLimit } });
		expect(rows.map(({ status_name, retry_after }) => [status_name, retry_after])).toEqual([
			['sent', undefined],
			['failed_limit', expected],
			['failed_not_friend', undefined],
			['pending', undefined],
		]);
	});

	it('is null where nobody says what the limit is', async () => {
		const { msgid } = await mixedTask();
		const { rows } = await rowsOf(msgid, { customerStatus: ['atLimit'] });
		expect(rows.map(({ retry_after }) => retry_after)).toEqual([null]);
	});

	it('is a time at which the message goes out', async () => {
		const { msgid, ids } = await mixedTask();
		const { rows } = await rowsOf(msgid, { options: { receiveLimit: 'perDay' } });
		const { sandbox } = scenario;
		const retryAt = Date.parse(String(rows[1]?.retry_after)) / 1_000;
		sandbox.clock.advance(retryAt - sandbox.clock.now());
		const again = await scenario.createTask({ sender: 'chen', to: [ids[1] ?? ''] });
		sandbox.world.confirmTask(again);
		const { items } = await scenario.status(again, { output: 'customers' });
		expect(items.map(({ json }) => json.status_name)).toEqual(['sent']);
	});

	it('refuses a limit that is none', async () => {
		const { error } = await rowsOf('msg1', { options: { receiveLimit: '={{ $json.none }}' } });
		expect(error?.message).toBe("'Receive Limit' has an unknown value");
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});
