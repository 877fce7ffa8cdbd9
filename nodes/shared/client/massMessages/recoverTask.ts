import { memberKey } from '../customers/members';
import type { WeComClient } from '../core/client';
import { WeComApiError, WeComUnknownOutcomeError } from '../core/errors';
import { lazily } from '../core/utils';
import { chosenCustomers } from './chosenCustomers';
import type { MessageDraft } from './draft';
import { processTasks } from './processTasks';
import { isOlder } from './recipientCheck';
import { CLOCK_MARGIN_SECONDS } from './records';
import type { SameContentTask } from './sameContent';
import { findSameContent } from './sameContent';

/** Milliseconds before each look for a task whose response was lost; the list may lag behind. */
const LOOK_DELAYS_MS = [1_000, 2_000, 4_000];
/** Further looks while a task that may be it is still being handed out (41063). */
const DISPATCH_LOOK_DELAYS_MS = [8_000, 8_000];

/** A task that was asked for without a response, and what is looked for. */
export interface LostTask {
	readonly draft: MessageDraft;
	/** Milliseconds of this server's clock at the first request. */
	readonly firstAttemptAt: number;
}

/** The task that WeCom did create, and the recipients it does not reach. */
export interface FoundTask {
	readonly msgid: string;
	/** Unix seconds of WeCom's clock. */
	readonly createdAt: number;
	readonly unreached: readonly string[];
}

/** What a task with the same content is to the one that was asked for. */
export type CandidateMatch =
	| { readonly kind: 'ours'; readonly unreached: readonly string[] }
	/** `other`: somebody else's. `unclear`: nobody can tell. `dispatching`: it cannot be read yet. */
	| { readonly kind: 'other' | 'unclear' | 'dispatching' };

/**
 * Looks for a task whose response was lost, some seconds long.
 *
 * @param reason why the outcome is unknown, for the error
 * @returns undefined when WeCom's list shows no such task; what is found is claimed for the caller
 * @throws WeComUnknownOutcomeError when there is one that may be it but cannot be told from another's
 */
export async function findLostTask(
	client: WeComClient,
	lost: LostTask,
	reason: string,
): Promise<FoundTask | undefined> {
	const delays = [...LOOK_DELAYS_MS];
	const match = candidateMatcher(client, lost);
	let unclear: string[] = [];
	for (let look = 0; look < delays.length; look++) {
		await client.clock.sleep(delays[look] ?? 0);
		const looked = await lookOnce(client, lost, match).catch((error: unknown) => {
			throw unknownOutcome(reason, unclear, errcodeOf(error));
		});
		// Of two that name the same customers either will do: only one was asked for.
		const clear = looked.ours.length === 1 || lost.draft.recipients.kind === 'customers';
		// Another execution that lost the response to an equal task may have found the same one meanwhile.
		const found = clear && looked.ours.sort(byAge).find(({ msgid }) => processTasks.claim(msgid));
		if (found) return found;
		unclear = looked.unclear;
		if (looked.dispatching && look === LOOK_DELAYS_MS.length - 1) {
			delays.push(...DISPATCH_LOOK_DELAYS_MS);
		}
	}
	if (unclear.length > 0) throw unknownOutcome(reason, unclear);
	return undefined;
}

interface Look {
	readonly ours: FoundTask[];
	/** The msgids of all that may be the one. */
	readonly unclear: string[];
	readonly dispatching: boolean;
}

async function lookOnce(
	client: WeComClient,
	{ draft, firstAttemptAt }: LostTask,
	match: (candidate: SameContentTask) => Promise<CandidateMatch>,
): Promise<Look> {
	const candidates = await findSameContent(
		client,
		draft,
		() => client.serverTime(firstAttemptAt) - CLOCK_MARGIN_SECONDS,
		(msgid) => processTasks.isClaimed(msgid),
	);
	const ours: FoundTask[] = [];
	const unclear: string[] = [];
	let dispatching = false;
	for (const candidate of candidates) {
		const { msgid, createdAt } = candidate;
		const found = await match(candidate);
		if (found.kind === 'ours') ours.push({ msgid, createdAt, unreached: found.unreached });
		if (found.kind !== 'other') unclear.push(msgid);
		dispatching ||= found.kind === 'dispatching';
	}
	return { ours, unclear, dispatching };
}

/** The oldest first: of equal tasks of two processes that is the one that stays. */
function byAge(a: FoundTask, b: FoundTask): number {
	return isOlder(a, b) ? -1 : 1;
}

/** Tells what a task with the same content is to the one that was asked for. */
function candidateMatcher(
	client: WeComClient,
	{ draft }: LostTask,
): (candidate: SameContentTask) => Promise<CandidateMatch> {
	const { sender } = draft;
	const ofSender = { sender, recipients: { kind: 'allOfSender' } } as const;
	const reachable = lazily(async () => await chosenCustomers(client, ofSender));
	const chosen = lazily(async () => await chosenCustomers(client, draft));
	return async (candidate) => await matchCandidate(candidate, draft, { reachable, chosen });
}

/** What is read of WeCom only where it decides. */
interface MatchContext {
	/** All customers of the sender. */
	reachable(): Promise<ReadonlySet<string>>;
	/** The customers whom WeCom would choose now. */
	chosen(): Promise<ReadonlySet<string>>;
}

async function matchCandidate(
	{ parts }: SameContentTask,
	{ recipients, sender }: MessageDraft,
	{ reachable, chosen }: MatchContext,
): Promise<CandidateMatch> {
	if (!parts) return { kind: 'dispatching' };
	const isSender = (key: string) => sender === undefined || key === memberKey(sender);
	if (![...parts.keys()].every(isSender)) return { kind: 'other' };
	const reached = new Set([...parts.values()].flatMap((ids) => [...ids]));
	const wanted = 'ids' in recipients ? new Set(recipients.ids) : await chosen();
	const missing = [...wanted].filter((id) => !reached.has(id));
	const isEqual = missing.length === 0 && wanted.size === reached.size;
	if (isEqual) return { kind: 'ours', unreached: [] };
	// WeCom's choice may differ from what can be read of it, so nothing else is certain.
	if (!('ids' in recipients)) return { kind: 'unclear' };
	if ([...reached].some((id) => !wanted.has(id))) return { kind: 'other' };
	// Customer groups that still wait are not to be seen (doc 93338), and time alone decides nothing.
	if (recipients.kind === 'customerGroups') return { kind: 'unclear' };
	if (reached.size === 0 || sender === undefined) return { kind: 'unclear' };
	// It reaches only some: ours if the others cannot be reached by this member, else perhaps another's.
	const ofSender = await reachable();
	return missing.some((id) => ofSender.has(id))
		? { kind: 'unclear' }
		: { kind: 'ours', unreached: missing };
}

/** WeCom's code, where a failure has one. */
export function errcodeOf(error: unknown): number | undefined {
	return error instanceof WeComApiError ? error.errcode : undefined;
}

/**
 * Nobody can say whether the task exists.
 *
 * @param reason why the outcome is not known
 * @param candidates tasks of the list that may be the one, but cannot be told apart from somebody else's
 */
export function unknownOutcome(
	reason: string,
	candidates: readonly string[] = [],
	errcode?: number,
): WeComUnknownOutcomeError {
	const seen =
		candidates.length === 0
			? "The task was not found in WeCom's list."
			: `WeCom's list shows ${candidates.join(', ')}, which may be it.`;
	return new WeComUnknownOutcomeError(
		'WeCom may or may not have created the task',
		`${reason}. ${seen} Check Message > List before you send it again, or a customer may get the message twice.`,
		errcode,
	);
}
