import { asError, WeComApiError, WeComUnknownOutcomeError } from './errors';
import { isOutcomeKnown } from './retry';

/**
 * Runs a non-idempotent action. If its outcome is unknown, the error says so.
 *
 * @param problem what may or may not have happened
 * @param advice what the user can do about it
 * @throws WeComUnknownOutcomeError
 */
export async function withUnknownOutcome<T>(
	act: () => Promise<T>,
	problem: string,
	advice: string,
): Promise<T> {
	try {
		return await act();
	} catch (error) {
		throw isOutcomeKnown(error) ? asError(error) : unknownOutcome(error, problem, advice);
	}
}

function unknownOutcome(error: unknown, problem: string, advice: string): WeComUnknownOutcomeError {
	const errcode = error instanceof WeComApiError ? error.errcode : undefined;
	return new WeComUnknownOutcomeError(problem, `${asError(error).message}. ${advice}`, errcode);
}
