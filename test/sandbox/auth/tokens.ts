import { newAccessToken } from '../core/ids';
import type { Corp } from '../world/corp';
import type { App } from './model';

/** Normally 7200 s (doc 91039). */
export const TOKEN_LIFETIME_SECONDS = 7200;

/** Whom a token stands for. */
export interface Caller {
	readonly corp: Corp;
	readonly app: App;
}

interface IssuedToken extends Caller {
	readonly value: string;
	/** 1 for the first token of this sandbox: the request log tells tokens apart by it. */
	readonly index: number;
	/** Unix seconds. */
	readonly expiresAt: number;
	/** Set when the platform has invalidated it early. */
	killedWith?: TokenRefusal;
}

/** Unknown or invalidated, or expired (doc 90313). */
export type TokenRefusal = 40014 | 42001;

/** The access tokens of all apps. An app has one living token and gets it again until it ends (doc 91039). */
export class Tokens {
	private readonly byValue = new Map<string, IssuedToken>();
	private readonly current = new Map<App, IssuedToken>();

	issue(caller: Caller, now: number): IssuedToken {
		const current = this.current.get(caller.app);
		if (current && !current.killedWith && now < current.expiresAt) return current;
		const token: IssuedToken = {
			...caller,
			value: newAccessToken(),
			index: this.byValue.size + 1,
			expiresAt: now + TOKEN_LIFETIME_SECONDS,
		};
		this.byValue.set(token.value, token);
		this.current.set(caller.app, token);
		return token;
	}

	check(value: string, now: number): Caller | TokenRefusal {
		const token = this.byValue.get(value);
		if (!token) return 40014;
		if (token.killedWith) return token.killedWith;
		return now < token.expiresAt ? token : 42001;
	}

	indexOf(value: string | undefined): number | undefined {
		return value === undefined ? undefined : this.byValue.get(value)?.index;
	}

	kill(value: string, refusal: TokenRefusal): void {
		const token = this.byValue.get(value);
		if (token) token.killedWith ??= refusal;
	}

	/** The platform invalidates every living token early (doc 91039). */
	killAll(refusal: TokenRefusal): void {
		for (const token of this.current.values()) token.killedWith ??= refusal;
	}

	clear(): void {
		this.byValue.clear();
		this.current.clear();
	}
}
