import type { WeComClient } from '../core/client';
import { mapConcurrently } from '../core/concurrency';
import { asError, WeComApiError } from '../core/errors';
import { MAX_CONCURRENT_REQUESTS } from '../core/settings';
import { getCustomerGroup } from './customerGroups';

/** `member_list[].type` of people from outside the corporation (doc 92122). */
const EXTERNAL = 2;

/** Who is in customer groups, from outside the corporation. Each group is read once. */
export class GroupCustomers {
	private readonly groups = new Map<string, Promise<ReadonlySet<string>>>();

	constructor(private readonly client: WeComClient) {}

	/** Reads groups side by side, one call each. */
	async read(chatIds: readonly string[]): Promise<void> {
		await mapConcurrently(chatIds, MAX_CONCURRENT_REQUESTS, async (id) => await this.group(id));
	}

	/**
	 * External user IDs of everybody who is in one of the groups.
	 *
	 * @throws WeComApiError naming the group that WeCom does not know
	 */
	async inAnyOf(chatIds: readonly string[]): Promise<ReadonlySet<string>> {
		await this.read(chatIds);
		const groups = await Promise.all(chatIds.map(async (id) => await this.group(id)));
		return new Set(groups.flatMap((ids) => [...ids]));
	}

	private async group(chatId: string): Promise<ReadonlySet<string>> {
		const known = this.groups.get(chatId) ?? this.readOne(chatId);
		this.groups.set(chatId, known);
		return await known;
	}

	private async readOne(chatId: string): Promise<ReadonlySet<string>> {
		try {
			const { member_list = [] } = await getCustomerGroup(this.client, chatId, {
				memberNames: false,
			});
			return new Set(member_list.flatMap(({ type, userid }) => (type === EXTERNAL ? userid : [])));
		} catch (error) {
			throw error instanceof WeComApiError ? error.about(chatId) : asError(error);
		}
	}
}
