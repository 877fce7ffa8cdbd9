import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { requiredString } from '../core/fields';
import { contentFields, readContent } from '../massMessages/content';

/** Sends the welcome message (doc 92137). Refused content leaves the code usable (A46). */
export const sendWelcomeMsg = endpoint({
	path: '/cgi-bin/externalcontact/send_welcome_msg',
	method: 'POST',
	doc: 92137,
	request: z.object({ welcome_code: requiredString(41049), ...contentFields }),
	handle({ world, corp, now }, body) {
		const content = readContent(corp, body, now);
		const welcome = world.welcomes.redeem(corp, body.welcome_code, now, world.settings);
		if (typeof welcome === 'number') throw new ApiError(welcome);
		welcome.sent = { time: now, ...content };
		return {};
	},
});
