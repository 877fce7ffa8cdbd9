import { z } from 'zod';

/** Of the delivery of callbacks. Milliseconds are real ones: the network knows no other time. */
export const callbacksSettings = {
	/** How long the receiver of an event may take to answer (doc 90930). */
	callbackAnswerMilliseconds: z.number().min(1).default(5000),
	/** How long the verification of the URL may take (doc 90930). */
	callbackVerifyMilliseconds: z.number().min(1).default(1000),
	/** A79, doc 90930: how often a failed delivery is repeated after the first attempt. */
	callbackRetries: z.number().int().min(0).default(3),
	/** A80: the pause between a failed attempt and the next. */
	callbackRetryPauseMilliseconds: z.number().min(0).default(0),
	/** A81: whether a repeat is the same request, or the same message signed and encrypted anew. */
	callbackRepeats: z.enum(['same_request', 'encrypted_anew']).default('same_request'),
	/** A82: whether an event waits until the one before it has been delivered or given up. */
	callbackOrder: z.enum(['side_by_side', 'one_by_one']).default('side_by_side'),
	/** A83, doc 90968: how the encrypted message is wrapped. */
	callbackEnvelope: z.enum(['xml', 'json']).default('xml'),
};
