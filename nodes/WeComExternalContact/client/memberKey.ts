/** Equal for all spellings of one user ID: WeCom does not tell upper from lower case in it (doc 90195). */
export function memberKey(userid: string): string {
	return userid.toLowerCase();
}
