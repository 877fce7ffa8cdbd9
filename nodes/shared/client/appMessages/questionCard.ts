import { TEXT_CARD_BYTES } from './limits';
import type { AppMessageContent } from './message';
import { inPieces } from './pieces';

const MORE = '…';

/**
 * The card that leads to the page of a question (doc 90236). The page has the whole text, so the card may shorten it
 * to what WeCom takes.
 */
export function questionCard(title: string, text: string, url: string): AppMessageContent {
	const description = shortened(text, TEXT_CARD_BYTES.description);
	return { msgtype: 'textcard', card: { title, description, url } };
}

/** Cut between characters, with a mark that says so. */
function shortened(text: string, limit: number): string {
	if (Buffer.byteLength(text, 'utf8') <= limit) return text;
	const [kept = ''] = inPieces(text, limit - Buffer.byteLength(MORE, 'utf8'));
	return `${kept}${MORE}`;
}
