/** Equal for all spellings of a user ID: WeCom ignores case in user IDs (doc 90195). */
export function memberKey(userid: string): string {
	return userid.toLowerCase();
}

/** Drops user IDs that differ from an earlier one only in spelling. */
export function distinctMembers(userids: readonly string[]): string[] {
	const first = new Map<string, string>();
	for (const userid of userids) {
		const key = memberKey(userid);
		if (!first.has(key)) first.set(key, userid);
	}
	return [...first.values()];
}
