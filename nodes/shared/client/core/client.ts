import type { Endpoint } from './endpoint';
import { asError, TokenError, WeComApiError, WeComCancelledError } from './errors';
import { MinuteLimits } from './minuteLimits';
import { Notices } from './notices';
import { decodeResponse } from './response';
import { REQUEST_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './settings';
import { isOutcomeKnown, isTransient, withRetry } from './retry';
import type {
	CancelSignal,
	Clock,
	RequestForm,
	Session,
	Transport,
	TransportResponse,
} from './transport';

export interface ClientOptions {
	readonly transport: Transport;
	/** Equal for clients that act for the same corp: what this process remembers of its tasks holds for these only. */
	readonly account?: string;
	readonly clock: Clock;
	/** 0 to 1, for retry jitter. */
	readonly random: () => number;
	/** Checked before every call. */
	readonly cancelSignal?: CancelSignal;
	/** Milliseconds per call. A file gets more if this is too short. */
	readonly timeoutMs?: number;
}

/** Calls WeCom endpoints one at a time: sends, decodes `errcode`, refreshes a refused token, retries where allowed. */
export class WeComClient {
	/** Non-failures that calls ran into, reported at the end of the run. */
	readonly notices = new Notices();

	/**
	 * Why this run can't get a token: a refusal, which would be the same for every item, or a failure that outlasted a
	 * call's retries. No calls follow it. Asking again would get the IP blocked (doc 91039).
	 */
	private noToken?: TokenError;

	private readonly limits: MinuteLimits;
	/** Milliseconds by which WeCom's clock is ahead of ours, according to its last response. */
	private aheadMs = 0;

	constructor(private readonly options: ClientOptions) {
		this.limits = new MinuteLimits(options.clock);
	}

	get account(): string {
		return this.options.account ?? '';
	}

	get clock(): Clock {
		return this.options.clock;
	}

	get random(): () => number {
		return this.options.random;
	}

	/**
	 * WeCom's time in Unix seconds, for comparison with times from WeCom: this server's clock may be minutes off. It
	 * comes from the `Date` header of the last response, so it may lag by a second plus the transit time of that
	 * response. Before the run's first response it is this server's own time.
	 *
	 * @param localMs a moment other than now, in milliseconds of this server's clock
	 */
	serverTime(localMs = this.clock.now()): number {
		return Math.floor((localMs + this.aheadMs) / 1_000);
	}

	/**
	 * Calls an endpoint and retries transient failures: all of them if the endpoint is idempotent, otherwise only those
	 * where WeCom certainly did nothing.
	 *
	 * @param onLost hears of each attempt after which nobody knows whether WeCom did it
	 * @throws WeComApiError, WeComHttpError, WeComResponseError, WeComNetworkError, WeComCancelledError
	 */
	async call<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
		onLost?: (error: Error) => void,
	): Promise<Response> {
		const attempt = async () => {
			try {
				return await this.attempt(endpoint, request, form);
			} catch (error) {
				if (!isOutcomeKnown(error)) onLost?.(asError(error));
				throw asError(error);
			}
		};
		try {
			return await withRetry(attempt, {
				idempotent: endpoint.idempotent,
				clock: this.options.clock,
				random: this.options.random,
			});
		} catch (error) {
			if (error instanceof TokenError) this.noToken ??= error.afterRetries();
			throw asError(error);
		}
	}

	/** Calls an endpoint once. Only a refused token is retried, since WeCom checks the token before anything else. */
	async attempt<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
	): Promise<Response> {
		return await this.limits.watch(
			endpoint.path,
			async () => await this.exchange(endpoint, request, form),
		);
	}

	private async exchange<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
	): Promise<Response> {
		const response = await this.send(endpoint, request, form);
		try {
			return this.decode(endpoint, response);
		} catch (error) {
			if (!isRefusedToken(error)) throw asError(error);
			return await this.exchangeAgain(endpoint, request, form, response.session);
		}
	}

	/** Sends again with a token other than the refused one. */
	private async exchangeAgain<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form: RequestForm | undefined,
		refused: Session,
	): Promise<Response> {
		try {
			return this.decode(endpoint, await this.send(endpoint, request, form, refused));
		} catch (error) {
			// WeCom refused the new token too.
			if (isRefusedToken(error)) this.noToken ??= new TokenError(error);
			throw asError(error);
		}
	}

	private decode<Request, Response>(
		endpoint: Endpoint<Request, Response>,
		response: TransportResponse,
	): Response {
		try {
			const decoded = decodeResponse(endpoint, response);
			this.learnTime(response);
			return decoded;
		} catch (error) {
			// An API error comes from WeCom too. A proxy's error page would carry the proxy's time.
			if (error instanceof WeComApiError) this.learnTime(response);
			throw asError(error);
		}
	}

	private learnTime({ date = '' }: TransportResponse): void {
		const time = Date.parse(date);
		if (!Number.isNaN(time)) this.aheadMs = time - this.clock.now();
	}

	private async send<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
		refused?: Session,
	): Promise<TransportResponse> {
		if (this.options.cancelSignal?.aborted) throw new WeComCancelledError();
		if (this.noToken) throw this.noToken;
		const inBody = endpoint.request === 'json';
		const { timeoutMs = REQUEST_TIMEOUT_MS } = this.options;
		const sending = this.options.transport.send({
			method: endpoint.method,
			path: endpoint.path,
			query: inBody ? {} : toQuery(request),
			body: inBody ? request : undefined,
			form,
			...(endpoint.file && { file: endpoint.file }),
			timeoutMs: form || endpoint.file ? Math.max(UPLOAD_TIMEOUT_MS, timeoutMs) : timeoutMs,
			uninterrupted: !endpoint.idempotent,
			refused,
		});
		return await sending.catch((error: unknown) => {
			if (error instanceof TokenError && !isTransient(error)) this.noToken ??= error;
			throw asError(error);
		});
	}
}

function isRefusedToken(error: unknown): error is WeComApiError {
	return error instanceof WeComApiError && error.kind === 'token';
}

function toQuery(request: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, String(value)]),
	);
}
