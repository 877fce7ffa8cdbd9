import { endpoints } from '../../../nodes/shared/client/endpoints';
import {
	WeComApiError,
	WeComCancelledError,
	WeComHttpError,
	WeComInputError,
	WeComNetworkError,
	WeComResponseError,
	WeComUnknownOutcomeError,
} from '../../../nodes/shared/client/core/errors';
import { isOutcomeKnown } from '../../../nodes/shared/client/core/retry';
import { withUnknownOutcome } from '../../../nodes/shared/client/core/unknownOutcome';
import { noToken } from '../fakes';

const refused = (errcode: number) => new WeComApiError(errcode, 'no', endpoints.remindMembers);
const tell = async (error: Error) =>
	await withUnknownOutcome(
		async () => await Promise.reject(error),
		'It may or may not have happened',
		'Look.',
	);

it.each([
	['a broken connection', new WeComNetworkError('The connection broke', 'ECONNRESET', 'maybe')],
	['an HTTP status', new WeComHttpError(502, '/path')],
	['a page of a proxy', new WeComResponseError('Not JSON', '/path')],
	['-1', refused(-1)],
])('is unknown after %s', async (_, error) => {
	expect(isOutcomeKnown(error)).toBe(false);
	await expect(tell(error)).rejects.toMatchObject({
		name: 'WeComUnknownOutcomeError',
		message: 'It may or may not have happened',
		remedy: `${error.message}. Look.`,
	});
});

it.each<[string, Error]>([
	['a refusal', refused(40058)],
	['a limit', refused(45009)],
	['a connection that never was', new WeComNetworkError('Refused', 'ECONNREFUSED', 'never')],
	['no token', noToken(-1)],
	['a stopped execution', new WeComCancelledError()],
	['a wrong request', new WeComInputError('Wrong', 'Change it')],
	['an outcome that is called unknown already', new WeComUnknownOutcomeError('May', 'Look')],
	['a fault of our own', new TypeError('undefined is not a function')],
])('is known after %s, which goes on as it is', async (_, error) => {
	expect(isOutcomeKnown(error)).toBe(true);
	await expect(tell(error)).rejects.toBe(error);
});
