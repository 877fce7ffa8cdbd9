import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { attach, continueOnFail, useScenario } from '../../harness/scenario';

const DAY = 24 * 3600;

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

async function list(parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'message', operation: 'list', returnAll: true, ...parameters },
		run,
	);
}

function texts(items: Array<{ json: IDataObject }>): unknown[] {
	return items.map(({ json }) => json.text);
}

/** One task a day, "day 1" the oldest; afterwards it is the day after the last one. */
async function createDaily(days: number): Promise<void> {
	for (let day = 1; day <= days; day++) {
		await scenario.createTask({ text: `day ${day}` });
		scenario.sandbox.clock.advance(DAY);
	}
}

it('gives a simplified message, with what tells it apart first', async () => {
	const link = { type: 'link', title: 'Tea', url: 'https://example.com' };
	const msgid = await scenario.createTask({ text: 'Hello', ...attach(link) });
	const { items } = await list();
	expect(items).toEqual([
		{
			json: {
				msgid,
				created_at: '2026-03-01T08:00:00.000+08:00',
				create_time: 1_772_323_200,
				text: 'Hello',
				chat_type: 'single',
				create_type_name: 'company',
				creator: null,
				attachment_types: ['link'],
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(Object.keys(items[0]?.json ?? {})).toEqual([
		'msgid',
		'created_at',
		'create_time',
		'text',
		'chat_type',
		'create_type_name',
		'creator',
		'attachment_types',
	]);
});

describe.each(['empty', 'null', 'absent'] as const)(
	'when empty parts come as %s',
	(absentLists) => {
		beforeEach(async () => await scenario.restart({ absentLists }));

		it('a message without text has an empty one', async () => {
			const link = { type: 'link', title: 'Tea', url: 'https://example.com' };
			await scenario.createTask({ text: '', ...attach(link) });
			const { items } = await list();
			expect(items[0]?.json).toMatchObject({ text: '', attachment_types: ['link'] });
			const { items: raw } = await list({ simple: false });
			expect(raw[0]?.json).toMatchObject({ text: { content: '' } });
		});

		it('a message without attachments has an empty list', async () => {
			await scenario.createTask({ text: 'Hello' });
			const { items } = await list();
			expect(items[0]?.json).toMatchObject({ text: 'Hello', attachment_types: [] });
			const { items: raw } = await list({ simple: false });
			expect(raw[0]?.json).toMatchObject({ text: { content: 'Hello' }, attachments: [] });
		});
	},
);

it('gives a message as WeCom does, with its time in the workflow’s time zone', async () => {
	const msgid = await scenario.createTask({ text: 'Hello' });
	const { items } = await list({ simple: false });
	expect(items).toEqual([
		{
			json: {
				msgid,
				chat_type: 'single',
				creator: null,
				create_time: 1_772_323_200,
				created_at: '2026-03-01T08:00:00.000+08:00',
				create_type: 0,
				create_type_name: 'company',
				text: { content: 'Hello' },
				attachments: [],
			},
			pairedItem: { item: 0 },
		},
	]);
});

it('reads times given as text', async () => {
	await scenario.restart({ createTimeAsString: true });
	await scenario.createTask();
	expect((await list()).items[0]?.json).toMatchObject({
		create_time: 1_772_323_200,
		created_at: '2026-03-01T08:00:00.000+08:00',
	});
});

it('lists the last 30 days by default, newest first', async () => {
	await createDaily(40);
	const { items } = await list();
	expect(texts(items)).toEqual(Array.from({ length: 30 }, (_, index) => `day ${40 - index}`));
});

it('requests no window longer than a month and loses nothing between two', async () => {
	await createDaily(95);
	const { items } = await list({ filters: { createdAfter: '2026-03-01T08:00:00' } });
	expect(texts(items)).toEqual(Array.from({ length: 95 }, (_, index) => `day ${95 - index}`));
	const spans = scenario.sandbox.log
		.calls(PATHS.tasks)
		.map(({ body }) => body as { start_time: number; end_time: number })
		.map(({ start_time, end_time }) => (end_time - start_time) / DAY);
	expect(Math.max(...spans)).toBeLessThanOrEqual(28);
	expect(spans.length).toBeGreaterThanOrEqual(4);
});

it('gives a message at the edge of two windows once', async () => {
	// The edge of the newest window of 28 days, and the second on each side of it.
	const { clock } = scenario.sandbox;
	clock.advance(-1);
	for (let second = 0; second < 3; second++) {
		await scenario.createTask({ text: `second ${second}` });
		clock.advance(1);
	}
	clock.advance(28 * DAY - 2);
	const { items } = await list();
	expect(texts(items)).toEqual(['second 2', 'second 1', 'second 0']);
});

it('reads all pages', async () => {
	for (let count = 0; count < 120; count++) await scenario.createTask({ text: `message ${count}` });
	expect((await list()).items).toHaveLength(120);
});

describe('Limit', () => {
	it('gives the newest messages and requests no older window than it needs', async () => {
		await createDaily(60);
		scenario.sandbox.log.clear();
		const { items } = await list({
			returnAll: false,
			limit: 3,
			filters: { createdAfter: '2026-03-01T08:00:00' },
		});
		expect(texts(items)).toEqual(['day 60', 'day 59', 'day 58']);
		const answered = scenario.sandbox.log.calls(PATHS.tasks).filter(({ errcode }) => errcode === 0);
		expect(answered).toHaveLength(1);
	});

	it('must be a number', async () => {
		const { error } = await list({ returnAll: false, limit: '={{ "many" }}' });
		expect(error?.message).toContain('Limit');
		expect(scenario.sandbox.log.count(PATHS.tasks)).toBe(0);
	});
});

describe('dates', () => {
	beforeEach(async () => await createDaily(5));

	it.each([
		// Tasks are created at 08:00 in Shanghai.
		['after a time of the workflow’s zone', { createdAfter: '2026-03-04T08:00:00' }, [5, 4]],
		['after a time with a zone of its own', { createdAfter: '2026-03-04T00:00:00Z' }, [5, 4]],
		['a second later', { createdAfter: '2026-03-04T08:00:01' }, [5]],
		['before a time', { createdBefore: '2026-03-03T08:00:00' }, [2, 1]],
		['between two days', { createdAfter: '2026-03-02', createdBefore: '2026-03-04' }, [3, 2]],
		[
			'a luxon expression',
			{ createdAfter: '={{ DateTime.fromISO("2026-03-05T00:00:00Z") }}' },
			[5],
		],
	])('%s', async (_, filters, days) => {
		const { items } = await list({ filters });
		expect(texts(items)).toEqual(days.map((day) => `day ${day}`));
	});

	it('are read for each item', async () => {
		const { items } = await list(
			{ filters: { createdAfter: '={{ $json.from }}', createdBefore: '={{ $json.to }}' } },
			{
				input: [
					{ from: '2026-03-01', to: '2026-03-02' },
					{ from: '2026-03-03', to: '2026-03-05' },
				],
			},
		);
		expect(items.map(({ json, pairedItem }) => [texts([{ json }])[0], pairedItem])).toEqual([
			['day 1', { item: 0 }],
			['day 4', { item: 1 }],
			['day 3', { item: 1 }],
		]);
	});

	it.each([
		[{ createdAfter: 'last week' }, "'Created After' must be a date and time"],
		[{ createdAfter: '={{ $json.nothing }}' }, "'Created After' must be a date and time"],
		[{ createdBefore: '' }, "'Created Before' must be a date and time"],
		[
			{ createdAfter: '2026-03-04', createdBefore: '2026-03-02' },
			"'Created After' must be before 'Created Before'",
		],
		[{ createdBy: '={{ "robots" }}' }, "'Created By' has an unknown value"],
		[{ creator: '={{ $json.nothing }}' }, "'Creator Name or ID' is empty"],
	])('refuse %j before any request', async (filters, message) => {
		scenario.sandbox.log.clear();
		const { error } = await list({ filters });
		expect(error?.message).toBe(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('who created it', () => {
	beforeEach(async () => {
		await scenario.createTask({ text: 'by the company' });
		const { world } = scenario.sandbox;
		world.addPersonalMessage('lin', scenario.customersOf('lin').slice(0, 1), 'by Lin');
		world.addPersonalMessage('wei', scenario.customersOf('wei').slice(0, 1), 'by Wei');
	});

	it.each([
		[{}, ['by the company', 'by Lin', 'by Wei']],
		[{ createdBy: 'company' }, ['by the company']],
		[{ createdBy: 'members' }, ['by Lin', 'by Wei']],
		[{ creator: 'wei' }, ['by Wei']],
	])('%j', async (filters, wanted) => {
		const { items } = await list({ filters });
		expect(texts(items).sort()).toEqual([...wanted].sort());
	});

	it('is given by name', async () => {
		const { items } = await list({ simple: false, filters: { createdBy: 'members' } });
		expect(items[0]?.json).toMatchObject({ create_type: 1, create_type_name: 'member' });
		expect(['lin', 'wei']).toContain(items[0]?.json.creator);
	});
});

it('lists messages to customer groups', async () => {
	await scenario.createTask({
		sendTo: 'groups',
		chatIds: scenario.groupsOf('lin').slice(0, 1),
		text: 'To the group',
	});
	expect((await list()).items).toEqual([]);
	const { items } = await list({ chatType: 'group' });
	expect(items[0]?.json).toMatchObject({ chat_type: 'group', text: 'To the group' });
});

it('gives no items when there are no messages', async () => {
	const { items, status } = await list();
	expect([status, items]).toEqual(['success', []]);
});

it('keeps the other items with Continue On Fail', async () => {
	await scenario.createTask();
	const { items } = await list(
		{ filters: { createdAfter: '={{ $json.from }}' } },
		{
			input: [{ from: 'soon' }, { from: '2026-02-01' }],
			...continueOnFail,
		},
	);
	expect(items).toMatchObject([
		{ json: { error: "'Created After' must be a date and time" }, pairedItem: { item: 0 } },
		{ json: { create_type_name: 'company' }, pairedItem: { item: 1 } },
	]);
});
