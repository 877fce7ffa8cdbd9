import { TokenError } from '../core/errors';
import { decodeResponse } from './response';
import type { Endpoint } from './endpoint';
import { asError, WeComApiError, WeComCancelledError } from './errors';
import { REQUEST_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './settings';
import { withRetry } from './retry';
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
	/** Milliseconds for every call but uploads. */
	readonly timeoutMs?: number;
}

/** Calls WeCom endpoints one at a time: sends, decodes `errcode`, refreshes a refused token, repeats what may be. */
export class WeComClient {
	/** Wrong secrets get the IP blocked (doc 91039): after one there are no more calls. */
	private refusedCredential?: TokenError;

	constructor(private readonly options: ClientOptions) {}

	get clock(): Clock {
		return this.options.clock;
	}

	get random(): () => number {
		return this.options.random;
	}

	/** Unix seconds. */
	serverTime(): number {
		return Math.floor(this.clock.now() / 1_000);
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
		return await withRetry(async () => await this.attempt(endpoint, request, form), {
			idempotent: endpoint.idempotent,
			clock: this.options.clock,
			random: this.options.random,
		});
	}

	/** Calls an endpoint once; only a refused token, which WeCom checks before anything else, is repeated. */
	async attempt<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
	): Promise<Response> {
		const response = await this.send(endpoint, request, form);
		try {
			return decodeResponse(endpoint, response);
		} catch (error) {
			if (!(error instanceof WeComApiError && error.kind === 'token')) throw asError(error);
			return decodeResponse(endpoint, await this.send(endpoint, request, form, response.session));
		}
	}

	private async send<Request extends object, Response>(
		endpoint: Endpoint<Request, Response>,
		request: Request,
		form?: RequestForm,
		refused?: Session,
	): Promise<TransportResponse> {
		if (this.options.cancelSignal?.aborted) throw new WeComCancelledError();
		if (this.refusedCredential) throw this.refusedCredential;
		const inBody = endpoint.request === 'json';
		const sending = this.options.transport.send({
			method: endpoint.method,
			path: endpoint.path,
			query: inBody ? {} : toQuery(request),
			body: inBody ? request : undefined,
			form,
			timeoutMs: form ? UPLOAD_TIMEOUT_MS : (this.options.timeoutMs ?? REQUEST_TIMEOUT_MS),
			uninterrupted: !endpoint.idempotent,
			refused,
		});
		return await sending.catch((error: unknown) => {
			if (error instanceof TokenError && error.kind === 'credential')
				this.refusedCredential = error;
			throw asError(error);
		});
	}
}

function toQuery(request: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request)
			.filter(([, value]) => value !== undefined)
			.map(([name, value]) => [name, String(value)]),
	);
}
