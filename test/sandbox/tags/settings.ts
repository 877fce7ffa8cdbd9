import { z } from 'zod';

/** Of the marking of customers. */
export const tagsSettings = {
	/** A15: real milliseconds for which `mark_tag` holds a pair; a second call meanwhile gets 45035. */
	markTagMilliseconds: z.number().min(0).default(3),
};
