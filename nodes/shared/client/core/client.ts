import type { Endpoint } from './endpoint';
import { asError, TokenError, WeComApiError, WeComCancelledError } from './errors';
import { MinuteLimits } from './minuteLimits';
import { Notices } from './notices';
import { decodeResponse } from './response';
import { REQUEST_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './settings';
import { isTransient, withRetry } from './retry';
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
	readonly clock: Clock;
	/** 0 to 1, for the jitter of waits. */
	readonly random: () => number;
	/** Asked before every call. */
	readonly cancelSignal?: CancelSignal;
	/** Milliseconds for every call; an upload gets more where this is short. */
	readonly timeoutMs?: number;
}

/** Calls WeCom endpoints one at a time: sends, decodes `errcode`, refreshes a refused token, repeats what may be. */
export class WeComClient {
	/** What its calls met that is no failure, to be told at the end of the run. */
	readonly notices = new Notices();

	/**
	 * Why this run gets no token: a refusal, which would be the same for every item, or a failure that outlasted the
	 * retries of a call. There are no more calls after it. Asking on would get the IP blocked (doc 91039).
	 */
	private noToken?: TokenError;

	private readonly limits: MinuteLimits;
	/** Milliseconds by which WeCom's clock is ahead of ours, as its last answer told. */
	private aheadMs = 0;

	constructor(private readonly options: ClientOptions) {
		this.limits = new MinuteLimits(options.clock);
	}

	get clock(): Clock {
		return this.options.clock;
	}

	get random(): () => number {
		return this.options.random;
	}

	/**
	 * WeCom's time in Unix seconds, for whatever is compared with times that WeCom gives: the clock of this server may
	 * be minutes off. It comes from the `Date` header of the last answer, so it may be late by a second and the time
	 * that this answer was on its way. Until the first answer of the run it is this server's own.
	 *
	 * @param localMs another moment than now, in milliseconds of this server's clock
	 */
	serverTime(localMs = this.clock.now()): number {
		return Math.floor((localMs + this.aheadMs) / 1_000);
	}

	/**
	 * Calls an endpoint. Passing failures are repeated: all of them where the endpoint is idempotent, else only
	 * those of which it is sure that WeCom did nothing.
	 *
	 * @throws WeComApiError, WeComHttpError, WeComResponseError, WeComNetworkError, WeComCancelledError
	 */
	async call<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
	): Promise<Response> {
		try {
			return await withRetry(async () => await this.attempt(endpoint, request, form), {
				idempotent: endpoint.idempotent,
				clock: this.options.clock,
				random: this.options.random,
			});
		} catch (error) {
			if (error instanceof TokenError) this.noToken ??= error.afterRetries();
			throw asError(error);
		}
	}

	/** Calls an endpoint once; only a refused token, which WeCom checks before anything else, is repeated. */
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

	/** With another token than the one that was refused. */
	private async exchangeAgain<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form: RequestForm | undefined,
		refused: Session,
	): Promise<Response> {
		try {
			return this.decode(endpoint, await this.send(endpoint, request, form, refused));
		} catch (error) {
			// WeCom refuses the new token too.
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
			// A refusal is WeCom's too; a page of a proxy tells the proxy's time.
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
			timeoutMs: form ? Math.max(UPLOAD_TIMEOUT_MS, timeoutMs) : timeoutMs,
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
