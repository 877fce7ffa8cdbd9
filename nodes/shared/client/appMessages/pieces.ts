/** A text in as few pieces of at most `maxBytes` UTF-8 bytes as it takes, cut between characters; none if it is empty. */
export function inPieces(text: string, maxBytes: number): string[] {
	const pieces: string[] = [];
	let piece = '';
	let bytes = 0;
	for (const character of text) {
		const size = Buffer.byteLength(character, 'utf8');
		if (bytes + size > maxBytes) {
			pieces.push(piece);
			piece = '';
			bytes = 0;
		}
		piece += character;
		bytes += size;
	}
	return piece === '' ? pieces : [...pieces, piece];
}
