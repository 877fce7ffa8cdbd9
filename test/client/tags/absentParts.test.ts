import { createTags, TagLibrary } from '../../../nodes/shared/client/tags/tags';
import { ok, scripted } from '../fakes';

it('has groups without tags, and no tag without an ID', async () => {
	const { client } = scripted([
		{
			tag_group: [
				{ group_id: 'etEmpty', group_name: 'Empty' },
				{ group_id: 'etNull', group_name: null, tag: null },
				{ group_id: 'etLevel', group_name: 'Level', tag: [{ name: 'Lost' }, { id: 'etGold' }] },
			],
		},
	]);
	const library = await TagLibrary.read(client);
	expect(library.groups).toEqual([
		{ group_id: 'etEmpty', group_name: 'Empty', tag: [] },
		{ group_id: 'etNull', group_name: '', tag: [] },
		{ group_id: 'etLevel', group_name: 'Level', tag: [{ id: 'etGold', name: '' }] },
	]);
	expect([...library.all()]).toHaveLength(1);
	expect(client.notices.texts()).toEqual([
		'WeCom gave 1 tag without an ID. What has none was left out.',
	]);
});

it('has a tag once that WeCom gives twice', async () => {
	const gold = { id: 'etGold', name: 'Gold' };
	const { client } = scripted([
		{ tag_group: [{ group_id: 'etLevel', group_name: 'Level', tag: [gold, gold] }] },
	]);
	expect((await TagLibrary.read(client)).idOf('Gold')).toBe('etGold');
});

it('does not call tags created that WeCom does not name', async () => {
	const { client } = scripted([{ ...ok, tag_group: { group_id: 'etLevel' } }]);
	await expect(
		createTags(client, { group_id: 'etLevel', tag: [{ name: 'Gold' }] }),
	).rejects.toMatchObject({ name: 'WeComUnknownOutcomeError' });
});
