/** Characters that nobody sees, and how to show them. */

/** Zero-width characters, BOM, soft hyphens, bidi marks, fillers, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Such characters in text for people, where some of them hold an emoji together. */
const STRAY = /(?!\u200d\p{Extended_Pictographic})(?![\u{e0020}-\u{e007f}])\p{Cf}/gu;

/** Spaces that do not break a line, which look like any other. */
const HARD_SPACE = /[\u00a0\u2007\u202f]/g;

/** What does not show, or looks like a Latin letter and is none. */
const UNCLEAR =
	/[\p{C}\p{Default_Ignorable_Code_Point}\p{Script=Cyrillic}\p{Script=Greek}\u2800]|(?! )[\p{Z}]/u;

/** How much of a value a message shows. */
const MOST_SHOWN = 60;

/** For text that a machine made: no invisible character belongs in it. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/** For text that a person reads: emoji stay whole, and a space stays a space. */
export function withoutStray(text: string): string {
	return text.replace(STRAY, '').replace(HARD_SPACE, ' ');
}

/** Whether there is nothing to see in a text. */
export function isBlank(text: string): boolean {
	return withoutInvisible(text).trim() === '';
}

/** The code of a character: U+0007. */
export function codeOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Whether `visible` shows a part of the text by its code. */
export function isUnclear(text: string): boolean {
	return UNCLEAR.test(text);
}

/**
 * A value for a message, in quotes: what nobody sees is shown by its code, and of a long one the part around the
 * first of these.
 */
export function visible(text: string): string {
	const characters = [...text].map((each) => (UNCLEAR.test(each) ? `⟨${codeOf(each)}⟩` : each));
	const shown = characters.join('');
	if (shown.length <= MOST_SHOWN) return `"${shown}"`;
	const first = Math.max(
		0,
		characters.findIndex((each) => each.startsWith('⟨U+')),
	);
	const start = first < MOST_SHOWN / 2 ? 0 : first - MOST_SHOWN / 4;
	let excerpt = '';
	let end = start;
	for (; end < characters.length; end++) {
		const next = `${excerpt}${characters[end]}`;
		if (next.length > MOST_SHOWN) break;
		excerpt = next;
	}
	return `"${start > 0 ? '…' : ''}${excerpt}${end < characters.length ? '…' : ''}"`;
}
