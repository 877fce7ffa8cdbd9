import { taskKey } from '../../../nodes/shared/client/massMessages/taskKey';

const task = { chat_type: 'single', sender: 'lin', text: { content: 'Hello' } } as const;
const tags = (...groups: string[][]) => ({
	group_list: groups.map((tag_list) => ({ tag_list })),
});

it('does not depend on the order of the fields', () => {
	expect(taskKey({ text: { content: 'Hello' }, sender: 'lin', chat_type: 'single' })).toBe(
		taskKey(task),
	);
});

it.each([
	['customers', { external_userid: ['wm1', 'wm2'] }, { external_userid: ['wm2', 'wm1'] }],
	['groups', { chat_id_list: ['wr1', 'wr2'] }, { chat_id_list: ['wr2', 'wr1'] }],
	['tags', { tag_filter: tags(['a', 'b'], ['c']) }, { tag_filter: tags(['c'], ['b', 'a']) }],
	['member, in upper or lower case', { sender: 'LinWei' }, { sender: 'linwei' }],
])('is the same for the same %s', (_, one, other) => {
	expect(taskKey({ ...task, ...one })).toBe(taskKey({ ...task, ...other }));
});

it('differs between tags of which any is enough and tags that are all needed', () => {
	expect(taskKey({ ...task, tag_filter: tags(['a', 'b']) })).not.toBe(
		taskKey({ ...task, tag_filter: tags(['a'], ['b']) }),
	);
});

it.each([
	['member', { ...task, sender: 'wei' }],
	['text', { ...task, text: { content: 'Hello ' } }],
	['recipients', { ...task, external_userid: ['wm1'] }],
	['attachments', { ...task, attachments: [] }],
	['selection', { ...task, allow_select: true }],
])('differs for another %s', (_, other) => {
	expect(taskKey(other)).not.toBe(taskKey(task));
});
