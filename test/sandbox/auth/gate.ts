import { ApiError } from '../core/apiError';
import type { AppEndpoint } from '../core/endpoint';
import type { IncomingCall } from '../core/serveCall';
import type { World } from '../world/world';
import type { Caller } from './tokens';

/**
 * Says who calls, or refuses the call. The order (observed 2026): is there a token, is it valid, is the
 * IP trusted, may the app call this; only then the parameters. The places of 48002 (A33) and of the
 * frequency limit, 45009 (A49), are assumptions.
 */
export function passGate(world: World, endpoint: AppEndpoint, incoming: IncomingCall): Caller {
	const token = incoming.query.access_token;
	if (!token) throw new ApiError(41001);
	const caller = world.tokens.check(token, world.now());
	if (typeof caller === 'number') throw new ApiError(caller);
	const { corp, app } = caller;
	const gated = app.trustedIps.length > 0 && !app.trustedIps.includes(incoming.ip);
	if (gated || incoming.untrusted) throw new ApiError(60020);
	if (endpoint.access === 'customerContact' && !app.callable) throw new ApiError(48002);
	if (!world.rateLimiter.admit(corp.corpId, endpoint.path, world.now(), world.settings)) {
		throw new ApiError(45009);
	}
	return caller;
}
