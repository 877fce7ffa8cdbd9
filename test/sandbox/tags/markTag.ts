import { z } from 'zod';

import { ApiError } from '../core/apiError';
import { endpoint } from '../core/endpoint';
import { idList, requiredString } from '../core/fields';
import { wait } from '../core/timers';
import { requireCustomer } from '../customers/lookups';
import type { Relation } from '../customers/model';

/** Corp tags per member and customer (doc 92118). */
const MAX_TAGS_PER_PAIR = 3000;

/** Pairs that are being changed. */
const busy = new WeakSet<Relation>();

/** Changes the tags of a pair of member and customer (doc 92118). */
export const markTag = endpoint({
	path: '/cgi-bin/externalcontact/mark_tag',
	method: 'POST',
	doc: 92118,
	request: z.object({
		userid: requiredString(40003),
		external_userid: requiredString(41035),
		add_tag: idList,
		remove_tag: idList,
	}),
	async handle(call, body) {
		const { corp, world } = call;
		const added = body.add_tag ?? [];
		const removed = body.remove_tag ?? [];
		if (added.length === 0 && removed.length === 0) throw new ApiError(41017);
		// An unknown customer comes before a wrong member (A66).
		requireCustomer(call, body.external_userid);
		// A wrong member is 84061, too (observed 2020).
		const relation = corp.relation(body.userid, body.external_userid);
		if (!relation) throw new ApiError(84061);
		// Strategy tags are not for this call (A71).
		if ([...added, ...removed].some((id) => !corp.livingTag(id))) throw new ApiError(40068);

		// A second change conflicts while this one is being made (45035, A15).
		if (busy.has(relation)) throw new ApiError(45035);
		busy.add(relation);
		await wait(world.settings.markTagMilliseconds);
		busy.delete(relation);

		const tagIds = new Set([...relation.tagIds, ...added]);
		for (const id of removed) tagIds.delete(id);
		// The code for too many is not documented (A41).
		if (tagIds.size > MAX_TAGS_PER_PAIR) throw new ApiError(40058);
		relation.tagIds = [...tagIds];
		return {};
	},
});
