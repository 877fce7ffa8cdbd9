import { z } from 'zod';

/** Of welcome messages. */
export const welcomeSettings = {
	/** A85, doc 92137: the answer for a code that has been used. */
	usedWelcomeCode: z.enum(['41050', '41051']).default('41050'),
	/** A86: for so many seconds after the code another app is sending its own welcome (41096, doc 92137). */
	rivalWelcomeSeconds: z.number().min(0).default(0),
	/** A86: what came of it. */
	rivalWelcome: z.enum(['delivered', 'failed']).default('delivered'),
};
