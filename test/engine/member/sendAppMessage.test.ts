import type { IDataObject } from 'n8n-workflow';

import { LOST_RESPONSES } from '../../harness/faults';
import { fileOf } from '../../harness/files';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';
import { phoneOf, setDepartment, setMemberTag } from '../../sandbox';

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

async function send(parameters: IDataObject = {}, run: ScenarioRun = {}) {
	return await scenario.run(
		{
			resource: 'member',
			operation: 'sendAppMessage',
			members: ['lin'],
			appText: 'Three tasks wait',
			...parameters,
		},
		run,
	);
}

/** What arrived at WeCom. */
function requests(): IDataObject[] {
	return scenario.sandbox.log.calls(PATHS.sendAppMessage).map(({ body }) => body as IDataObject);
}

/** Texts and other contents that a member's phone shows. */
function phone(userid: string): unknown[] {
	const { messages } = phoneOf(scenario.sandbox.world.corp, userid);
	return messages.map(({ content }) => content.content ?? content);
}

/** Departments 2 and 5, and tags 7 and 8 of the address book. */
function setUpAddressBook(): void {
	const { corp } = scenario.sandbox.world;
	setDepartment(corp, 2, ['lin']);
	setDepartment(corp, 5, ['wei']);
	setMemberTag(corp, 7, ['lin']);
	setMemberTag(corp, 8, ['chen']);
}

function agentId(): number {
	const { corp } = scenario.sandbox.world;
	const app = [...corp.apps.values()].find(({ secret }) => secret === scenario.sandbox.secret);
	return app?.agentId ?? 0;
}

it('sends a text to members from the app of the credential', async () => {
	const { items } = await send({ members: ['lin', 'wei'] });
	expect(requests()).toEqual([
		{
			touser: 'lin|wei',
			agentid: agentId(),
			msgtype: 'text',
			text: { content: 'Three tasks wait' },
			enable_duplicate_check: 1,
			duplicate_check_interval: 1_800,
		},
	]);
	expect(items).toEqual([
		{
			json: {
				msgid: expect.stringMatching(/./) as string,
				state: 'sent',
				message_type: 'text',
				agent_id: agentId(),
				sent_to: 'members',
				recipient_count: 2,
				not_reached: [],
				not_reached_count: 0,
				send_time: 1_772_323_200,
				sent_at: '2026-03-01T08:00:00.000+08:00',
				recall_ends_at: '2026-03-02T08:00:00.000+08:00',
			},
			pairedItem: { item: 0 },
		},
	]);
});

it.each<[string, IDataObject, IDataObject]>([
	['markdown', { appText: '**Hello**' }, { markdown: { content: '**Hello**' } }],
	[
		'textcard',
		{
			cardTitle: 'Approve?',
			cardDescription: 'Spring sale',
			cardUrl: 'https://example.com/a',
			cardButton: 'Open',
		},
		{
			textcard: {
				title: 'Approve?',
				description: 'Spring sale',
				url: 'https://example.com/a',
				btntxt: 'Open',
			},
		},
	],
	[
		'news',
		{
			articles: {
				article: [
					{ title: 'One', url: 'https://example.com/1', picurl: 'https://example.com/1.png' },
					{ title: 'Two', url: 'https://example.com/2', description: 'More' },
				],
			},
		},
		{
			news: {
				articles: [
					{ title: 'One', url: 'https://example.com/1', picurl: 'https://example.com/1.png' },
					{ title: 'Two', url: 'https://example.com/2', description: 'More' },
				],
			},
		},
	],
])('sends %s', async (appMessageType, parameters, body) => {
	const { error } = await send({ appMessageType, ...parameters });
	expect(error).toBeUndefined();
	expect(requests()).toEqual([
		expect.objectContaining({ msgtype: appMessageType, ...body }) as IDataObject,
	]);
});

it('uploads a file once for all items that send it, and takes a media ID', async () => {
	const input = [await scenario.itemWithFile('plan.pdf'), await scenario.itemWithFile('plan.pdf')];
	const members = '={{ $itemIndex === 0 ? "lin" : "wei" }}';
	const { items } = await send({ appMessageType: 'file', members }, { input });
	const [media] = [...scenario.sandbox.world.corp.media.values()];
	expect(items.map(({ json }) => json.message_type)).toEqual(['file', 'file']);
	expect(scenario.sandbox.log.count(PATHS.upload)).toBe(1);
	const film = await scenario.run(
		{ resource: 'media', operation: 'upload' },
		{ input: [await scenario.itemWithFile('tour.mp4')] },
	);
	const mediaId = film.items[0]?.json.media_id as string;
	const video = { appMessageType: 'video', source: 'mediaId', mediaId, videoTitle: 'Tour' };
	expect((await send(video)).items).toHaveLength(1);
	expect(requests()).toMatchObject([
		{ touser: 'lin', file: { media_id: media?.mediaId } },
		{ touser: 'wei', file: { media_id: media?.mediaId } },
		{ msgtype: 'video', video: { media_id: mediaId, title: 'Tour' } },
	]);
});

it('uploads an image', async () => {
	const { items } = await send(
		{ appMessageType: 'image' },
		{ input: [await scenario.itemWithFile('a.png')] },
	);
	expect(items[0]?.json.message_type).toBe('image');
	expect(requests()[0]).toHaveProperty('image.media_id');
});

it('sends to each item’s members, however an expression names them', async () => {
	const input = [{ to: ['lin', 'LIN'] }, { to: 'wei，chen' }, { to: '["chen"]' }];
	const { items } = await send(
		{ members: '={{ $json.to }}', appText: '=No. {{ $itemIndex }}' },
		{ input },
	);
	expect(requests().map(({ touser }) => touser)).toEqual(['lin', 'wei|chen', 'chen']);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(scenario.sandbox.log.count(PATHS.apps)).toBe(1);
});

it('takes type and recipients from expressions, and then asks for the fields of these only', async () => {
	setUpAddressBook();
	const { items } = await send(
		{
			appMessageTo: '={{ $json.to }}',
			appMessageType: '={{ $json.type }}',
			departmentIds: '={{ $json.ids }}',
		},
		{
			input: [
				{ to: 'members', type: 'text' },
				{ to: 'departments', type: 'markdown', ids: 5 },
			],
		},
	);
	expect(items.map(({ json }) => [json.sent_to, json.message_type])).toEqual([
		['members', 'text'],
		['departments', 'markdown'],
	]);
	expect(requests().map(({ toparty }) => toparty)).toEqual([undefined, '5']);
	expect(phone('wei')).toHaveLength(1);
});

it.each<[string, IDataObject, IDataObject, string[], number | null]>([
	['departments', { departmentIds: '2, 5' }, { toparty: '2|5' }, ['lin', 'wei'], 2],
	['tags', { memberTagIds: '={{ [7, 8, 9] }}' }, { totag: '7|8|9' }, ['lin', 'chen'], 2],
	['everybody', {}, { touser: '@all' }, ['lin', 'wei', 'chen'], null],
])('sends to %s', async (appMessageTo, parameters, target, members, recipient_count) => {
	setUpAddressBook();
	const { items } = await send({ appMessageTo, ...parameters });
	const { touser, toparty, totag } = requests()[0] ?? {};
	expect({ touser, toparty, totag }).toEqual({
		touser: undefined,
		toparty: undefined,
		totag: undefined,
		...target,
	});
	expect(['lin', 'wei', 'chen'].filter((userid) => phone(userid).length > 0)).toEqual(
		['lin', 'wei', 'chen'].filter((userid) => members.includes(userid)),
	);
	expect(items[0]?.json).toMatchObject({ sent_to: appMessageTo, recipient_count });
	expect(items[0]?.json.not_reached).toEqual(
		appMessageTo === 'tags' ? [{ id: '9', kind: 'tag', reason: 'unknown_or_out_of_range' }] : [],
	);
});

describe('the app', () => {
	it('may be given by ID, and is then not looked up', async () => {
		await send({ app: byId(`={{ ${agentId()} }}`) });
		expect(scenario.sandbox.log.count(PATHS.apps)).toBe(0);
		expect(requests()).toMatchObject([{ agentid: agentId() }]);
	});

	it('must be that of the credential', async () => {
		const { error } = await send({ app: byId('1000999') });
		expect(error?.message).toBe(
			'The secret belongs to a different app than the one in the request',
		);
	});

	it('can be chosen from a list', async () => {
		const { results } = await scenario.search('searchApps');
		expect(results).toEqual([
			{ name: expect.stringContaining(`(${agentId()})`) as string, value: `${agentId()}` },
		]);
	});

	it.each([
		['empty', 'The secret of the credential belongs to no app'],
		['48002', 'The app may not send application messages'],
	] as const)(
		'is what an old system secret lacks (%s): asked for once, however many items there are',
		async (agentListWithoutApp, error) => {
			await scenario.restart({ agentListWithoutApp });
			for (const app of scenario.sandbox.world.corp.apps.values()) app.kind = 'system';
			const { items } = await send({}, { ...continueOnFail, input: [{ n: 1 }, { n: 2 }] });
			const hint = expect.stringContaining('secret of a self-built app') as string;
			expect(items.map(({ json }) => json)).toMatchObject(
				[0, 1].map(() => ({ error, details: { hint } })),
			);
			expect(scenario.sandbox.log.count(PATHS.apps)).toBe(1);
			expect(requests()).toEqual([]);
		},
	);
});

describe('recipients who do not get it', () => {
	it('are named in the output and in a hint', async () => {
		const { items, hints } = await send({ members: ['lin', 'Zhao'] });
		expect(items[0]?.json).toMatchObject({
			recipient_count: 1,
			not_reached: [{ id: 'Zhao', kind: 'member', reason: 'unknown_or_out_of_range' }],
			not_reached_count: 1,
		});
		expect(hints.map(({ message }) => message)).toEqual([
			'Not reached: Zhao, because they do not exist or are outside the Visible Range (可见范围) of the app.',
		]);
	});

	it('may lack a license', async () => {
		const wei = scenario.sandbox.world.corp.members.get('wei');
		if (wei) wei.licensed = false;
		const { items, hints } = await send({ members: ['lin', 'Wei'] });
		expect(items[0]?.json.not_reached).toEqual([
			{ id: 'Wei', kind: 'member', reason: 'no_license' },
		]);
		expect(hints[0]?.message).toContain('Wei, because they have no license');
	});

	it('are an error where nobody is left', async () => {
		const { error } = await send({ members: ['Zhao'] });
		expect(error?.message).toBe('None of the recipients can get the message');
		expect(error?.description).toContain('Visible Range (可见范围)');
	});
});

describe('refuses before any request', () => {
	it.each<[string, IDataObject, string | RegExp]>([
		['no members', { members: [] }, '"Member Names or IDs" is required'],
		['members that resolve to nothing', { members: '={{ $json.none }}' }, 'so nobody'],
		['blank members', { members: '={{ [" ", ""] }}' }, 'so nobody'],
		['@all among members', { members: '={{ ["lin", "@all"] }}' }, '@all is not a user ID'],
		['no departments', { appMessageTo: 'departments', departmentIds: '={{ "" }}' }, 'so nobody'],
		[
			'a department that is a name',
			{ appMessageTo: 'departments', departmentIds: 'Sales' },
			'not a department ID',
		],
		['no tags', { appMessageTo: 'tags', memberTagIds: '={{ [] }}' }, 'so nobody'],
		['an unknown choice', { appMessageTo: '={{ "all" }}' }, "'Send To' has an unknown value"],
		['no text', { appText: '={{ $json.none }}' }, "'Message' has no value"],
		[
			'a text above 2,048 bytes',
			{ appText: `={{ "茶".repeat(683) }}` },
			"'Message' is too long: 2049 bytes",
		],
		[
			'a card without URL',
			{ appMessageType: 'textcard', cardTitle: 'a', cardDescription: 'b', cardUrl: '={{ "" }}' },
			"'URL' is empty",
		],
		[
			'a long button',
			{
				appMessageType: 'textcard',
				cardTitle: 'a',
				cardDescription: 'b',
				cardUrl: 'https://example.com',
				cardButton: 'Approve',
			},
			"'Button Text' has 7 characters",
		],
		[
			'nine articles',
			{
				appMessageType: 'news',
				articles: {
					article: Array.from({ length: 9 }, () => ({ title: 'a', url: 'https://example.com' })),
				},
			},
			'The message has 9 articles',
		],
		[
			'an article without title',
			{
				appMessageType: 'news',
				articles: { article: [{ title: '', url: 'https://example.com' }] },
			},
			"'Title' in article 1 is empty",
		],
		['an app that is a name', { app: byId('CRM') }, 'is not an agent ID'],
		[
			'repeats for longer than WeCom looks',
			{ options: { dropRepeatsMinutes: 241 } },
			"'Drop Repeats For' must be",
		],
	])('%s', async (_, parameters, message) => {
		const { error } = await send(parameters);
		expect(error?.message).toMatch(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('an image that is none', async () => {
		const input = [await scenario.itemWithFile('a.gif', { content: fileOf('gif') })];
		const { error } = await send({ appMessageType: 'image' }, { input });
		expect(error?.message).toContain('is not JPG or PNG');
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

it('sends the other items with Continue On Fail', async () => {
	const input = [{ to: '' }, { to: 'lin' }, { to: 'Zhao' }];
	const { items } = await send({ members: '={{ $json.to }}' }, { ...continueOnFail, input });
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
		["'Member Names or IDs' is empty, so nobody would get the message", { item: 0 }],
		['sent', { item: 1 }],
		['None of the recipients can get the message', { item: 2 }],
	]);
});

it('says what was sent when a later item fails', async () => {
	const input = [{ to: 'lin' }, { to: '' }];
	const { error } = await send({ members: '={{ $json.to }}' }, { input });
	expect(error?.description).toMatch(/Already created; do not create again: \S+/);
});

describe('the same message twice', () => {
	it('in one run is sent once', async () => {
		const { items } = await send({}, { input: [{ n: 1 }, { n: 2 }] });
		expect(items.map(({ json }) => json.state)).toEqual(['sent', 'duplicate']);
		expect(items[1]?.json.msgid).toBe(items[0]?.json.msgid);
		expect(requests()).toHaveLength(1);
	});

	it('in one run is sent twice where repeats are wanted', async () => {
		const options = { dropRepeatsMinutes: 0 };
		const { items } = await send({ options }, { input: [{ n: 1 }, { n: 2 }] });
		expect(items.map(({ json }) => json.state)).toEqual(['sent', 'sent']);
		expect(requests()).toHaveLength(2);
		expect(requests()[0]).not.toHaveProperty('enable_duplicate_check');
	});
});

describe('Retry On Fail', () => {
	it.each([30, 0])(
		'sends no item again, whatever its text now says (%i minutes)',
		async (dropRepeatsMinutes) => {
			scenario.sandbox.faults.add({
				path: PATHS.sendAppMessage,
				call: 2,
				fault: { kind: 'errcode', errcode: 45002 },
			});
			const { items } = await send(
				{
					appText: '={{ $json.to + Math.random() }}',
					members: '={{ $json.to }}',
					options: { dropRepeatsMinutes },
				},
				{ ...retryOnFail, input: [{ to: 'lin' }, { to: 'wei' }] },
			);
			expect(items.map(({ json }) => json.state)).toEqual(['sent', 'sent']);
			expect(requests().map(({ touser }) => touser)).toEqual(['lin', 'wei', 'wei']);
		},
	);
});

describe.each(LOST_RESPONSES)('when the response is lost because %s', (_, fault) => {
	it('sends the same request again, which WeCom drops if the first one arrived', async () => {
		scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, call: 1, fault });
		const { items } = await send();
		expect(items[0]?.json.state).toBe('sent');
		expect(requests()).toHaveLength(2);
		expect(requests()[1]).toEqual(requests()[0]);
		expect(phone('lin')).toEqual(['Three tasks wait']);
	});

	it('stops where WeCom does not look for repeats, also under Retry On Fail', async () => {
		scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, fault });
		const { error } = await send({ options: { dropRepeatsMinutes: 0 } }, retryOnFail);
		expect(error?.message).toBe('WeCom may or may not have sent the message');
		expect(error?.description).toContain('Look in WeCom whether it arrived');
		expect(requests()).toHaveLength(1);
	});
});

it('warns of more messages to one member than WeCom delivers in a minute', async () => {
	const input = Array.from({ length: 31 }, (_, n) => ({ n }));
	const { items, hints } = await send({ appText: '=No. {{ $json.n }}' }, { input });
	expect(items).toHaveLength(31);
	expect(phoneOf(scenario.sandbox.world.corp, 'lin')).toMatchObject({ dropped: 1 });
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringContaining('1 member got up to 31 messages in this run'),
	]);
});
