import { z } from 'zod';

/** Of application messages. */
export const appMessagesSettings = {
	/** A127: what `agent/list` answers to the token of a system secret, which belongs to no app. */
	agentListWithoutApp: z.enum(['empty', '48002']).default('empty'),
	/** A128, doc 90236: the msgid of a message that is held off as a duplicate. */
	duplicateMsgid: z.enum(['first', 'new']).default('first'),
	/** A129, doc 90236: what the limits of a text card's title and description count. */
	textCardLimits: z.enum(['bytes', 'characters']).default('bytes'),
	/** A130, doc 90236: the lists of who was not reached when there is nobody to name. */
	emptyNotReached: z.enum(['absent', 'empty']).default('absent'),
	/** Messages of one app to one member; what is above is dropped without an error (doc 90312). */
	appMessagesPerMinute: z.number().int().min(1).default(30),
	appMessagesPerHour: z.number().int().min(1).default(1000),
};
