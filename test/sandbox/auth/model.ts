/** An app of a corp, with the secret that calls come with. */
export interface App {
	readonly agentId: number;
	name: string;
	secret: string;
	/** The 客户联系 system app may change every tag; a self-built app only those it created (doc 92117). */
	kind: 'selfBuilt' | 'system';
	enabled: boolean;
	/** Listed under 客户联系 → 可调用接口的应用; otherwise 48002 (doc 90313). */
	callable: boolean;
	/** Empty: no trusted-IP gate, as for apps from before 2022-06-20 (60020, doc 90313). */
	trustedIps: string[];
	/** User IDs. */
	visibleMembers: 'all' | string[];
}
