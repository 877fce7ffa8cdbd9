import fc from 'fast-check';

import { cutText } from '../../../nodes/shared/client/customerService/textPieces';

/** Sentences, words, Chinese, emoji of several parts, letters with marks, line breaks of both kinds. */
const PARTS = [
	'Tea is ready. ',
	'word ',
	'好茶。',
	'今天下雨了，',
	'请稍等；',
	'👩‍👩‍👧‍👦',
	'🇨🇳',
	'e\u0301',
	'\r\n',
	'\n\n',
	'x'.repeat(30),
	' ',
];

const texts = fc.array(fc.constantFrom(...PARTS), { maxLength: 60 }).map((parts) => parts.join(''));

/** Longer than the longest of these characters, which has 25 bytes. */
const limits = fc.integer({ min: 25, max: 200 });
const counts = fc.integer({ min: 0, max: 6 });

const withoutBlanks = (text: string) => text.replace(/\s+/gu, '');

function graphemes(text: string): string[] {
	const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	return [...segmenter.segment(text)].map(({ segment }) => segment);
}

describe('whatever the text', () => {
	it('no piece is longer than allowed or empty, and there are no more of them than allowed', () => {
		fc.assert(
			fc.property(texts, limits, counts, (text, maxBytes, maxPieces) => {
				const { pieces } = cutText(text, maxBytes, maxPieces);
				expect(pieces.length).toBeLessThanOrEqual(maxPieces);
				for (const piece of pieces) {
					expect(piece.trim()).toBe(piece);
					expect(piece).not.toBe('');
					expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(maxBytes);
				}
			}),
		);
	});

	it('pieces and rest are the text, up to the blanks where it is cut', () => {
		fc.assert(
			fc.property(texts, limits, counts, (text, maxBytes, maxPieces) => {
				const { pieces, rest } = cutText(text, maxBytes, maxPieces);
				expect(withoutBlanks([...pieces, rest].join(''))).toBe(withoutBlanks(text));
				let at = 0;
				for (const piece of pieces) {
					const start = text.indexOf(piece, at);
					expect(text.slice(at, start).trim()).toBe('');
					at = start + piece.length;
				}
			}),
		);
	});

	it('what a reader takes for one character stays whole', () => {
		fc.assert(
			fc.property(texts, limits, (text, maxBytes) => {
				const { pieces } = cutText(text, maxBytes, 100);
				const visible = graphemes(text).filter((character) => character.trim() !== '');
				const found = pieces.flatMap(graphemes).filter((character) => character.trim() !== '');
				expect(found).toEqual(visible);
			}),
		);
	});

	it('something is left over only if cuts between characters need too many pieces, too', () => {
		fc.assert(
			fc.property(texts, limits, counts, (text, maxBytes, maxPieces) => {
				const { rest } = cutText(text, maxBytes, maxPieces);
				expect(rest === '').toBe(needed(text, maxBytes) <= maxPieces);
			}),
		);
	});
});

/** How many pieces a text needs that may be cut between any two characters. */
function needed(text: string, maxBytes: number): number {
	let count = 0;
	let piece = '';
	for (const character of graphemes(text.trim())) {
		const isBlank = character.trim() === '';
		if (isBlank && piece === '') continue;
		if (!isBlank && Buffer.byteLength(piece + character) > maxBytes) {
			count++;
			piece = '';
		}
		piece += character;
	}
	return piece === '' ? count : count + 1;
}

describe('where it is cut', () => {
	it('after a sentence, if that fits', () => {
		expect(cutText('One two three. Four five six. Seven.', 30, 2)).toEqual({
			pieces: ['One two three. Four five six.', 'Seven.'],
			rest: '',
		});
		expect(cutText('你好。今天有新茶！要吗？', 21, 3).pieces).toEqual([
			'你好。',
			'今天有新茶！',
			'要吗？',
		]);
	});

	it('after a word, if cuts after sentences need too many pieces', () => {
		const text = 'Aa bb cc dd ee. Ff gg hh ii jj. Kk ll.';
		expect(cutText(text, 20, 3).pieces).toEqual(['Aa bb cc dd ee.', 'Ff gg hh ii jj.', 'Kk ll.']);
		expect(cutText(text, 20, 2).pieces).toEqual(['Aa bb cc dd ee. Ff', 'gg hh ii jj. Kk ll.']);
	});

	it('after a character, if cuts after words need too many pieces', () => {
		const text = 'aaaaaa bbbbbb cccccc';
		expect(cutText(text, 10, 3).pieces).toEqual(['aaaaaa', 'bbbbbb', 'cccccc']);
		expect(cutText(text, 10, 2).pieces).toEqual(['aaaaaa bbb', 'bbb cccccc']);
	});

	it('a sentence that is too long is cut after a word, and the next ones after sentences again', () => {
		expect(cutText('Aaa bbb ccc ddd eee. Fff.', 12, 3).pieces).toEqual([
			'Aaa bbb ccc',
			'ddd eee.',
			'Fff.',
		]);
	});

	it('gives what does not fit', () => {
		expect(cutText('aaaa bbbb cccc', 4, 2)).toEqual({ pieces: ['aaaa', 'bbbb'], rest: 'cccc' });
		expect(cutText('aaaa', 4, 0)).toEqual({ pieces: [], rest: 'aaaa' });
		expect(cutText(' \n ', 4, 2)).toEqual({ pieces: [], rest: '' });
	});

	it('a character of more bytes than a piece may have is cut rather than never sent', () => {
		const { pieces, rest } = cutText('👩‍👩‍👧‍👦', 8, 100);
		expect([pieces.join(''), rest]).toEqual(['👩‍👩‍👧‍👦', '']);
	});

	it('gives no more pieces of a very long text than are allowed', () => {
		const text = 'Ein Satz mit einigen Wörtern. '.repeat(20_000);
		expect(cutText(text, 2_048, 5).pieces).toHaveLength(5);
	});
});
