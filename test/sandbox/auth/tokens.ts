import { newAccessToken } from '../core/ids';
import type { Corp } from '../world/corp';
import type { App } from '../world/model';

/** doc 91039: normally 7200 s. */
export const TOKEN_LIFETIME_SECONDS = 7200;

export interface Session {
	readonly corp: Corp;
	readonly app: App;
}

interface IssuedToken extends Session {
	readonly value: string;
	/** 1 for the first token of this sandbox: the request log tells tokens apart by it. */
	readonly index: number;
	readonly expiresAt: number;
	/** Set when the platform invalidated it early. */
	killedWith?: TokenRefusal;
}

export type TokenRefusal = 40014 | 42001;

/** The access tokens of all apps: one living token per app, the same one until it ends (doc 91039). */
export class Tokens {
	private readonly byValue = new Map<string, IssuedToken>();
	private readonly current = new Map<App, IssuedToken>();

	issue(session: Session, now: number): IssuedToken {
		const current = this.current.get(session.app);
		if (current && !current.killedWith && now < current.expiresAt) return current;
		const token: IssuedToken = {
			...session,
			value: newAccessToken(),
			index: this.byValue.size + 1,
			expiresAt: now + TOKEN_LIFETIME_SECONDS,
		};
		this.byValue.set(token.value, token);
		this.current.set(session.app, token);
		return token;
	}

	check(value: string, now: number): Session | TokenRefusal {
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

	/** Early invalidation by the platform (doc 91039) of every token now alive. */
	killAll(refusal: TokenRefusal): void {
		for (const token of this.current.values()) token.killedWith ??= refusal;
	}

	clear(): void {
		this.byValue.clear();
		this.current.clear();
	}
}
