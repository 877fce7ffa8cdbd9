/**
 * Reads the "flatted" form in which n8n gives execution data: an array of values in which every reference is the
 * index of another value, written as text.
 */
export function unflat(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const done = new Map<number, unknown>();

	function revive(index: number): unknown {
		if (done.has(index)) return done.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) {
			done.set(index, value);
			return value;
		}
		const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		done.set(index, target);
		for (const [key, entry] of Object.entries(value)) {
			// Texts are always references; other plain values stand for themselves.
			const revived: unknown = typeof entry === 'string' ? revive(Number(entry)) : entry;
			(target as Record<string, unknown>)[key] = revived;
		}
		return target;
	}

	return revive(0);
}
