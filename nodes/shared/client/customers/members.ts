/** Equal for all spellings of one user ID: WeCom does not tell upper from lower case in it (doc 90195). */
export function memberKey(userid: string): string {
	return userid.toLowerCase();
}

/** The user IDs without further spellings of one that came before. */
export function distinctMembers(userids: readonly string[]): string[] {
	const first = new Map<string, string>();
	for (const userid of userids) {
		const key = memberKey(userid);
		if (!first.has(key)) first.set(key, userid);
	}
	return [...first.values()];
}
