import { z } from 'zod';

export const tagsSettings = {
	/** A15: real milliseconds for which `mark_tag` holds a pair; a second call meanwhile gets 45035. */
	markTagMilliseconds: z.number().min(0).default(3),
};
