import { senderAndMessageKey, taskKey } from '../../../nodes/shared/client/massMessages/taskKey';
import { draftFor } from './drafts';

const task = draftFor(['wm1']);
const groups = (...ids: string[]) => ({ recipients: { kind: 'customerGroups', ids } }) as const;
const tags = (...conditions: string[][]) => ({ recipients: { kind: 'tags', conditions } }) as const;
const customers = (...ids: string[]) => ({ recipients: { kind: 'customers', ids } }) as const;
const link = { title: 'Guide', url: 'https://example.com/g' };

it.each([
	['customers', customers('wm1', 'wm2'), customers('wm2', 'wm1')],
	['customer groups', groups('wr1', 'wr2'), groups('wr2', 'wr1')],
	['tags', tags(['a', 'b'], ['c']), tags(['c'], ['b', 'a'])],
	['member, in upper or lower case', { sender: 'LinWei' }, { sender: 'linwei' }],
	['text, with other blanks and line ends', { text: 'a\nb' }, { text: ' a\r\nb\n' }],
])('is the same for the same %s', (_, one, other) => {
	expect(taskKey({ ...task, ...one })).toBe(taskKey({ ...task, ...other }));
});

it('differs between tags of which any is enough and tags that are all needed', () => {
	expect(taskKey({ ...task, ...tags(['a', 'b']) })).not.toBe(
		taskKey({ ...task, ...tags(['a'], ['b']) }),
	);
});

it.each([
	['member', { sender: 'wei' }],
	['text', { text: 'Hello!' }],
	['recipients', customers('wm2')],
	['kind of recipients', groups('wm1')],
	['attachment', { attachments: [{ msgtype: 'link', link }] } as const],
	['selection', { allowSelect: true }],
])('differs for another %s', (_, other) => {
	expect(taskKey({ ...task, ...other })).not.toBe(taskKey(task));
});

it.each([
	[
		'image',
		{ msgtype: 'image', media: { mediaId: 'M1' } },
		{ msgtype: 'image', media: { mediaId: 'M2' } },
	],
	['link', { msgtype: 'link', link }, { msgtype: 'link', link: { ...link, desc: 'New' } }],
] as const)('differs for another %s', (_, one, other) => {
	expect(taskKey({ ...task, attachments: [one] })).not.toBe(
		taskKey({ ...task, attachments: [other] }),
	);
});

it('of sender and message is the same for other recipients, and for other spaces around the text', () => {
	const key = senderAndMessageKey(task);
	expect(senderAndMessageKey({ ...task, ...customers('wm2') })).toBe(key);
	expect(senderAndMessageKey({ ...task, text: 'Hello ' })).toBe(key);
	expect(senderAndMessageKey({ ...task, ...groups('wm1') })).not.toBe(key);
});
