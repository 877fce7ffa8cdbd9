import { z } from 'zod';

export const coreSettings = {
	/** A6: whether a last page that is exactly full carries a cursor (to an empty page). */
	lastPageCursor: z.enum(['empty', 'present']).default('empty'),
};
