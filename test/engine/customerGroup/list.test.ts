import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { groupNamed } from '../../harness/sandbox';
import type { ScenarioRun } from '../../harness/scenario';
import { continueOnFail, useScenario } from '../../harness/scenario';
import type { CustomerGroup } from '../../sandbox';

const scenario = useScenario();

function groups(): CustomerGroup[] {
	return [...scenario.sandbox.world.corp.groups.values()];
}

function chatId(name: string): string {
	return groupNamed(scenario.sandbox, name).chatId;
}

async function list(parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{ resource: 'customerGroup', operation: 'list', returnAll: true, ...parameters },
		run,
	);
}

/** Adds groups of new members, so many each. */
function addOwners(owners: number, each: number) {
	const { corp } = scenario.sandbox.world;
	for (let owner = 0; owner < owners; owner++) {
		const { userid } = corp.addMember(`owner${owner}`);
		for (let group = 0; group < each; group++) {
			corp.addGroup({ name: `Group ${owner}.${group}`, owner: userid, createTime: 1 });
		}
	}
	return Array.from({ length: owners }, (_, owner) => `owner${owner}`);
}

it('gives IDs and status in one call', async () => {
	const { items } = await list();
	expect(items).toEqual(
		groups().map((group) => ({
			json: { chat_id: group.chatId, status: 0, status_name: 'normal' },
			pairedItem: { item: 0 },
		})),
	);
	expect(scenario.sandbox.log.count(PATHS.groups)).toBe(1);
	expect(scenario.sandbox.log.calls(PATHS.groups)[0]?.body).toEqual({
		status_filter: 0,
		cursor: '',
		limit: 1_000,
	});
	expect(scenario.sandbox.log.count(PATHS.group)).toBe(0);
});

it('gives simplified details, with one more call per group', async () => {
	const { items } = await list({ output: 'details' });
	expect(items.map(({ json }) => json.name)).toEqual([
		'Tea tasting club',
		'Cake lovers',
		'Weekend events',
	]);
	expect(Object.keys(items[0]?.json ?? {})).toEqual([
		'chat_id',
		'status_name',
		'name',
		'owner',
		'notice',
		'create_time',
		'created_at',
		'admins',
		'member_count',
		'customer_count',
	]);
	expect(items[0]?.json).toMatchObject({
		owner: 'lin',
		admins: ['wei'],
		member_count: 10,
		customer_count: 8,
	});
	const calls = scenario.sandbox.log.calls(PATHS.group);
	expect(calls.map(({ body }) => body)).toEqual(
		groups().map(({ chatId: chat_id }) => ({ chat_id })),
	);
});

it('gives everything WeCom knows when Simplify is off', async () => {
	const { items } = await list({ output: 'details', simple: false });
	expect(scenario.sandbox.log.calls(PATHS.group)[0]?.body).toMatchObject({ need_name: 1 });
	expect(items[0]?.json).toMatchObject({
		status: 0,
		status_name: 'normal',
		create_time: expect.any(Number) as number,
		member_version: expect.any(String) as string,
		admin_list: [{ userid: 'wei' }],
		member_list: expect.arrayContaining([expect.objectContaining({ userid: 'lin' })]) as unknown,
	});
});

it('filters by status', async () => {
	const [, cakes] = groups();
	if (cakes) cakes.status = 2;
	const { items } = await list({ status: 2 });
	expect(items.map(({ json }) => json)).toEqual([
		{ chat_id: chatId('Cake lovers'), status: 2, status_name: 'being_inherited' },
	]);
	// An expression may give the number as text.
	expect((await list({ status: '={{ "2" }}' })).items).toHaveLength(1);
});

it('lists the groups of chosen owners, even of one who has left', async () => {
	const { corp } = scenario.sandbox.world;
	corp.members.delete('wei');
	expect((await list()).items).toHaveLength(2);
	const { items } = await list({ ownerScope: 'chosen', members: 'wei' });
	expect(items.map(({ json }) => json.chat_id)).toEqual([chatId('Weekend events')]);
});

it('requests at most 100 owners per call and loses none', async () => {
	const owners = addOwners(250, 2);
	const { items } = await list({ ownerScope: 'chosen', members: owners });
	expect(new Set(items.map(({ json }) => json.chat_id)).size).toBe(500);
	const calls = scenario.sandbox.log.calls(PATHS.groups);
	const asked = calls.map(
		({ body }) => (body as { owner_filter: { userid_list: string[] } }).owner_filter.userid_list,
	);
	expect(asked.map(({ length }) => length)).toEqual([100, 100, 50]);
	expect(asked.flat()).toEqual(owners);
});

it('reads all pages, and no more than it needs with a limit', async () => {
	addOwners(5, 500);
	const { items } = await list();
	expect(items).toHaveLength(2_503);
	expect(scenario.sandbox.log.count(PATHS.groups)).toBe(3);

	scenario.sandbox.log.clear();
	const limited = await list({ returnAll: false, limit: 20 });
	expect(limited.items).toHaveLength(20);
	const calls = scenario.sandbox.log.calls(PATHS.groups);
	expect(calls.map(({ body }) => (body as { limit: number }).limit)).toEqual([20]);
});

it('reads details only up to the limit', async () => {
	addOwners(2, 20);
	const { items } = await list({ output: 'details', returnAll: false, limit: 10 });
	expect(items).toHaveLength(10);
	expect(scenario.sandbox.log.count(PATHS.group)).toBe(10);
});

it.each([
	['simplified', true],
	['all of them', false],
])('keeps the others, %s, when WeCom no longer knows a group it listed', async (_, simple) => {
	const [, cakes] = groups();
	const [tea] = (await list({ output: 'details', simple })).items;
	// Dissolved after it was listed.
	const group_chat_list = groups().map(({ chatId: chat_id, status }) => ({ chat_id, status }));
	const body = JSON.stringify({ errcode: 0, group_chat_list });
	scenario.sandbox.faults.add({ path: PATHS.groups, fault: { kind: 'notJson', body } });
	scenario.sandbox.world.corp.groups.delete(cakes?.chatId ?? '');
	const { items, hints, status } = await list({ output: 'details', simple });
	expect(status).toBe('success');
	expect(items.map(({ json }) => json.name)).toEqual(['Tea tasting club', null, 'Weekend events']);
	const { chat_id, status: code, status_name, ...details } = items[1]?.json ?? {};
	expect([chat_id, code, status_name]).toEqual([cakes?.chatId, simple ? undefined : 0, 'normal']);
	expect(Object.values(details).every((value) => value === null)).toBe(true);
	// The fields are those of the other groups.
	expect(Object.keys(tea?.json ?? {})).toEqual(
		expect.arrayContaining(Object.keys(items[1]?.json ?? {})),
	);
	expect(hints).toEqual([
		expect.objectContaining({
			message: `WeCom lists the customer group ${cakes?.chatId} but no longer knows it: its details are null.`,
			type: 'warning',
		}),
	]);
});

it('names a few of many groups that WeCom no longer knows', async () => {
	addOwners(1, 6);
	const fault = { kind: 'errcode', errcode: 40050 } as const;
	scenario.sandbox.faults.add({ path: PATHS.group, fault });
	const { items, hints } = await list({
		output: 'details',
		ownerScope: 'chosen',
		members: 'owner0',
	});
	expect(items).toHaveLength(6);
	const ids = items.slice(0, 5).map(({ json }) => json.chat_id);
	expect(hints[0]?.message).toBe(
		`WeCom lists 6 customer groups but no longer knows them: their details are null (${ids.join(', ')}, …).`,
	);
});

it('fails when a group cannot be read for another reason', async () => {
	const fault = { kind: 'errcode', errcode: 48002 } as const;
	scenario.sandbox.faults.add({ path: PATHS.group, call: 2, fault });
	const { error } = await list({ output: 'details' });
	expect(error?.message).toBe('The app may not call the customer contact API');
});

it('explains what to do when there are too many members (81017)', async () => {
	const { corp } = scenario.sandbox.world;
	for (let number = 0; number < 1_000; number++) corp.addMember(`extra${number}`);
	const { error } = await list();
	expect(error).toMatchObject({
		message: 'There are too many members to list all customer groups at once',
		description: expect.stringMatching(
			/^Choose the owners whose groups you want\.\n.*\(errcode 81017, doc 92120\)/,
		) as string,
	});
	expect((await list({ ownerScope: 'chosen', members: ['lin'] })).items).toHaveLength(2);
});

it.each([
	['no owner', { ownerScope: 'chosen', members: '={{ [] }}' }, "'Member Names or IDs' is empty"],
	[
		'owners that are no list',
		{ ownerScope: 'chosen', members: '={{ ({}) }}' },
		"'Member Names or IDs' must be a list of IDs",
	],
	['a status that does not exist', { status: '={{ 7 }}' }, "'Status' has an unknown value"],
	[
		'a status that resolved to nothing',
		{ status: '={{ $json.no }}' },
		"'Status' has an unknown value",
	],
	[
		'a limit that is no number',
		{ returnAll: false, limit: '={{ "x" }}' },
		"'Limit' must be a whole number of at least 1",
	],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await list(parameters as IDataObject);
	expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const { items } = await list(
		{ ownerScope: 'chosen', members: '={{ $json.owner }}' },
		{ ...continueOnFail, input: [{ owner: 'wei' }, {}, { owner: 'lin' }] },
	);
	expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[undefined, { item: 0 }],
		["'Member Names or IDs' is empty", { item: 1 }],
		[undefined, { item: 2 }],
		[undefined, { item: 2 }],
	]);
});
