import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { anonymousEndpoint, endpoint } from '../core/endpoint';
import { requiredString } from '../core/fields';
import { TOKEN_LIFETIME_SECONDS } from './tokens';

/** An app's access token (doc 91039). A missing secret comes before a missing corp ID (observed 2026-09). */
export const getToken = anonymousEndpoint({
	path: '/cgi-bin/gettoken',
	method: 'GET',
	doc: 91039,
	request: z.object({ corpsecret: requiredString(41004), corpid: requiredString(41002) }),
	handle({ world, now, ip }, { corpid, corpsecret }) {
		if (world.wrongSecrets.isBlocked(ip, now)) throw new ApiError(45009);
		const corp = world.corps.get(corpid);
		if (!corp) throw new ApiError(40013);
		const app = [...corp.apps.values()].find((each) => each.secret === corpsecret);
		if (!app?.enabled) {
			world.wrongSecrets.record(ip, now, world.settings.wrongSecretsPerHour);
			throw new ApiError(40001);
		}
		const token = world.tokens.issue({ corp, app }, now);
		const { expiresIn, repeatedExpiresIn } = world.settings;
		if (expiresIn === 'absent') return { access_token: token.value };
		// Of a repeated call: A14.
		const actual = repeatedExpiresIn === 'full' ? TOKEN_LIFETIME_SECONDS : token.expiresAt - now;
		// Any other number is not documented (A78).
		return {
			access_token: token.value,
			expires_in: expiresIn === 'actual' ? actual : expiresIn,
		};
	},
});

/** The IPs of the API host; any valid token will do (doc 92520). */
export const getApiDomainIp = endpoint({
	path: '/cgi-bin/get_api_domain_ip',
	method: 'GET',
	doc: 92520,
	access: 'anyApp',
	emptyFields: { ip_list: [] },
	request: z.object({}),
	handle: () => ({ ip_list: ['182.0.2.1', '182.0.2.2'] }),
});
