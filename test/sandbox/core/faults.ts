import { z } from 'zod';

/** `after: true` lets WeCom do the work first, so that only the response is lost or wrong. */
const after = z.boolean().optional();

/** A fault by name. */
export const faultSchema = z.discriminatedUnion('kind', [
	/** Answers this errcode. */
	z.object({
		kind: z.literal('errcode'),
		errcode: z.number().int(),
		errmsg: z.string().optional(),
		after,
	}),
	/** Answers this HTTP status. */
	z.object({
		kind: z.literal('httpStatus'),
		status: z.number().int().min(100).max(599),
		body: z.string().optional(),
		after,
	}),
	/** HTTP 200 with an HTML page, as from a proxy on the way. */
	z.object({ kind: z.literal('html'), after }),
	/** HTTP 200 with a body that only looks like JSON. */
	z.object({ kind: z.literal('notJson'), body: z.string().optional(), after }),
	/** Waits this many real milliseconds, then serves the request as usual. */
	z.object({ kind: z.literal('delay'), ms: z.number().min(0) }),
	/** Never answers; the connection stays open. */
	z.object({ kind: z.literal('noAnswer'), after }),
	/** TCP reset. */
	z.object({ kind: z.literal('reset'), after }),
	/** Does the work, announces the whole body, sends half of it and closes. */
	z.object({ kind: z.literal('cutBody'), chunked: z.boolean().optional() }),
	/**
	 * Does the work and sends the body one byte at a time, every `ms` real milliseconds (default 100). An
	 * endless one goes on with blanks for ever.
	 */
	z.object({
		kind: z.literal('drip'),
		ms: z.number().min(0).optional(),
		endless: z.boolean().optional(),
	}),
	/** Serves the first page whatever the cursor, without its rows, and points to another: a new cursor, or the same. */
	z.object({ kind: z.literal('endlessPages'), sameCursor: z.boolean().optional() }),
	/** Answers an errcode (default 40058) whose text quotes the whole URL of the request, secrets and all. */
	z.object({ kind: z.literal('echoUrl'), errcode: z.number().int().optional(), after }),
	/** HTTP 413 with an HTML page, from a proxy that lets nothing so large pass. */
	z.object({ kind: z.literal('tooLarge') }),
	/** A redirect (default 302) to elsewhere, as from a network that wants people to sign in. */
	z.object({
		kind: z.literal('redirect'),
		location: z.string().optional(),
		status: z.number().int().min(301).max(308).optional(),
		after,
	}),
	/** The token of this request dies at once, before the request is served. */
	z.object({
		kind: z.literal('killToken'),
		errcode: z.union([z.literal(40014), z.literal(42001)]).optional(),
	}),
	/** The trusted-IP gate sees this IP as the caller's and refuses it. */
	z.object({ kind: z.literal('untrustedIp'), ip: z.string().optional() }),
]);

/** A fault and the calls it hits. */
export const faultRuleSchema = z.object({
	/** A path of the API, or '*' for all; calls are counted per path from now on. */
	path: z.string(),
	/** Which calls, counted from 1; default: every call. */
	call: z.union([z.number().int().min(1), z.array(z.number().int().min(1))]).optional(),
	/** The highest number of hits. */
	times: z.number().int().min(1).optional(),
	fault: faultSchema,
});

export type Fault = z.output<typeof faultSchema>;
export type FaultRule = z.output<typeof faultRuleSchema>;

/** A fault that has been added. */
export interface FaultHandle {
	readonly id: number;
	readonly rule: FaultRule;
	/** How many requests it has hit. */
	readonly hits: number;
	remove(): void;
}

/** Faults by name, per path and call number. */
export class Faults {
	private active: ActiveFault[] = [];
	private nextId = 1;

	add(rule: FaultRule): FaultHandle {
		const active = new ActiveFault(this.nextId, rule, () => {
			this.active = this.active.filter((each) => each !== active);
		});
		this.nextId += 1;
		this.active.push(active);
		return active;
	}

	list(): readonly FaultHandle[] {
		return [...this.active];
	}

	clear(): void {
		this.active = [];
	}

	/** The fault of this request: of several that apply, the one added first. All of them count it. */
	take(path: string): Fault | undefined {
		const applying = this.active.filter((each) => each.counts(path));
		return applying[0]?.hit();
	}
}

class ActiveFault implements FaultHandle {
	hits = 0;
	private readonly calls = new Map<string, number>();

	constructor(
		readonly id: number,
		readonly rule: FaultRule,
		readonly remove: () => void,
	) {}

	/** Counts the call; true when the fault applies to it. */
	counts(path: string): boolean {
		if (this.rule.path !== '*' && this.rule.path !== path) return false;
		const number = (this.calls.get(path) ?? 0) + 1;
		this.calls.set(path, number);
		if (this.hits >= (this.rule.times ?? Infinity)) return false;
		const { call } = this.rule;
		return call === undefined || (Array.isArray(call) ? call.includes(number) : call === number);
	}

	hit(): Fault {
		this.hits += 1;
		return this.rule.fault;
	}
}
