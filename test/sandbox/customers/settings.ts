import { z } from 'zod';

/** Of the customer lists. */
export const customersSettings = {
	/** A12, doc 92994: `batch/get_by_user` when none of the members has a customer. */
	batchWithoutCustomers: z.enum(['empty', '84061']).default('empty'),
	/** A13: the document says 100 (doc 92994); a corp that accepts fewer answers 40058 above. */
	batchMemberLimit: z.number().int().min(1).max(100).default(100),
	/** A70: the text of 40096 quotes the ID in front of the usual words (observed 2026). */
	quoteInvalidIds: z.boolean().default(false),
	/** The corp is bound to an open platform account; without one nobody has a `unionid` (doc 92114). */
	openPlatformBound: z.boolean().default(true),
};
