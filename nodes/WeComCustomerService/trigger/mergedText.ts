interface Merged {
	readonly title?: unknown;
	readonly item?: unknown;
}

interface Entry {
	readonly sender_name?: unknown;
	readonly msgtype?: unknown;
	readonly msg_content?: unknown;
}

/** Records within records that are read. */
const MAX_DEPTH = 5;

/**
 * Chat records as text: the title, then a line for each message. What is no text stands as its type, such as `[image]`
 * (doc 94670).
 */
export function mergedText(content: unknown): string {
	return linesOf(content, 0).join('\n');
}

function linesOf(content: unknown, depth: number): string[] {
	const { title, item } = asObject(content) as Merged;
	const entries = Array.isArray(item) ? item.map(asObject) : [];
	const heading = typeof title === 'string' && title !== '' ? [title] : [];
	return [...heading, ...entries.flatMap((entry) => linesOfEntry(entry, depth))];
}

function linesOfEntry({ sender_name, msgtype, msg_content }: Entry, depth: number): string[] {
	const content = contentOf(msg_content);
	// Only the type inside is always a word.
	const type = String(content.msgtype ?? msgtype ?? 'unknown');
	const inner = content[type];
	const sender = typeof sender_name === 'string' ? sender_name : '';
	if (type === 'merged_msg' && depth < MAX_DEPTH) {
		const lines = linesOf(inner, depth + 1);
		return [`${sender}: [merged_msg]`, ...lines.map((line) => `  ${line}`)];
	}
	const text = asObject(inner).content;
	return [`${sender}: ${type === 'text' && typeof text === 'string' ? text : `[${type}]`}`];
}

/** The message inside is JSON text. */
function contentOf(value: unknown): Record<string, unknown> {
	if (typeof value !== 'string') return asObject(value);
	try {
		return asObject(JSON.parse(value));
	} catch {
		return {};
	}
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
