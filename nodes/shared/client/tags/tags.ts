import type { WeComClient } from '../core/client';
import { tagEndpoints } from './endpoints';
import { WeComInputError, WeComResponseError } from '../core/errors';
import { WITHOUT_ID } from '../core/notices';
import { withUnknownOutcome } from '../core/unknownOutcome';
import { onlyNew } from '../core/utils';
import type {
	AddCorpTagRequest,
	CorpTag,
	CorpTagGroup,
	CorpTagGroupResponse,
	DelCorpTagRequest,
} from './types';

/** A corp tag and the group it belongs to. */
export interface TagOfGroup {
	readonly tag: CorpTag;
	readonly group: CorpTagGroup;
}

/** How many names to suggest when a name matches none. */
const SUGGESTIONS = 3;
/** The share of a name that a typo may change. More of it is another name, and no suggestion. */
const MAX_TYPO_RATIO = 0.5;

/**
 * A strategy tag's ID (doc 92117). Strategy tags aren't in the corp's library, so an unknown one can't be rejected. The
 * length is that of the tag IDs observed; it keeps names such as "standard" from passing for an ID.
 */
const STRATEGY_TAG_ID = /^st[\w-]{30}$/;

/** The corp's tag groups with their tags, in WeCom's order (doc 92117). */
export async function readTagGroups(client: WeComClient): Promise<CorpTagGroup[]> {
	const { tag_group = [] } = await client.call(tagEndpoints.tags, {});
	return tag_group.map((group) => completed(client, group));
}

/** Whatever WeCom may leave out, and every tag once. Tags without an ID are among the client's notices. */
function completed(
	client: WeComClient,
	{ group_name = '', tag = [], ...group }: CorpTagGroupResponse,
): CorpTagGroup {
	const tags: CorpTag[] = [];
	for (const { id, name = '', ...own } of tag) {
		if (id) tags.push({ ...own, id, name });
		else client.notices.add(WITHOUT_ID, 'tag');
	}
	return { ...group, group_name, tag: onlyNew(({ id }: CorpTag) => id)(tags) };
}

/**
 * Creates tags, and a group for them if it doesn't exist (doc 92117).
 *
 * @returns the group with the new tags
 * @throws WeComUnknownOutcomeError when the response was lost
 */
export async function createTags(
	client: WeComClient,
	request: AddCorpTagRequest,
): Promise<CorpTagGroup> {
	return await withUnknownOutcome(
		async () => {
			const group = completed(client, (await client.call(tagEndpoints.addTags, request)).tag_group);
			if (group.tag.length > 0) return group;
			throw new WeComResponseError(
				'WeCom answered without the new tags',
				tagEndpoints.addTags.path,
			);
		},
		'WeCom may or may not have created the tags',
		'Check Tag > List. Create them again only if they are missing there.',
	);
}

/**
 * Deletes tags or whole groups from the library (doc 92117).
 *
 * @throws WeComUnknownOutcomeError when the response was lost
 */
export async function deleteTags(client: WeComClient, request: DelCorpTagRequest): Promise<void> {
	await withUnknownOutcome(
		async () => await client.call(tagEndpoints.deleteTags, request),
		`WeCom may or may not have deleted the ${request.tag_id ? 'tag' : 'tag group'}`,
		'Check Tag > List. Delete it again only if it is still there.',
	);
}

/** A snapshot of the corp's tags, for lookup by ID or name. */
export class TagLibrary {
	private readonly byId = new Map<string, TagOfGroup>();
	/** Keyed by name alone, and by group and name. */
	private readonly byName = new Map<string, TagOfGroup[]>();
	private readonly idsByName = new Map<string, string>();

	constructor(readonly groups: readonly CorpTagGroup[]) {
		for (const entry of this.all()) {
			this.byId.set(entry.tag.id, entry);
			for (const name of new Set([entry.tag.name, qualifiedName(entry)].map(normalizeName))) {
				this.byName.set(name, [...(this.byName.get(name) ?? []), entry]);
			}
		}
	}

	static async read(client: WeComClient): Promise<TagLibrary> {
		return new TagLibrary(await readTagGroups(client));
	}

	*all(): Generator<TagOfGroup, void> {
		for (const group of this.groups) {
			for (const tag of group.tag) yield { tag, group };
		}
	}

	get(tagId: string): TagOfGroup | undefined {
		return this.byId.get(tagId);
	}

	/** Undefined for a tag that isn't the corp's, such as a strategy tag. */
	nameOf(tagId: string): string | undefined {
		return this.byId.get(tagId)?.tag.name;
	}

	/**
	 * The ID of the tag given by its ID, its name, or `Group: Name`.
	 *
	 * @throws WeComInputError when there is no such tag, or several
	 */
	idOf(nameOrId: string): string {
		if (this.byId.has(nameOrId) || STRATEGY_TAG_ID.test(nameOrId)) return nameOrId;
		const known = this.idsByName.get(nameOrId);
		if (known !== undefined) return known;
		const [found, another] = this.byName.get(normalizeName(nameOrId)) ?? [];
		if (!found) throw this.unknown(nameOrId);
		if (another) throw this.ambiguous(nameOrId);
		this.idsByName.set(nameOrId, found.tag.id);
		return found.tag.id;
	}

	private unknown(nameOrId: string): WeComInputError {
		const names = [...this.all()].map(qualifiedName);
		const message = `There is no tag "${nameOrId}"`;
		if (names.length === 0) {
			return new WeComInputError(
				message,
				'The corporation has no tags. Create one with Tag > Create.',
			);
		}
		const near = closestNames(nameOrId, names);
		const where =
			near.length > 0
				? `The nearest tags: ${near.join(', ')}.`
				: 'Choose one from the list, or read them with Tag > List.';
		return new WeComInputError(
			message,
			`${where} The node creates no tags here: use Tag > Create for a new one.`,
		);
	}

	private ambiguous(name: string): WeComInputError {
		const entries = this.byName.get(normalizeName(name)) ?? [];
		const choices = entries.map((entry) => `${qualifiedName(entry)} (${entry.tag.id})`);
		return new WeComInputError(
			`${entries.length} tags are called "${name}"`,
			`Write it as "Group: Tag" or give its ID: ${choices.join(', ')}.`,
		);
	}
}

export function qualifiedName({ tag, group }: TagOfGroup): string {
	return `${group.group_name}: ${tag.name}`;
}

/** Ignores the spaces around a colon, and the colon's width. */
function normalizeName(name: string): string {
	return name.trim().replace(/\s*[:：]\s*/g, ':');
}

/** The names that the wanted one may be a typo of, the nearest first. Each is also compared without its group. */
function closestNames(wanted: string, names: readonly string[]): string[] {
	const text = normalizeName(wanted).toLowerCase();
	const ranked = names.map((name) => {
		const whole = normalizeName(name).toLowerCase();
		const own = whole.slice(whole.indexOf(':') + 1);
		return { name, distance: Math.min(typoRatio(text, whole), typoRatio(text, own)) };
	});
	return ranked
		.filter(({ distance }) => distance <= MAX_TYPO_RATIO)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, SUGGESTIONS)
		.map(({ name }) => name);
}

/** Like `editDistanceRatio`, and 0 for a name of which only the beginning or the end was written. */
function typoRatio(text: string, name: string): number {
	const isPart = [...text].length > 1 && (name.startsWith(text) || name.endsWith(text));
	return isPart ? 0 : editDistanceRatio(text, name);
}

/** The share of a name that must change to get the other: 0 for equal names, at most 1. */
function editDistanceRatio(a: string, b: string): number {
	const from = [...a];
	const to = [...b];
	let row = to.map((_, index) => index + 1);
	from.forEach((character, i) => {
		let diagonal = i;
		let left = i + 1;
		row = row.map((above, j) => {
			const cost = diagonal + (character === to[j] ? 0 : 1);
			diagonal = above;
			left = Math.min(above + 1, left + 1, cost);
			return left;
		});
	});
	return (row.at(-1) ?? from.length) / Math.max(from.length, to.length, 1);
}
