import type { IDataObject } from 'n8n-workflow';

import { RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { phoneOf } from '../../sandbox';
import { attach, byId, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function dryRun(
	parameters: IDataObject = {},
	run: ScenarioRun = {},
	options: IDataObject = {},
) {
	return await scenario.broadcast(
		{ ...parameters, options: { dryRun: true, sendPreviewTo: byId('wei'), ...options } },
		run,
	);
}

/** What arrived, in order: texts as they are, anything else with what WeCom calls it. */
function received(): unknown[] {
	return messages().map(({ msgtype, ...body }) =>
		msgtype === 'text' ? (body.text as IDataObject).content : body[msgtype as string],
	);
}

function messages(): IDataObject[] {
	return scenario.sandbox.log.calls(PATHS.sendAppMessage).map(({ body }) => body as IDataObject);
}

const LINE = 'Preview. The run would create 1 task for 12 customers; confirmations: lin 1.';

it('shows one member what customers would get, and below it tasks, recipients and confirmations', async () => {
	const { items, hints } = await dryRun(
		{
			text: 'Hello',
			...attach(
				{ type: 'image', source: 'binary' },
				{
					type: 'link',
					title: 'Guide',
					url: 'https://example.com/g',
					desc: 'New',
					picurl: 'https://example.com/p.png',
				},
				{
					type: 'miniprogram',
					source: 'mediaId',
					mediaId: 'COVER',
					appid: 'wx1',
					page: '/home',
					miniprogramTitle: 'Shop',
				},
				{ type: 'file', source: 'binary' },
			),
		},
		{ input: [await scenario.itemWithFile('a.png')] },
	);
	const [image, file] = [...scenario.sandbox.world.corp.media.values()];
	expect(received()).toEqual([
		'Hello',
		{ media_id: image?.mediaId },
		{
			articles: [
				{
					title: 'Guide',
					url: 'https://example.com/g',
					description: 'New',
					picurl: 'https://example.com/p.png',
				},
			],
		},
		'[Mini program] Shop (wx1, /home)',
		{ media_id: file?.mediaId },
		LINE,
	]);
	expect(phoneOf(scenario.sandbox.world.corp, 'wei').messages).toHaveLength(6);
	expect(phoneOf(scenario.sandbox.world.corp, 'lin').messages).toEqual([]);
	expect(new Set(messages().map(({ touser }) => touser))).toEqual(new Set(['wei']));
	expect(items.map(({ json }) => json.state)).toEqual(['planned']);
	expect(hints.map(({ message }) => message)).toContain('Preview sent to wei.');
	expect(scenario.tasks()).toEqual([]);
	expect(scenario.sandbox.log.count(PATHS.create)).toBe(0);
});

it('counts each customer of several tasks once, and names who confirms how many', async () => {
	await dryRun(
		{
			sendTo: 'inputItems',
			idField: 'id',
			member: byId('={{ $json.by }}'),
		},
		{
			input: [
				...scenario.customersOf('wei').map((id) => ({ id, by: 'wei' })),
				...scenario.customersOf('lin').map((id) => ({ id, by: 'lin' })),
			],
		},
	);
	const distinct = new Set([...scenario.customersOf('lin'), ...scenario.customersOf('wei')]).size;
	expect(received()).toEqual([
		'The new harvest is here',
		`Preview. The run would create 2 tasks for ${distinct} customers; confirmations: wei 1, lin 1.`,
	]);
});

it('shows the first three of many texts, says how many more there are, and what would stop the run', async () => {
	const { hints } = await dryRun(
		{ sendTo: 'inputItems', idField: 'id', text: '=Dear {{ $json.name }}' },
		{ input: scenario.customersOf('lin').map((id, n) => ({ id, name: `No. ${n}` })) },
		{ maxTasksPerMember: 5 },
	);
	const shown = received();
	expect(shown.slice(0, -1)).toEqual([
		'Message 1 of 12:',
		'Dear No. 0',
		'Message 2 of 12:',
		'Dear No. 1',
		'Message 3 of 12:',
		'Dear No. 2',
	]);
	expect(shown.at(-1)).toMatch(
		/^Preview\. The run would create 12 tasks for 12 customers; confirmations: lin 12\.\nWithout 'Dry Run' this run would stop: .*\n9 more messages with other content not shown\.$/,
	);
	expect(hints.map(({ message }) => message)).toContainEqual(
		expect.stringContaining("Without 'Dry Run' this run would stop"),
	);
});

it('leaves out whom tags leave out', async () => {
	const { items } = await dryRun({}, {}, { leaveOutTags: ['Gold'] });
	const [task] = items;
	const left = task?.json.recipient_count as number;
	expect(left).toBeLessThan(12);
	expect(received().at(-1)).toContain(`for ${left} customers`);
});

it.each<[string, IDataObject, string]>([
	[
		'all customers',
		{ sendTo: 'allOfMembers', members: ['lin'] },
		'1 task for customers that WeCom chooses; confirmations: lin 1.',
	],
	[
		'the member who talked last',
		{ sentBy: 'lastContact' },
		'1 task for 12 customers; WeCom chooses the members of 1 task.',
	],
])('says what only WeCom knows: %s', async (_, parameters, line) => {
	const { error } = await dryRun(parameters);
	expect(error).toBeUndefined();
	expect(received().at(-1)).toBe(`Preview. The run would create ${line}`);
});

it('counts customer groups', async () => {
	const chatIds = scenario.groupsOf('lin').join();
	await dryRun({ sendTo: 'groups', chatIds });
	expect(received().at(-1)).toMatch(/1 task for \d+ customer groups?; confirmations: lin 1\.$/);
});

it('sends none without Dry Run', async () => {
	const { error } = await scenario.broadcast({
		options: { dryRun: false, sendPreviewTo: byId('wei') },
	});
	expect(error).toBeUndefined();
	expect(scenario.tasks()).toHaveLength(1);
	expect(messages()).toEqual([]);
});

it('shows the same preview again when somebody runs it again', async () => {
	await dryRun();
	await dryRun();
	expect(received()).toEqual(['The new harvest is here', LINE, 'The new harvest is here', LINE]);
});

it('sends again what got lost: a colleague may see a line twice', async () => {
	scenario.sandbox.faults.add({ path: PATHS.sendAppMessage, call: 2, fault: RESET_AFTER });
	const { error } = await dryRun();
	expect(error).toBeUndefined();
	expect(received()).toEqual(['The new harvest is here', LINE, LINE]);
});

describe('a preview that does not arrive', () => {
	const NOT_DELIVERED = 'The dry run is fine, but its preview was not delivered to nobody';
	const toNobody = { sendPreviewTo: byId('nobody') };

	it('says that the dry run is fine, and why', async () => {
		const { error } = await dryRun({}, {}, toNobody);
		expect(error?.message).toBe(NOT_DELIVERED);
		expect(error?.description).toContain('None of the recipients can get the message');
		expect(error?.description).toContain('Visible Range (可见范围)');
	});

	it('comes after the planned tasks with Continue On Fail', async () => {
		const input = scenario.customersOf('lin').map((id) => ({ id }));
		const { items } = await dryRun(
			{ sendTo: 'inputItems', idField: 'id' },
			{ ...continueOnFail, input },
			toNobody,
		);
		expect(items.map(({ json }) => json.error ?? json.state)).toEqual(['planned', NOT_DELIVERED]);
		expect(items[1]?.json).toMatchObject({ details: { errcode: 81013 } });
		expect(items[1]?.pairedItem).toHaveLength(12);
	});

	it('needs the secret of an app', async () => {
		for (const app of scenario.sandbox.world.corp.apps.values()) app.kind = 'system';
		const { error } = await dryRun();
		expect(error?.message).toContain('The dry run is fine, but its preview was not delivered');
		expect(error?.description).toContain('secret of a self-built app');
	});

	it('is never for everybody', async () => {
		const { error } = await dryRun({}, {}, { sendPreviewTo: byId('@all') });
		expect(error?.description).toContain('@all is not a user ID');
		expect(messages()).toEqual([]);
	});

	it('is sent at the next attempt, and only then', async () => {
		scenario.sandbox.faults.add({
			path: PATHS.apps,
			call: 1,
			fault: { kind: 'errcode', errcode: 50003 },
		});
		const { items } = await dryRun({}, retryOnFail);
		expect(items.map(({ json }) => json.state)).toEqual(['planned']);
		expect(received()).toEqual(['The new harvest is here', LINE]);
	});
});

it.each([
	['an empty choice', { sendPreviewTo: byId('={{ $json.none }}') }, /'Send Preview To' is empty/],
	['two members', { sendPreviewTo: byId('={{ "lin, wei" }}') }, /must be a single ID/],
])('refuses %s before any request', async (_, options, message) => {
	const { error } = await dryRun({}, {}, options);
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('takes the member from an expression, once for the whole run', async () => {
	const input = scenario.customersOf('lin').map((id, n) => ({ id, boss: n < 6 ? 'wei' : 'chen' }));
	const parameters = { sendTo: 'inputItems', idField: 'id' };
	await dryRun(
		parameters,
		{ input },
		{ sendPreviewTo: byId('={{ $("Trigger").first().json.boss }}') },
	);
	expect(messages()[0]).toMatchObject({ touser: 'wei' });
	const { error } = await dryRun(
		parameters,
		{ input },
		{ sendPreviewTo: byId('={{ $json.boss }}') },
	);
	expect(error?.message).toBe("'Send Preview To' must be the same for all items");
});

it('counts no task for whom all customers are left out, and shows nobody a preview of nothing', async () => {
	const [first = '', second = ''] = scenario.customersOf('lin');
	for (const { relations } of scenario.sandbox.world.corp.members.values()) {
		for (const relation of relations) {
			relation.tagIds = relation.tagIds.filter((id) => id !== scenario.tagId('Silver'));
		}
	}
	scenario.sandbox.world.corp.relation('lin', first)?.tagIds.push(scenario.tagId('Silver'));
	const personal = { sendTo: 'inputItems', idField: 'id', text: '=Dear {{ $json.id }}' };
	const leaveOut = { leaveOutTags: ['Silver'] };

	const some = await dryRun(personal, { input: [{ id: first }, { id: second }] }, leaveOut);
	expect(some.items.map(({ json }) => [json.recipient_count, json.confirmations])).toEqual([
		[0, 1],
		[1, 1],
	]);
	expect(received().at(-1)).toBe(
		'Preview. The run would create 1 task for 1 customer; confirmations: lin 1.',
	);
	const sent = messages().length;

	const none = await dryRun(personal, { input: [{ id: first }] }, leaveOut);
	expect(none.items.map(({ json }) => json.confirmations)).toEqual([0]);
	expect(none.hints.map(({ message }) => message)).toEqual(
		expect.arrayContaining([
			expect.stringMatching(/^0 tasks planned, none created/),
			'1 task would not be created: nobody is left to send to.',
			'No preview was sent: nobody is left to send to.',
		]),
	);
	expect(messages()).toHaveLength(sent);
});
