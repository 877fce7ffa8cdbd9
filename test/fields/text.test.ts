import { filled, textField, urlField } from '../../nodes/shared/fields/kinds';

const title = filled(textField({ displayName: 'Title', name: 'title' }));
const remark = textField({ displayName: 'Remark', name: 'remark', keepBlanks: true });
const url = urlField({ displayName: 'Link URL', name: 'url' });

describe('text', () => {
	it.each(['\u200b', ' \ufeff\u00ad\n', '\u2060\u3164', '\u2800', '\u202e\u00a0', '\ufe0f'])(
		'of invisible characters only is empty: %j',
		(text) => {
			expect(() => title.parse(text, "'Title'")).toThrow("'Title' is empty");
		},
	);

	it.each(['👩‍💻', '茶\u200b', 'Two\tcolumns', 'Two\r\nlines', '.', 'e\u0301'])(
		'stays as it is: %j',
		(text) => {
			expect(title.parse(text, 'x')).toBe(text);
			expect(remark.parse(` ${text}\n`, 'x')).toBe(` ${text}\n`);
		},
	);

	it.each([
		['\u0007', "'Title' has a control character (U+0007) at character 1"],
		['茶🌻\u0000', "'Title' has a control character (U+0000) at character 3"],
		['  a\u007f', "'Title' has a control character (U+007F) at character 4"],
		['a\u0085b', "'Title' has a control character (U+0085) at character 2"],
		['🌻\ud83c', "'Title' has half an emoji or character (U+D83C) at character 2"],
		['\udf3bx', "'Title' has half an emoji or character (U+DF3B) at character 1"],
	])('that nobody means to send is refused with its place: %j', (text, problem) => {
		expect(() => title.parse(text, "'Title'")).toThrow(problem);
		expect(() => remark.parse(text, "'Title'")).toThrow(problem);
	});
});

describe('a URL', () => {
	it.each([
		'https://example.com',
		'HTTP://example.com:8080/a?b=c#d',
		'https://example.com/目录',
		'https://例子.中国/',
		'http://localhost/x',
		'http://[::1]/',
	])('%s is taken as it is', (text) => {
		expect(url.parse(` ${text}\n`, 'x')).toBe(text);
	});

	it('loses the invisible characters that copying adds', () => {
		expect(url.parse('\ufeffhttps://example.com/\u200b', 'x')).toBe('https://example.com/');
	});

	it.each(['', ' ', '\u200b'])('can be left out: %j', (text) => {
		expect(url.parse(text, 'x')).toBe('');
	});

	it.each([
		'example.com',
		'undefined',
		'ftp://example.com',
		'javascript:alert(1)',
		'https://',
		'https:///path',
		'https://?a',
		'https:example.com',
		'https://exa mple.com',
		'https://example.com:port',
		'//example.com',
		'https://a.example https://b.example',
	])('%s is none', (text) => {
		expect(() => url.parse(text, "'Link URL'")).toThrow(`'Link URL' must be a URL, not "${text}"`);
	});
});
