import { TagLibrary } from '../../../nodes/shared/client/tags/tags';
import { scripted } from '../fakes';

const groups = [
	{
		group_id: 'etLevel',
		group_name: 'Level',
		tag: [
			{ id: 'etGold', name: 'Gold' },
			{ id: 'etSilver', name: 'Silver' },
		],
	},
	{
		group_id: 'etInterest',
		group_name: 'Interest',
		tag: [
			{ id: 'etTea', name: 'Green tea' },
			{ id: 'etRatio', name: 'Mix 1:2' },
			// Looks like a name with its group.
			{ id: 'etOdd', name: 'Level: Bronze' },
		],
	},
	{ group_id: 'etMetal', group_name: 'Metal', tag: [{ id: 'etGold2', name: 'Gold' }] },
];

const library = new TagLibrary(groups);

it.each([
	['etTea', 'etTea'],
	['Silver', 'etSilver'],
	[' Green tea ', 'etTea'],
	['Level: Gold', 'etGold'],
	['Level:Gold', 'etGold'],
	['Metal ： Gold', 'etGold2'],
	['Mix 1:2', 'etRatio'],
	['Interest: Mix 1:2', 'etRatio'],
	['Level: Bronze', 'etOdd'],
	['Interest: Level: Bronze', 'etOdd'],
])('finds %j', (name, id) => {
	expect(library.idOf(name)).toBe(id);
	expect(library.idOf(name)).toBe(id);
});

it.each([
	['silver', 'Level: Silver'],
	['Silvr', 'Level: Silver'],
	['Green', 'Interest: Green tea'],
	['Interest: Green te', 'Interest: Green tea'],
	['Glod', 'Level: Gold'],
])('suggests the closest tag to %j first', (name, nearest) => {
	expect(() => library.idOf(name)).toThrow(`There is no tag "${name}"`);
	expect(remedyOf(name)).toMatch(new RegExp(`^The nearest tags: ${nearest}[,.]`));
});

it.each(['Platinum', '4711', '普通', 'G'])(
	'suggests nothing for %j, which is near to no tag',
	(name) => {
		expect(remedyOf(name)).toBe(
			'Choose one from the list, or read them with Tag > List. The node creates no tags here: use Tag > Create for a new one.',
		);
	},
);

it('suggests only the tags that are near, and at most three', () => {
	const names = (...tags: string[]) =>
		new TagLibrary([
			{ group_id: 'etG', group_name: '等级', tag: tags.map((name) => ({ id: name, name })) },
		]);
	const first = (name: string, tags: TagLibrary) => remedyOf(name, tags).split('. ')[0];
	expect(first('银卡会员', names('金卡会员', '老客户', '普通'))).toBe(
		'The nearest tags: 等级: 金卡会员',
	);
	expect(first('Gol', names('Gold', 'Golf', 'Goal', 'Gulf', 'Tea'))).toBe(
		'The nearest tags: 等级: Gold, 等级: Golf, 等级: Goal',
	);
});

it.each([
	['a name in two groups', 'Gold', 'Level: Gold (etGold), Metal: Gold (etGold2)'],
	[
		'a name that is also a group and a name',
		'Level: Bronze',
		'Level: Bronze (etBronze), Interest: Level: Bronze (etOdd)',
	],
])('asks for the group of %s', (_, name, choices) => {
	const [level, ...others] = groups;
	const clash = new TagLibrary([
		{
			group_id: 'etLevel',
			group_name: 'Level',
			tag: [...(level?.tag ?? []), { id: 'etBronze', name: 'Bronze' }],
		},
		...others,
	]);
	expect(() => clash.idOf(name)).toThrow(`2 tags are called "${name}"`);
	expect(remedyOf(name, clash)).toContain(choices);
});

it('accepts the ID of a strategy tag as is, but nothing that merely starts like one', () => {
	const id = `st${'Aa1-_'.repeat(6)}`;
	expect(library.idOf(id)).toBe(id);
	expect(library.nameOf(id)).toBeUndefined();
	expect(() => library.idOf('standard')).toThrow('There is no tag "standard"');
});

it('finds a tag among 10,000, the most a corporation may have, and fails as fast', () => {
	const large = new TagLibrary(
		Array.from({ length: 100 }, (_, group) => ({
			group_id: `etG${group}`,
			group_name: `Group ${group}`,
			tag: Array.from({ length: 100 }, (__, tag) => ({
				id: `et${group}.${tag}`,
				name: `Tag ${group}.${tag}`,
			})),
		})),
	);
	expect(large.idOf('Tag 99.99')).toBe('et99.99');
	expect(() => large.idOf('Tag 99.999')).toThrow('There is no tag');
});

it('is empty when WeCom returns no groups', async () => {
	const { client } = scripted([{ errcode: 0, errmsg: 'ok' }]);
	const empty = await TagLibrary.read(client);
	expect([...empty.all()]).toEqual([]);
	expect(remedyOf('Gold', empty)).toContain('The corporation has no tags');
});

function remedyOf(name: string, tags = library): string {
	try {
		tags.idOf(name);
	} catch (error) {
		return (error as { remedy: string }).remedy;
	}
	throw new Error(`${name} was found`);
}
