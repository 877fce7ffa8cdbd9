import { z } from 'zod';

/**
 * Every behaviour that WeCom leaves open or that differs between tenants, and that a client must
 * survive either way. The letter-number marks are the entries of README.md.
 */
export const settingsSchema = z
	.object({
		/** doc 93338: for so long after its creation a task answers 41063 (still being dispatched). */
		dispatchDelaySeconds: z.number().min(0).default(0),
		/** A1, doc 93338 observed once: for so long a fresh msgid answers 41047, before any 41063. */
		unknownMsgidSeconds: z.number().min(0).default(0),
		/** A2: for so long a new task is missing from get_groupmsg_list_v2. */
		listDelaySeconds: z.number().min(0).default(0),
		/** A3: what becomes of a media_id in the list of tasks. */
		listMediaIds: z.enum(['same', 'changed', 'dropped']).default('same'),
		/** A4 */
		listOrder: z.enum(['newest_first', 'oldest_first']).default('newest_first'),
		/** A5, doc 93338: how many days "1 month" is. */
		listSpanDays: z.number().min(1).default(31),
		/** A6: whether a last page that is exactly full carries a cursor (to an empty page). */
		lastPageCursor: z.enum(['empty', 'present']).default('empty'),
		/** A7, doc 93338: every second member that acted is reported with the older status 1. */
		mixedStatus1: z.boolean().default(false),
		/** A8, doc 93338: create_time of a listed task as a numeric string. */
		createTimeAsString: z.boolean().default(false),
		/** A9, doc 92135: a named sender to whom none of the given customers belongs. */
		foreignCustomers: z.enum(['84061', 'fail_list']).default('84061'),
		/** A10, doc 92135: where a customer at the receive limit shows up. */
		overLimit: z.enum(['fail_list', 'status_3']).default('fail_list'),
		/** A11, doc 97611: what the queries answer for a cancelled task. */
		cancelledTask: z.enum(['41093', 'rows']).default('41093'),
		/** A12, doc 92994: batch/get_by_user when none of the members has a customer. */
		batchWithoutCustomers: z.enum(['empty', '84061']).default('empty'),
		/** A13, doc 92994: the doc says 100; a tenant that accepts fewer answers 40058 above. */
		batchMemberLimit: z.number().int().min(1).max(100).default(100),
		/** A14, doc 91039: expires_in of a repeated gettoken. */
		repeatedExpiresIn: z.enum(['remaining', 'full']).default('remaining'),
		/** doc 91039, number observed 2021: so many wrong secrets within an hour block the IP for an hour. */
		wrongSecretsPerHour: z.number().int().min(1).default(2000),
		/** doc 90312: calls per corp and API; above it 45009 until the window has passed. */
		callsPerMinute: z.number().int().min(1).default(10_000),
		callsPerHour: z.number().int().min(1).default(150_000),
		/** A15: real milliseconds for which mark_tag holds a pair; a second call meanwhile gets 45035. */
		markTagMilliseconds: z.number().min(0).default(3),
	})
	.strict();

export type Settings = z.output<typeof settingsSchema>;
