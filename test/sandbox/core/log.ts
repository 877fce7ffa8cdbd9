/** One request as it came in, with what came of it. */
export interface LoggedRequest {
	readonly seq: number;
	/** Unix seconds of the sandbox clock. */
	readonly time: number;
	readonly method: string;
	readonly path: string;
	/** access_token and corpsecret are replaced by a mark. */
	readonly query: Readonly<Record<string, string>>;
	/** Which token was used: 1 is the first one that this sandbox issued. */
	readonly tokenIndex?: number;
	/** The parsed body; for an upload its name, type and size. */
	body?: unknown;
	/** HTTP status; undefined until there is a response, and when the connection was cut before it. */
	status?: number;
	errcode?: number;
	/** Kind of the fault that hit this request. */
	fault?: string;
}

const SECRET_MARK = '***';
const SECRET_PARAMETERS = ['access_token', 'corpsecret'];

/** Enough for every test; a sandbox that runs for days must not grow forever. */
const KEPT_REQUESTS = 50_000;

/** Every request, newest last. The control API is not part of it. */
export class RequestLog {
	private entries: LoggedRequest[] = [];
	private readonly counts = new Map<string, number>();
	private seq = 0;

	open(request: Omit<LoggedRequest, 'seq'>): LoggedRequest {
		this.seq += 1;
		const entry: LoggedRequest = {
			...request,
			seq: this.seq,
			query: withoutSecrets(request.query),
		};
		this.entries.push(entry);
		if (this.entries.length > KEPT_REQUESTS) this.entries.splice(0, KEPT_REQUESTS / 10);
		this.counts.set(entry.path, this.count(entry.path) + 1);
		return entry;
	}

	/** Requests of one path, or all, oldest first. */
	calls(path?: string): readonly LoggedRequest[] {
		return path === undefined
			? [...this.entries]
			: this.entries.filter((entry) => entry.path === path);
	}

	/** Exact also when old entries have been dropped. */
	count(path?: string): number {
		if (path !== undefined) return this.counts.get(path) ?? 0;
		return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
	}

	clear(): void {
		this.entries = [];
		this.counts.clear();
	}
}

function withoutSecrets(query: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			SECRET_PARAMETERS.includes(name) ? SECRET_MARK : value,
		]),
	);
}
