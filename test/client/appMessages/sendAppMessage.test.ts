import {
	WeComApiError,
	WeComInputError,
	WeComNetworkError,
	WeComUnknownOutcomeError,
} from '../../../nodes/shared/client/core/errors';
import type {
	AppMessage,
	AppMessageRecipients,
} from '../../../nodes/shared/client/appMessages/message';
import type { RepeatPolicy } from '../../../nodes/shared/client/appMessages/sendAppMessage';
import { sendAppMessage } from '../../../nodes/shared/client/appMessages/sendAppMessage';
import type { Reply } from '../fakes';
import { ok, refusal, scripted } from '../fakes';

const lost = () => new WeComNetworkError('The connection was closed', 'ECONNRESET', 'maybe');

function to(
	members: string[],
	departments: string[] = [],
	tags: string[] = [],
): AppMessageRecipients {
	return { kind: 'named', members, departments, tags };
}

const HALF_AN_HOUR: RepeatPolicy = { duplicateCheckSeconds: 1_800 };

function setUp(replies: Reply[]) {
	const fake = scripted(replies);
	const uploads: string[] = [];
	const send = async (
		recipients: AppMessageRecipients,
		policy = HALF_AN_HOUR,
		content: AppMessage['content'] = { msgtype: 'text', content: 'Three tasks wait' },
	) =>
		await sendAppMessage(
			fake.client,
			{ recipients, content },
			1_000_002,
			async () => {
				uploads.push('file');
				return await Promise.resolve('M1');
			},
			policy,
		);
	return { ...fake, send, uploads };
}

it('joins the IDs, and asks WeCom to drop repeats', async () => {
	const { send, requests } = setUp([{ ...ok, msgid: 'AM1' }]);
	const sent = await send(to(['lin', 'wei'], ['2'], ['7', '8']));
	expect(requests[0]).toMatchObject({
		path: '/cgi-bin/message/send',
		body: {
			touser: 'lin|wei',
			toparty: '2',
			totag: '7|8',
			agentid: 1_000_002,
			msgtype: 'text',
			text: { content: 'Three tasks wait' },
			enable_duplicate_check: 1,
			duplicate_check_interval: 1_800,
		},
	});
	expect(sent).toMatchObject({ msgid: 'AM1', agentId: 1_000_002, notReached: [] });
	expect(sent.recallUntil - sent.sentAt).toBe(86_400);
});

it('sends to everybody only where everybody is said', async () => {
	const { send, requests } = setUp([{ ...ok, msgid: 'AM1' }]);
	await send({ kind: 'everybody' });
	expect(requests[0]?.body).toMatchObject({ touser: '@all' });
});

it.each([
	['nobody', to([]), 'The message has no recipients'],
	['an ID that means everybody', to(['lin', '@ALL']), '@all is not a user ID'],
	['a department that does', to(['lin'], ['@all']), '@all is not a user ID'],
	['too many members', to(Array.from({ length: 1_001 }, (_, n) => `m${n}`)), 'for 1001 members'],
	[
		'too many departments',
		to(
			[],
			Array.from({ length: 101 }, (_, n) => `${n}`),
		),
		'101 departments',
	],
	[
		'too many tags',
		to(
			[],
			[],
			Array.from({ length: 101 }, (_, n) => `${n}`),
		),
		'101 tags',
	],
])('refuses %s before any request or upload', async (_, recipients, message) => {
	const { send, requests, uploads } = setUp([]);
	const sending = send(recipients, HALF_AN_HOUR, { msgtype: 'file', media: { mediaId: 'M' } });
	await expect(sending).rejects.toThrow(WeComInputError);
	await expect(sending).rejects.toThrow(message);
	expect([requests, uploads]).toEqual([[], []]);
});

it('names who did not get it, and why, in the spelling of the caller', async () => {
	const { send } = setUp([
		{
			...ok,
			msgid: 'AM1',
			invaliduser: 'zhao|outsider',
			unlicenseduser: 'wei',
			invalidparty: '9',
			invalidtag: '4',
		},
	]);
	const { notReached } = await send(to(['lin', 'Zhao', 'Wei'], ['9'], ['4']));
	expect(notReached).toEqual([
		{ kind: 'member', id: 'Zhao', reason: 'unknown_or_out_of_range' },
		{ kind: 'member', id: 'outsider', reason: 'unknown_or_out_of_range' },
		{ kind: 'member', id: 'Wei', reason: 'no_license' },
		{ kind: 'department', id: '9', reason: 'unknown_or_out_of_range' },
		{ kind: 'tag', id: '4', reason: 'unknown_or_out_of_range' },
	]);
});

it.each<[string, object]>([
	['as an array', { invaliduser: ['zhao', 'outsider'], invalidparty: [9] }],
	['joined within an array', { invaliduser: ['zhao|outsider'], invalidparty: ['9'] }],
	['a number', { invaliduser: 'zhao|outsider', invalidparty: 9 }],
])('takes the list of who did not get it %s, too: the message is out', async (_, lists) => {
	const { send } = setUp([{ ...ok, msgid: 'AM1', ...lists }]);
	const { notReached } = await send(to(['lin', 'zhao'], ['9']));
	expect(notReached.map(({ id }) => id)).toEqual(['zhao', 'outsider', '9']);
});

it.each<[string, object]>([
	['with 81013', refusal(81013)],
	[
		'with a success that lists them all',
		{ ...ok, msgid: 'AM1', invaliduser: 'lin', unlicenseduser: 'wei' },
	],
])('fails when WeCom answers %s', async (_, reply) => {
	const { send } = setUp([reply]);
	const sending = send(to(['Lin', 'wei']));
	await expect(sending).rejects.toThrow(WeComApiError);
	await expect(sending).rejects.toThrow('None of the recipients can get the message');
});

describe('when the response is lost', () => {
	it('sends the same request again: WeCom drops what it has', async () => {
		const { send, requests } = setUp([lost(), refusal(-1), { ...ok, msgid: 'AM1' }]);
		await expect(send(to(['lin']))).resolves.toMatchObject({ msgid: 'AM1' });
		expect(requests).toHaveLength(3);
		expect(new Set(requests.map(({ body }) => JSON.stringify(body))).size).toBe(1);
	});

	it('accepts a success without msgid: WeCom does not say what it answers to a repeat', async () => {
		const { send } = setUp([lost(), ok]);
		await expect(send(to(['lin']))).resolves.toMatchObject({ msgid: undefined });
	});

	it('says after the last attempt for how long a repeat is safe', async () => {
		const { send } = setUp([lost(), lost(), lost(), lost()]);
		const error: unknown = await send(to(['lin'])).catch((problem: unknown) => problem);
		expect(error).toBeInstanceOf(WeComUnknownOutcomeError);
		expect((error as WeComUnknownOutcomeError).remedy).toContain('for 30 minutes');
	});

	it('never sends again without the check', async () => {
		const { send, requests } = setUp([lost()]);
		const error: unknown = await send(to(['lin']), { duplicateCheckSeconds: 0 }).catch(
			(problem: unknown) => problem,
		);
		expect(error).toBeInstanceOf(WeComUnknownOutcomeError);
		expect((error as WeComUnknownOutcomeError).remedy).toContain('Look in WeCom');
		expect(requests).toHaveLength(1);
		expect(requests[0]?.body).not.toHaveProperty('enable_duplicate_check');
	});

	it('sends again without the check where a message may arrive twice', async () => {
		const { send, requests } = setUp([lost(), { ...ok, msgid: 'AM1' }]);
		await send(to(['lin']), { duplicateCheckSeconds: 0, mayArriveTwice: true });
		expect(requests).toHaveLength(2);
	});

	it('does not send again once the check no longer covers the first attempt', async () => {
		const { send, requests, client } = setUp([lost(), refusal(45009)]);
		const policy = { duplicateCheckSeconds: 60 };
		const late = send(to(['lin']), { ...policy, earlierAttemptAt: client.clock.now() - 40_000 });
		await expect(late).rejects.toThrow(WeComUnknownOutcomeError);
		expect(requests).toHaveLength(0);
		// Here WeCom lets us wait until it is too late.
		await expect(send(to(['lin']), policy)).rejects.toThrow(WeComUnknownOutcomeError);
		expect(requests).toHaveLength(2);
	});
});

it('waits a minute where WeCom limits calls, also without the check', async () => {
	const { send, waits } = setUp([refusal(45009), { ...ok, msgid: 'AM1' }]);
	await send(to(['lin']), { duplicateCheckSeconds: 0 });
	expect(waits).toEqual([60_000]);
});
