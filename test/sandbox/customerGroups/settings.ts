import { z } from 'zod';

/** Of customer groups. */
export const customerGroupsSettings = {
	/** A91: a new name, notice or owner comes with nodes that belong to members (observed 2023). */
	strayGroupNodes: z.boolean().default(false),
};
