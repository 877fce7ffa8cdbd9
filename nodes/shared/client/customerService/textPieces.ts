/** Where a text may be cut, from the best place to the last resort. */
const BORDERS = [sentenceBorders, wordBorders, characterBorders] as const;

/** The pieces of a text, and what is left over once no more pieces are allowed. */
export interface CutText {
	readonly pieces: readonly string[];
	/** Empty if the whole text fits. */
	readonly rest: string;
}

/**
 * Cuts a text into pieces of at most `maxBytes` UTF-8 bytes: after sentences if that needs no more than `maxPieces`,
 * otherwise after words, otherwise after characters. The blanks at a cut are dropped.
 */
export function cutText(text: string, maxBytes: number, maxPieces: number): CutText {
	let cut: CutText = { pieces: [], rest: text };
	for (let finest = 0; finest < BORDERS.length; finest++) {
		cut = cutAt(text, maxBytes, maxPieces, finest);
		if (cut.rest === '') return cut;
	}
	return cut;
}

/** @param finest index in `BORDERS`; a piece without such a border is cut at the next finer one */
function cutAt(text: string, maxBytes: number, maxPieces: number, finest: number): CutText {
	const pieces: string[] = [];
	let rest = text.trim();
	while (rest !== '' && pieces.length < maxPieces) {
		const end = endOfPiece(rest, maxBytes, finest);
		pieces.push(rest.slice(0, end).trimEnd());
		rest = rest.slice(end).trimStart();
	}
	return { pieces, rest };
}

/** Where the first piece of a text ends. */
function endOfPiece(text: string, maxBytes: number, finest: number): number {
	if (Buffer.byteLength(text) <= maxBytes) return text.length;
	// A piece has at most one UTF-16 unit per byte, so the rest of a long text need not be searched.
	const start = text.slice(0, maxBytes + 1);
	for (const borders of BORDERS.slice(finest)) {
		const end = borders(start)
			.filter(
				(border) => border > 0 && Buffer.byteLength(text.slice(0, border).trimEnd()) <= maxBytes,
			)
			.at(-1);
		if (end !== undefined) return end;
	}
	// One character of more than `maxBytes`, such as an emoji of many parts.
	return [...start][0]?.length ?? text.length;
}

function sentenceBorders(text: string): number[] {
	return ends(text, /[.!?…]+["'”’)\]]*\s+|[。！？；]+["'”’）」』]*\s*|\n\s*/gu);
}

function wordBorders(text: string): number[] {
	return ends(text, /\s+|[，、：]/gu);
}

function characterBorders(text: string): number[] {
	// What a reader takes for one character, such as a family emoji, stays in one piece.
	const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
	return [...characters].map(({ index }) => index);
}

function ends(text: string, border: RegExp): number[] {
	return [...text.matchAll(border)].map((match) => match.index + match[0].length);
}
