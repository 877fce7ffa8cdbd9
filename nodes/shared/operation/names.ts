/** The name of one of WeCom's numbers; null where WeCom gave none, and said to be unknown where it is new to us. */
export function nameOf(
	names: Readonly<Record<number, string>>,
	value: number | undefined,
): string | null {
	return value === undefined ? null : (names[value] ?? `Unknown (${value})`);
}
