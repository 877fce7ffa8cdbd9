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

/** Milliseconds before each lookup of a task whose response was lost; the list may lag behind. */
const LOOK_DELAYS_MS = [1_000, 2_000, 4_000];
/** Further lookups while a possible match is still being dispatched (41063). */
const DISPATCH_LOOK_DELAYS_MS = [8_000, 8_000];

/** A requested task that got no response, and what to look for. */
export interface LostTask {
	readonly draft: MessageDraft;
	/** When the first request was sent, in milliseconds of this server's clock. */
	readonly firstAttemptAt: number;
}

/** The task that WeCom did create, and the recipients it doesn't reach. */
export interface FoundTask {
	readonly msgid: string;
	/** Unix seconds of WeCom's clock. */
	readonly createdAt: number;
	readonly unreached: readonly string[];
}

/** How a task with the same content relates to the requested one. */
export type CandidateMatch =
	| { readonly kind: 'ours'; readonly unreached: readonly string[] }
	/** `other`: someone else's. `unclear`: nobody can tell. `dispatching`: it can't be read yet. */
	| { readonly kind: 'other' | 'unclear' | 'dispatching' };

/**
 * Looks for a task whose response was lost, for several seconds.
 *
 * @param reason why the outcome is unknown, for the error
 * @returns undefined when WeCom's list shows no such task; a task that is found is claimed for the caller
 * @throws WeComUnknownOutcomeError when a task may be the one but can't be told from someone else's
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
		// If two name the same customers, either will do: only one was requested.
		const clear = looked.ours.length === 1 || lost.draft.recipients.kind === 'customers';
		// Another execution that lost the response to an equal task may have found the same one in the meantime.
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
	/** The msgids of all possible matches. */
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

/** Oldest first: of equal tasks from two processes, the oldest stays. */
function byAge(a: FoundTask, b: FoundTask): number {
	return isOlder(a, b) ? -1 : 1;
}

/** Determines how a task with the same content relates to the requested one. */
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

/** Read from WeCom only when it decides the match. */
interface MatchContext {
	/** All customers of the sender. */
	reachable(): Promise<ReadonlySet<string>>;
	/** The customers WeCom would choose now. */
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
	// WeCom's choice may differ from what we can read of it, so nothing else is certain.
	if (!('ids' in recipients)) return { kind: 'unclear' };
	if ([...reached].some((id) => !wanted.has(id))) return { kind: 'other' };
	// Customer groups that are still waiting aren't visible (doc 93338), and time alone decides nothing.
	if (recipients.kind === 'customerGroups') return { kind: 'unclear' };
	if (reached.size === 0 || sender === undefined) return { kind: 'unclear' };
	// It reaches only some of them: ours if the sender can't reach the others, otherwise possibly someone else's.
	const ofSender = await reachable();
	return missing.some((id) => ofSender.has(id))
		? { kind: 'unclear' }
		: { kind: 'ours', unreached: missing };
}

/** WeCom's code, if the failure has one. */
export function errcodeOf(error: unknown): number | undefined {
	return error instanceof WeComApiError ? error.errcode : undefined;
}

/**
 * Nobody can tell whether the task exists.
 *
 * @param reason why the outcome is unknown
 * @param candidates tasks in the list that may be the one but can't be told from someone else's
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
