import { customerEndpoints } from '../../../nodes/shared/client/customers/endpoints';
import { TagExclusion } from '../../../nodes/shared/client/customers/exclusion';
import { scripted } from '../fakes';

const { customer, customersByMember, members } = customerEndpoints;

/** A relation: member, customer, tags. */
type Relation = [userid: string | undefined, external_userid: string, tags?: string[]];

const page = (relations: Relation[], next_cursor?: string) => ({
	external_contact_list: relations.map(([userid, external_userid, tag_id = []]) => ({
		external_contact: { external_userid },
		follow_info: { userid, tag_id },
	})),
	next_cursor,
});
const single = (relations: Relation[]) => ({
	external_contact: { external_userid: relations[0]?.[1] },
	follow_user: relations.map(([userid, , tags = []]) => ({
		userid,
		tags: [{ type: 2, tag_name: 'Own' }, ...tags.map((tag_id) => ({ type: 1, tag_id }))],
	})),
});
const team = (...follow_user: string[]) => ({ follow_user });

function started(replies: object[]) {
	const { client, requests } = scripted(replies);
	return {
		exclusion: new TagExclusion(client),
		client,
		paths: () => requests.map(({ path }) => path),
		bodies: () => requests.map(({ body }) => body),
	};
}

it('asks for a single customer, and sees the tags of every member', async () => {
	const { exclusion, paths } = started([
		single([
			['lin', 'wm1', ['etGold']],
			['wei', 'wm1', ['etStop']],
		]),
	]);
	const found = await exclusion.find({ tagIds: ['etStop'], customers: ['wm1'] });
	expect([...found]).toEqual([['wm1', { tag_id: 'etStop', userid: 'wei' }]]);
	expect(paths()).toEqual([customer.path]);
	expect(exclusion.calls).toBe(1);
});

it('reads pages of all members where many customers are asked for, and nothing again', async () => {
	const ids = Array.from({ length: 150 }, (_, index) => `wm${index}`);
	const { exclusion, client, paths } = started([
		team('lin', 'wei'),
		page([['lin', 'wm1', ['etStop']]], 'on'),
		page([['wei', 'wm2', ['stStop']]]),
	]);
	const tagIds = ['etStop', 'stStop'];
	const found = await exclusion.find({ tagIds, customers: ids });
	expect([...found.keys()]).toEqual(['wm1', 'wm2']);
	for (const id of ids) await exclusion.find({ tagIds: ['etOther'], customers: [id] });
	expect([...(await exclusion.find({ tagIds: ['stStop'] })).keys()]).toEqual(['wm2']);
	expect(paths()).toEqual([members.path, customersByMember.path, customersByMember.path]);
	expect(exclusion.calls).toBe(3);
	expect(client.notices.texts()).toEqual([
		'To find the customers who have an excluded tag with any of their members, the node made 3 more requests.',
	]);
});

it('asks for the rest one by one as soon as pages would cost more, but not for whom it has found', async () => {
	const { exclusion, bodies, paths } = started([
		team('lin'),
		page([['lin', 'wm3', ['etStop']]], 'on'),
		page([['lin', 'wm9']], 'further'),
		single([['lin', 'wm1']]),
		single([['lin', 'wm2', ['etStop']]]),
	]);
	const found = await exclusion.find({ tagIds: ['etStop'], customers: ['wm1', 'wm2', 'wm3'] });
	expect([...found.keys()]).toEqual(['wm2', 'wm3']);
	expect(paths().slice(1)).toEqual([
		customersByMember.path,
		customersByMember.path,
		customer.path,
		customer.path,
	]);
	expect(bodies()).toHaveLength(5);
});

it('looks at the tags of some members only, without the others', async () => {
	const { exclusion, bodies, client } = started([page([['Lin', 'wm1', ['etStop']]])]);
	exclusion.learn({
		external_contact: { external_userid: 'wm2' },
		follow_info: { userid: 'wei', tag_id: ['etStop'] },
	});
	const customers = ['wm1', 'wm2'];
	const found = await exclusion.find({ tagIds: ['etStop'], customers, onlyAsSeenBy: ['lin'] });
	expect([...found.keys()]).toEqual(['wm1']);
	expect(bodies()).toMatchObject([{ userid_list: ['lin'] }]);
	expect(client.notices.texts()).toEqual([]);
});

it('reads only the members whom the caller has not read', async () => {
	const ids = ['wm1', 'wm2', 'wm3', 'wm4'];
	const { exclusion, bodies } = started([team('lin', 'wei'), page([['wei', 'wm4', ['etStop']]])]);
	exclusion.learn({
		external_contact: { external_userid: 'wm1' },
		follow_info: { userid: 'lin', tag_id: ['etStop'] },
	});
	exclusion.learnedAll(['lin']);
	const found = await exclusion.find({ tagIds: ['etStop'], customers: ids });
	expect([...found.keys()]).toEqual(['wm1', 'wm4']);
	expect(bodies()[1]).toMatchObject({ userid_list: ['wei'] });
});

it('asks for nothing where the caller has read everything, or nothing is excluded', async () => {
	const { exclusion, paths } = started([]);
	await exclusion.find({ tagIds: [], customers: ['wm1'] });
	exclusion.learnedAll(['lin'], { everyMember: true });
	expect(await exclusion.find({ tagIds: ['etStop'] })).toEqual(new Map());
	expect(await exclusion.find({ tagIds: ['etStop'], customers: ['a', 'b', 'c'] })).toEqual(
		new Map(),
	);
	expect(paths()).toEqual([]);
});

it.each([40096, 84061, 84084])(
	'takes a customer whom nobody has (%i) for one without tags',
	async (errcode) => {
		const { exclusion } = started([{ errcode, errmsg: 'no' }]);
		expect(await exclusion.find({ tagIds: ['etStop'], customers: ['wm1'] })).toEqual(new Map());
	},
);

it('fails where the tags cannot be read', async () => {
	const { exclusion } = started([{ errcode: 48002, errmsg: 'api forbidden' }]);
	await expect(exclusion.find({ tagIds: ['etStop'], customers: ['wm1'] })).rejects.toMatchObject({
		errcode: 48002,
	});
});

it('counts a tag whose member WeCom does not name for every member', async () => {
	const { exclusion } = started([page([[undefined, 'wm1', ['etStop']]])]);
	const search = { tagIds: ['etStop'], customers: ['wm1', 'wm2'], onlyAsSeenBy: ['lin'] };
	expect([...(await exclusion.find(search)).keys()]).toEqual(['wm1']);
});

it('reads once where two ask at the same moment', async () => {
	const { exclusion, paths } = started([single([['lin', 'wm1', ['etStop']]])]);
	const search = { tagIds: ['etStop'], customers: ['wm1'] };
	const both = await Promise.all([exclusion.find(search), exclusion.find(search)]);
	expect(both.map(({ size }) => size)).toEqual([1, 1]);
	expect(paths()).toHaveLength(1);
});
