import { parseXml, textOf } from '../../../nodes/shared/client/callbacks/xml';

describe('the XML reader', () => {
	it.each([
		['text and CDATA', '<xml><A>a</A><B><![CDATA[b]]></B></xml>', { A: 'a', B: 'b' }],
		['a split CDATA section', '<x><A><![CDATA[]]]]><![CDATA[>]]></A></x>', { A: ']]>' }],
		['text beside CDATA', '<x><A>1<![CDATA[<2>]]>3</A></x>', { A: '1<2>3' }],
		['markup in CDATA', '<x><A><![CDATA[<B>&amp;</B>]]></A></x>', { A: '<B>&amp;</B>' }],
		['entities', '<x><A>&lt;&gt;&amp;&quot;&apos;&#33590;&#x8336;</A></x>', { A: '<>&"\'茶茶' }],
		['entities only once', '<x><A>&amp;lt;</A></x>', { A: '&lt;' }],
		[
			'what is no entity',
			'<x><A>a & b &nbsp; &#0; &#xD800;</A></x>',
			{ A: 'a & b &nbsp; &#0; &#xD800;' },
		],
		['blanks within a text', '<x><A>a \n b</A></x>', { A: 'a \n b' }],
		['blanks in CDATA', '<x><A><![CDATA[ a ]]></A></x>', { A: ' a ' }],
		['blanks around a text, which are layout', '<x><A>\n\t\ta b\n\t</A></x>', { A: 'a b' }],
		[
			'blanks around CDATA, which are layout',
			'<x><A>\n\t<![CDATA[ a ]]>\n\t<![CDATA[b ]]>\n</A><B>\n</B></x>',
			{ A: ' a \n\tb ', B: '' },
		],
		['blanks that are written as entities', '<x><A>&#32;a&#32;</A></x>', { A: ' a ' }],
		['repeated siblings', '<x><A>1</A><B/><A>2</A><A>3</A></x>', { A: ['1', '2', '3'], B: '' }],
		['lists', '<x><L><Item>1</Item><Item>2</Item></L></x>', { L: { Item: ['1', '2'] } }],
		['indented XML', '<x>\n\t<A>\n\t\t<B>1</B>\n\t</A>\n</x>\n', { A: { B: '1' } }],
		[
			'a declaration and a byte order mark',
			'\uFEFF<?xml version="1.0"?>\n<x><A>1</A></x>',
			{ A: '1' },
		],
		[
			'attributes, which it reads over',
			'<x y="1"><A b=\'>\' c = "2">1</A><B d="3"/></x>',
			{ A: '1', B: '' },
		],
		[
			'names of objects',
			'<x><constructor>1</constructor><toString>2</toString></x>',
			{ constructor: '1', toString: '2' },
		],
		['a root without children', '<xml>text</xml>', {}],
	])('reads %s', (_, text, expected) => {
		expect({ ...parseXml(text) }).toEqual(expected);
	});

	it('gives elements without a prototype', () => {
		const element = parseXml('<x><A><B>1</B></A></x>');
		expect(Object.getPrototypeOf(element)).toBeNull();
		expect(Object.getPrototypeOf(element?.A)).toBeNull();
		expect(element?.hasOwnProperty).toBeUndefined();
	});

	it.each([
		['nothing', ''],
		['text', 'text'],
		['an unclosed element', '<x><A>'],
		['an unclosed tag', '<x><A'],
		['an end without a start', '</x>'],
		['the wrong end', '<x><A></B></x>'],
		['two roots', '<x/><x/>'],
		['text after the root', '<x/>1'],
		['a document type', '<!DOCTYPE x><x/>'],
		['a comment', '<x><!-- 1 --></x>'],
		['a name that begins with an underscore', '<x><__proto__>1</__proto__></x>'],
		['an attribute without quotes', '<x a=1/>'],
		['nine levels', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`],
	])('does not read %s', (_, text) => {
		expect(parseXml(text)).toBeUndefined();
	});

	it('reads eight levels', () => {
		expect(parseXml(`${'<a>'.repeat(8)}${'</a>'.repeat(8)}`)).toBeDefined();
	});
});

it('text of an element is empty where it has none', () => {
	expect([textOf('a'), textOf(undefined), textOf(['a', 'b']), textOf({})]).toEqual([
		'a',
		'',
		'',
		'',
	]);
});
