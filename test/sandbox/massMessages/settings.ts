import { z } from 'zod';

/** Of tasks and their results. */
export const massMessagesSettings = {
	/** How long after its creation a task answers 41063, "still being dispatched" (doc 93338). */
	dispatchDelaySeconds: z.number().min(0).default(0),
	/** A1: how long a fresh msgid answers 41047, before any 41063 (observed once, undated). */
	unknownMsgidSeconds: z.number().min(0).default(0),
	/** A2: how long a new task is missing from `get_groupmsg_list_v2`. */
	listDelaySeconds: z.number().min(0).default(0),
	/** A3: what becomes of a media_id in the list of tasks. */
	listMediaIds: z.enum(['same', 'changed', 'dropped']).default('same'),
	/** A4: in which order tasks are listed. */
	listOrder: z.enum(['newest_first', 'oldest_first']).default('newest_first'),
	/** A74: how long after the dispatch a task has no members yet. */
	memberRowsDelaySeconds: z.number().min(0).default(0),
	/** A74: how long after the dispatch a member of a task has no results yet. */
	resultRowsDelaySeconds: z.number().min(0).default(0),
	/** A5: how many days "1 month" is (doc 93338). */
	listSpanDays: z.number().min(1).default(31),
	/** A7: every second member who acted has the older status 1 (doc 93338). */
	mixedStatus1: z.boolean().default(false),
	/** A8: `create_time` of a listed task is a numeric string (doc 93338). */
	createTimeAsString: z.boolean().default(false),
	/** A9: a named sender who has none of the given customers (doc 92135). */
	foreignCustomers: z.enum(['84061', 'fail_list']).default('84061'),
	/** A10: where a customer at the receive limit shows up (doc 92135). */
	overLimit: z.enum(['fail_list', 'status_3']).default('fail_list'),
	/** A11: what the queries answer for a cancelled task (docs 97611 and 93338). */
	cancelledTask: z.enum(['41093', 'rows']).default('41093'),
};
