import { z } from 'zod';

/** Of gettoken and of the gate. */
export const authSettings = {
	/** A14, doc 91039: `expires_in` of a repeated gettoken. */
	repeatedExpiresIn: z.enum(['remaining', 'full']).default('remaining'),
	/** A78: what gettoken says as `expires_in`, however long the token lives. */
	expiresIn: z.union([z.enum(['actual', 'absent']), z.number().int()]).default('actual'),
	/** This many wrong secrets within an hour block the IP for an hour (doc 91039, the number observed 2021). */
	wrongSecretsPerHour: z.number().int().min(1).default(2000),
	/** Calls per corp and API; above it 45009 until the window has passed (doc 90312). */
	callsPerMinute: z.number().int().min(1).default(10_000),
	callsPerHour: z.number().int().min(1).default(150_000),
};
