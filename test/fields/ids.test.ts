import fc from 'fast-check';

import { visible } from '../../nodes/shared/fields/characters';
import type { IdKind } from '../../nodes/shared/fields/ids';
import { cleanName } from '../../nodes/shared/fields/ids';
import { idField } from '../../nodes/shared/fields/kinds';
import { hasBlankEntry, readIds, readNames } from '../../nodes/shared/fields/lists';
import { readId } from '../../nodes/shared/fields/locator';
import { tagNameField } from '../../nodes/shared/fields/tag';

const customers = (value: unknown) => readIds(value, "'Customers'", 'customer');
const phones = (value: unknown) => readIds(value, "'Mobile Numbers'", 'phone');
const names = (value: unknown) => readNames(value, "'Tag Names'");
const customer = (value: unknown) => readId(value, "'Customer'", 'customer');

describe('a list of IDs', () => {
	it.each<[string, unknown]>([
		['in an entry of an array', ['wmA,wmB', 'wmC']],
		['in lines of an entry', ['wmA\nwmB\r\nwmC']],
		['in the JSON text of an entry', ['["wmA", "wmB"]', 'wmC']],
		['in an entry of a JSON text', '["wmA,wmB","wmC"]'],
		['as WeCom writes several members', 'wmA|wmB|wmC'],
		['with a space that does not break', 'wmA\u00a0wmB\u00a0wmC'],
		['after a byte order mark', '\ufeff["wmA","wmB","wmC"]'],
		['in quotes', `"wmA", 'wmB', \`wmC\``],
		['in one pair of quotes', '"wmA,wmB,wmC"'],
		['in typographic quotes', '“wmA”，‘wmB’、「wmC」'],
		["after a spreadsheet's apostrophe", ["'wmA", "'wmB", "'wmC"]],
		['with blanks within the quotes', '" wmA " , "wmB" , "wmC\u00a0"'],
	])('is split and cleaned %s', (_, value) => {
		expect(customers(value)).toEqual(['wmA', 'wmB', 'wmC']);
	});

	it.each([
		['zero-width space', '\u200b'],
		['zero-width joiner', '\u200d'],
		['zero-width non-joiner', '\u200c'],
		['word joiner', '\u2060'],
		['byte order mark', '\ufeff'],
		['soft hyphen', '\u00ad'],
		['left-to-right mark', '\u200e'],
		['right-to-left override', '\u202e'],
		['isolate', '\u2068'],
		['variation selector', '\ufe0f'],
		['tag character', '\u{e0041}'],
		['Hangul filler', '\u3164'],
	])('has no %s in any ID', (_, invisible) => {
		const text = `${invisible}wm${invisible}A${invisible}`;
		expect(customers(text)).toEqual(['wmA']);
		expect(customers([text, 'wmA'])).toEqual(['wmA']);
		expect(customer(text)).toBe('wmA');
	});

	it('is the same with and without what copying adds', () => {
		const id = fc.stringMatching(/^w[mo][A-Za-z0-9_-]{1,20}$/);
		const added = fc.constantFrom('', '\u200b', '\ufeff', '"', '“', '`', ' ', '\u202a', '\u00a0');
		fc.assert(
			fc.property(fc.array(id), added, added, (ids, before, after) => {
				const copied = ids.map((each) => `${before}${each}${after}`);
				expect(customers(copied)).toEqual([...new Set(ids)]);
				expect(customers(copied.join(','))).toEqual([...new Set(ids)]);
			}),
		);
	});

	it('drops entries of which nothing is left', () => {
		expect(customers(['""', '\u200b', "' '", 'wmA'])).toEqual(['wmA']);
	});
});

describe('what is no ID', () => {
	it.each(['undefined', 'null', 'NaN', 'true', 'false', 'Infinity', ' "undefined" '])(
		'is the word %s',
		(word) => {
			const problem = `"${word.replace(/[" ]/g, '')}" in 'Customers' is not an external user ID`;
			expect(() => customers(`wmA, ${word}`)).toThrow(problem);
			expect(() => customers(['wmA', word])).toThrow(problem);
			expect(() => customer(word)).toThrow('is not an external user ID');
		},
	);

	it('is a number that is none', () => {
		expect(() => customers([NaN])).toThrow(`"NaN" in 'Customers' is not an external user ID`);
	});

	it.each([['wmA,[object Object]'], [['[object Object]']], [['wmA', '{"id":"wmB"}']]])(
		'is an object that became text: %j',
		(value) => {
			expect(() => customers(value)).toThrow("'Customers' must be a list of IDs");
		},
	);

	it.each<[string, string]>([
		['wm\u0000A', '"wm⟨U+0000⟩A"'],
		['wm\u0410', '"wm⟨U+0410⟩"'],
		['wm\ud83d', '"wm⟨U+D83D⟩"'],
		['wm<A>', '"wm<A>"'],
		['王小明', '"王小明"'],
		['wm"A', '"wm"A"'],
		[
			`${'x'.repeat(200)}\u0007${'y'.repeat(200)}`,
			`"…${'x'.repeat(15)}⟨U+0007⟩${'y'.repeat(37)}…"`,
		],
	])('is shown with what nobody sees: %j', (value, shown) => {
		expect(() => customers(value)).toThrow(`${shown} in 'Customers' is not an external user ID`);
	});

	it('is told what an ID may have, and what the codes mean', () => {
		expect(() => customers('wm\u0000A')).toThrow(
			expect.objectContaining({
				remedy:
					'It may have letters, digits and _ - @ . + / = : ~ only. Correct it or leave it out. ⟨U+…⟩ is the code of a character that cannot be seen, or that only looks like a Latin letter.',
			}),
		);
	});

	it.each<[IdKind, string, string]>([
		['chat', 'wr A', 'must be a single ID'],
		['chat', 'null', '"null" in \'x\' is not a chat ID'],
		['tag', 'et#A', '"et#A" in \'x\' is not a tag ID'],
		['tagGroup', 'undefined', '"undefined" in \'x\' is not a tag group ID'],
		['task', 'msg(1)', '"msg(1)" in \'x\' is not a msgid'],
		['media', 'NaN', '"NaN" in \'x\' is not a media ID'],
		['member', 'undefined', '"undefined" in \'x\' is not a user ID'],
		['member', 'a\u0007', '"a⟨U+0007⟩" in \'x\' is not a user ID'],
	])('of the kind %s: %j', (kind, value, problem) => {
		expect(() => readId(value, "'x'", kind)).toThrow(problem);
	});
});

describe('a single ID', () => {
	it.each<[IdKind, string | number, string]>([
		['customer', ' "wmA_-1" ', 'wmA_-1'],
		['member', 'Lin_Wei-1@example.com', 'Lin_Wei-1@example.com'],
		['member', 1001, '1001'],
		['member', 'nan', 'nan'],
		['member', '王', '王'],
		['media', '`3a+b/c==`', '3a+b/c=='],
		['task', 'msgGCAAA_-\u200b', 'msgGCAAA_-'],
	])('of the kind %s is read from %j', (kind, value, id) => {
		expect(readId(value, "'x'", kind)).toBe(id);
	});

	it.each(['wmA,wmB', 'wmA wmB', 'wmA|wmB', 'wmA\nwmB', '"wmA","wmB"', '["wmA"]'])(
		'is never one of several: %j',
		(value) => {
			expect(() => customer(value)).toThrow("'Customer' must be a single ID");
		},
	);

	it.each([[['wmA']], [{ id: 'wmA' }], [true]])('is text: %j', (value) => {
		expect(() => customer(value)).toThrow("'Customer' must be a single ID");
	});

	it('can be a field without a list', () => {
		const mediaId = idField({ displayName: 'Media ID', name: 'mediaId', kind: 'media' });
		expect(mediaId.parse('"3a_b"', 'x')).toBe('3a_b');
		expect(mediaId.parse('"\u200b"', 'x')).toBe('');
		expect(() => mediaId.parse(undefined, "'Media ID'")).toThrow("'Media ID' has no value");
	});
});

describe('phone numbers', () => {
	it('keep their spaces, and lose what copying adds', () => {
		expect(
			phones(['\u202a+86 139\u00a00000 0002\u202c', "'13800000000", 13900000001, '(010) 1-2; 345']),
		).toEqual(['+86 139 0000 0002', '13800000000', '13900000001', '(010) 1-2', '345']);
	});

	it.each(['010.8888.0001', '010-8888 ext. 1', '0571-8888转1', '8888#1', '010/8888'])(
		'are written in many ways: %j',
		(value) => {
			expect(phones([value])).toEqual([value]);
		},
	);

	it.each(['undefined', 'NaN', 'none', '+', '1.38e+21', '138\u00070000'])(
		'are never %j',
		(value) => {
			expect(() => phones([value])).toThrow(
				`${visible(value)} in 'Mobile Numbers' is not a phone number`,
			);
		},
	);
});

describe('names', () => {
	it('are several where quotes stand around all of them', () => {
		expect(names('"Gold, Silver"')).toEqual(['Gold', 'Silver']);
		expect(names('“金卡，银卡”')).toEqual(['金卡', '银卡']);
		expect(names('"Gold", "Silver"')).toEqual(['Gold', 'Silver']);
		expect(names('"Gold" and "Silver"')).toEqual(['"Gold" and "Silver"']);
	});

	it('lose quotes and invisible characters around and within, and keep the rest', () => {
		expect(
			names([
				'"Gold leaf"',
				'“金卡”',
				'\u200bSil\u200bver\ufeff',
				'A\u00a0B',
				"`Rock 'n' roll`",
				'5"',
			]),
		).toEqual(['Gold leaf', '金卡', 'Silver', 'A B', "Rock 'n' roll", '5"']);
	});

	it('keep emoji and what only looks like a pair of quotes', () => {
		const kept = ['👩‍💻 Dev', '❤️', '👨‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '"A" or "B"', '「VIP」', 'true', 'Null'];
		expect(names(kept)).toEqual(kept);
	});

	it('are not split in an array, where a comma belongs to the name', () => {
		expect(names(['Riverside, Inc.'])).toEqual(['Riverside, Inc.']);
	});

	it.each(['undefined', 'null', 'NaN', '[object Object]', ' "null" '])(
		'are never the word %s',
		(word) => {
			expect(() => names(['Gold', word])).toThrow("in 'Tag Names' is not a name");
		},
	);

	it('have no control character and no half an emoji', () => {
		expect(() => names('Gold, Si\u0007lver')).toThrow(
			`"Si⟨U+0007⟩lver" in 'Tag Names' has a control character (U+0007) at character 3`,
		);
		expect(() => names(['🌻Go\ud83d'])).toThrow(
			`"🌻Go⟨U+D83D⟩" in 'Tag Names' has half an emoji or character (U+D83D) at character 4`,
		);
	});

	it('are read the same way one at a time', () => {
		const name = tagNameField({ displayName: 'Name', name: 'name' });
		expect(name.parse(' “Gold\u200b leaf” ', 'x')).toBe('Gold leaf');
		expect(() => name.parse('undefined', "'Name'")).toThrow(`"undefined" in 'Name' is not a name`);
		expect(() => name.parse('"\u200b"', "'Name'")).toThrow("'Name' is empty");
	});
});

it.each([[['']], [['wmA', null]], [['\u200b']], [['""']], [[' , ']]])(
	'sees an entry of which nothing is left in %j',
	(value) => {
		expect(hasBlankEntry(value)).toBe(true);
	},
);

it.each(['\u034f', '\u2800', '\u3164', '\ufe0f', '"\u200b"'])(
	'takes a name of nothing to see for none: %j',
	(name) => {
		expect(cleanName(name)).toBe('');
	},
);
