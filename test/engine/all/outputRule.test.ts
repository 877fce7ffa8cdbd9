import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../../nodes/WeComExternalContact/resources';
import { PATHS } from '../../harness/requests';
import { byId, useScenario } from '../../harness/scenario';
import type { FoundObject } from './outputRules';
import { ODD, objectsIn, violations, ZONE } from './outputRules';

const TIMES_HERE = ['created_at', 'expires_at', 'joined_at', 'sent_at'];

const CODED_HERE = ['add_way', 'create_type', 'gender', 'join_scene', 'source', 'status', 'type'];

const scenario = useScenario();

/** Everything that the operations can be asked for, by `resource.operation`. */
async function requests(): Promise<Record<string, IDataObject[]>> {
	const { sandbox } = scenario;
	const [customer = ''] = scenario.customersOf('lin');
	const [group] = [...sandbox.world.corp.groups.values()];
	const { unionid = 'oNone' } = sandbox.world.corp.customers.get(customer) ?? {};
	const [tag] = [...sandbox.world.corp.tags.values()];
	const [first, second, third] = await tasks(3);
	const ofPair = { member: byId('lin'), customer: byId(customer) };
	const simpleOrNot = (parameters: IDataObject) =>
		[true, false].map((simple) => ({ ...parameters, simple }));
	return {
		'customer.changeTags': [{ ...ofPair, addTags: [tag?.tagId ?? ''] }],
		'customer.findByUnionId': simpleOrNot({ unionIds: `${unionid}, oNobody` }),
		'customer.get': simpleOrNot({ customer: byId(customer) }),
		'customer.list': [
			...simpleOrNot({ output: 'details' }),
			...simpleOrNot({ output: 'details', severalMembers: 'once' }),
			{ output: 'ids' },
			{ output: 'members' },
		],
		'customer.updateRemark': [{ ...ofPair, updateFields: { remark: 'Amy' } }],
		'customerGroup.get': simpleOrNot({ chat: byId(group?.chatId ?? '') }),
		'customerGroup.list': [...simpleOrNot({ output: 'details' }), { output: 'ids' }],
		'groupWelcomeTemplate.create': [{ text: 'Hi %NICKNAME%' }],
		'groupWelcomeTemplate.delete': [{ templateId: await newTemplate() }],
		'groupWelcomeTemplate.get': [{ templateId: await newTemplate() }],
		'groupWelcomeTemplate.update': [{ templateId: await newTemplate(), text: 'Hello' }],
		'media.upload': [{ uploadAs: 'image' }, { uploadAs: 'picture' }],
		'member.list': [{}],
		'member.recallAppMessage': [{ appMsgid: await newAppMessage() }],
		'member.sendAndWait': [
			{ member: byId('lin'), message: 'Approve?' },
			{ member: byId('lin'), message: 'When?', responseType: 'freeText' },
		],
		'member.sendAppMessage': [{ members: ['lin'], appText: 'Hello' }],
		'message.broadcast': [
			{ sendTo: 'customers', externalUserIds: customer, member: byId('lin'), text: 'Broadcast' },
			{ sendTo: 'allOfMembers', members: ['lin'], text: 'Plan', options: { dryRun: true } },
		],
		'message.cancel': [{ msgid: byId(second ?? '') }],
		'message.getTaskStatus': [
			{ output: 'summary' },
			{ output: 'members' },
			{ output: 'customers' },
			{ output: 'customers', options: { includeNames: true } },
		].map((parameters) => ({ msgid: byId(first ?? ''), ...parameters })),
		'message.list': simpleOrNot({ chatType: 'single' }),
		'message.remind': [{ msgid: byId(third ?? '') }],
		'message.send': [{ ...ofPair, text: 'Send' }],
		'tag.create': [{ into: 'new', groupName: 'Season', tagNames: 'Spring, Autumn' }],
		'tag.delete': [{ target: 'tag', tag: byId(await newTag('To delete')) }],
		'tag.list': [{ output: 'tags' }, { output: 'groups' }],
		'tag.update': [
			{ target: 'tag', tag: byId(await newTag('To update')), updateFields: { order: 3 } },
		],
		'welcomeMessage.send': [{ welcomeCode: scenario.welcomeCode(), text: 'Welcome!' }],
	};
}

async function output(operation: string, parameters: IDataObject): Promise<IDataObject[]> {
	const [resource = '', value = ''] = operation.split('.');
	const input = [await scenario.itemWithFile('cover.png')];
	const { items, error } = await scenario.run(
		{ resource, operation: value, ...parameters },
		{ input, timezone: ZONE },
	);
	if (error) throw error;
	return items.map(({ json }) => json);
}

/** Tasks of lin; the customers of the first one have got the message. */
async function tasks(count: number): Promise<string[]> {
	const msgids: string[] = [];
	for (let number = 1; number <= count; number++) {
		msgids.push(await scenario.createTask({ text: `Message ${number}` }));
	}
	scenario.sandbox.clock.advance(60);
	scenario.sandbox.world.confirmTask(msgids[0] ?? '');
	return msgids;
}

async function newAppMessage(): Promise<string> {
	const rows = await output('member.sendAppMessage', { members: ['lin'], appText: 'To recall' });
	return rows[0]?.msgid as string;
}

async function newTag(name: string): Promise<string> {
	const rows = await output('tag.create', { into: 'new', groupName: name, tagNames: name });
	return rows[0]?.tag_id as string;
}

async function newTemplate(): Promise<string> {
	const rows = await output('groupWelcomeTemplate.create', { text: 'Hi' });
	return rows[0]?.template_id as string;
}

/**
 * All objects in the outputs of all operations.
 *
 * @param change what becomes of the world once there is something to ask for
 */
async function outputs(change: () => void = () => undefined): Promise<FoundObject[]> {
	const found: FoundObject[] = [];
	const wanted = await requests();
	change();
	for (const [operation, all] of Object.entries(wanted)) {
		for (const parameters of all) {
			const items = await output(operation, parameters);
			expect([operation, items.length > 0]).toEqual([operation, true]);
			found.push(...objectsIn(operation, items));
		}
	}
	return found;
}

const DETAILS_OF_CUSTOMER = {
	external_contact: {
		external_userid: 'wmOdd',
		name: 'Odd',
		type: ODD,
		gender: ODD,
		external_profile: {
			external_attr: [
				{ type: 0, name: 'Site' },
				{ type: ODD, name: 'New' },
			],
		},
	},
	follow_user: [
		{
			userid: 'lin',
			createtime: 1_764_000_000,
			add_way: ODD,
			tags: [
				{ tag_name: 'Gold', tag_id: 'etT1', type: 1 },
				{ tag_name: 'Own', type: 2 },
				{ tag_name: 'New', type: ODD },
			],
			wechat_channels: { nickname: 'Tea', source: ODD },
		},
		// WeCom may leave out everything but the member.
		{ userid: 'wei', wechat_channels: { nickname: 'Tea', source: 2 } },
	],
};

/** Numbers that the tables do not have, wherever WeCom gives a number that has a name. */
function makeNumbersOdd(): void {
	const { faults, world } = scenario.sandbox;
	for (const { relations } of world.corp.members.values()) {
		for (const relation of relations) {
			relation.addWay = ODD;
			Object.assign(relation.customer, { type: ODD, gender: ODD });
		}
	}
	for (const group of world.corp.groups.values()) {
		Object.assign(group, { status: ODD });
		for (const member of group.members) Object.assign(member, { type: ODD, joinScene: ODD });
	}
	for (const task of world.tasks()) {
		Object.assign(task, { createType: ODD });
		for (const { recipients } of task.parts.values()) {
			for (const recipient of recipients) Object.assign(recipient, { status: ODD });
		}
	}
	const answer = (path: string, response: object) => {
		const body = JSON.stringify({ errcode: 0, errmsg: 'ok', ...response });
		faults.add({ path, fault: { kind: 'notJson', body } });
	};
	answer(PATHS.customer, DETAILS_OF_CUSTOMER);
	answer(PATHS.taskMembers, { task_list: [{ userid: 'lin', status: ODD }] });
}

it('asks every operation', async () => {
	const operations = resources.flatMap(({ value, operations: all }) =>
		all.map((operation) => `${value}.${operation.value}`),
	);
	expect(Object.keys(await requests()).sort()).toEqual(operations.sort());
});

it('gives every time in ISO 8601 in the zone of the workflow, with the Unix number beside it, and names numbers', async () => {
	const found = await outputs();
	expect(found.flatMap(violations)).toEqual([]);
	const keys = new Set(found.flatMap(({ object }) => Object.keys(object)));
	expect([...keys]).toEqual(expect.arrayContaining(TIMES_HERE));
});

it('never takes a number of WeCom that is new for one that it knows', async () => {
	const found = await outputs(makeNumbersOdd);
	expect(found.flatMap(violations)).toEqual([]);
	const odd = found.flatMap(({ object }) =>
		CODED_HERE.filter((key) => object[`${key}_name`] === `unknown_${ODD}`),
	);
	expect([...new Set(odd)].sort()).toEqual(CODED_HERE);
});

it('notices what breaks the rule', () => {
	const broken: Array<[IDataObject, string]> = [
		[{ created_at: '2026-03-01T05:30:00.000+05:30' }, 'has no Unix number'],
		[{ created_at: null, create_time: 1 }, 'is null'],
		[{ created_at: 1_772_323_200, create_time: 1_772_323_200 }, 'is 1772323200'],
		[{ created_at: '2026-03-01T08:00:00.000+08:00', create_time: 1_772_323_200 }, 'is 2026'],
		[{ created_at: '2026-03-01T05:30:00.000+05:30', create_time: 1 }, 'is not the time of'],
		[{ create_time: 1_772_323_200 }, 'has no ISO time'],
		[{ status: 1 }, 'has no name'],
		[{ status: ODD, status_name: 'sent' }, 'is called sent'],
		[{ status: 1, status_name: 'Owner Left' }, 'is Owner Left'],
	];
	for (const [object, problem] of broken) {
		expect(violations({ where: 'x', object })).toEqual([expect.stringContaining(problem)]);
	}
});
