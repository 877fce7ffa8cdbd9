import type { App } from '../auth/model';
import { stableId } from '../core/ids';
import type { CustomerGroup, GroupMember } from '../customerGroups/model';
import type { Customer, Member, Relation } from '../customers/model';
import type { ReceiveLimit, Task } from '../massMessages/model';
import type { Media } from '../media/model';
import type { StrategyTag, Tag, TagGroup } from '../tags/model';

/** Agent ID of the app that every corp of the sandbox has in the callable list. */
export const CALLABLE_AGENT_ID = 1000002;

type Init<T, Required extends keyof T> = Pick<T, Required> & Partial<T>;

/** One corporation: everything that its apps can see, and nothing of any other. Times are Unix seconds. */
export class Corp {
	readonly apps = new Map<number, App>();
	readonly members = new Map<string, Member>();
	readonly customers = new Map<string, Customer>();
	readonly tagGroups = new Map<string, TagGroup>();
	readonly tags = new Map<string, Tag>();
	readonly strategyTags = new Map<string, StrategyTag>();
	readonly groups = new Map<string, CustomerGroup>();
	readonly tasks = new Map<string, Task>();
	readonly media = new Map<string, Media>();
	/** Upload times of `media/uploadimg`, by the URL given out. */
	readonly images = new Map<string, number>();
	receiveLimit: ReceiveLimit = 'month_days';
	private sequence = 0;

	constructor(
		readonly corpId: string,
		readonly name: string,
	) {}

	addApp(init: Init<App, 'agentId' | 'name' | 'secret'>): App {
		const app: App = {
			kind: 'selfBuilt',
			enabled: true,
			callable: true,
			trustedIps: [],
			visibleMembers: 'all',
			...init,
		};
		this.apps.set(app.agentId, app);
		return app;
	}

	addMember(userid: string, name = userid): Member {
		const member: Member = { userid, name, customerContact: true, licensed: true, relations: [] };
		this.members.set(userid, member);
		return member;
	}

	addCustomer(init: Init<Customer, 'externalUserid' | 'name'>): Customer {
		const customer: Customer = { type: 1, gender: 0, ...init, relations: [] };
		this.customers.set(customer.externalUserid, customer);
		return customer;
	}

	/** The member adds the customer, or the other way round. */
	befriend(
		member: Member,
		customer: Customer,
		init: Init<Omit<Relation, 'member' | 'customer'>, 'createTime'>,
	): Relation {
		const relation: Relation = {
			member,
			customer,
			remark: init.remark ?? customer.name,
			description: init.description ?? '',
			remarkCompany: init.remarkCompany ?? '',
			remarkMobiles: init.remarkMobiles ?? [],
			remarkPicMediaId: init.remarkPicMediaId ?? '',
			tagIds: init.tagIds ?? [],
			personalTags: init.personalTags ?? NO_TAGS,
			addWay: init.addWay ?? 1,
			createTime: init.createTime,
			operUserid: init.operUserid ?? customer.externalUserid,
			state: init.state ?? '',
			lastInteraction: init.lastInteraction ?? init.createTime,
			deleted: false,
		};
		member.relations.push(relation);
		customer.relations.push(relation);
		return relation;
	}

	addTagGroup(
		name: string,
		tagNames: readonly string[],
		init: { createTime: number; order?: number; ownerAgentId?: number },
	): TagGroup {
		const group: TagGroup = {
			groupId: this.newId('et'),
			name,
			order: init.order ?? 0,
			createTime: init.createTime,
			ownerAgentId: init.ownerAgentId,
			deleted: false,
			tags: [],
		};
		this.tagGroups.set(group.groupId, group);
		for (const tagName of tagNames) this.addTag(group, tagName, { ...init, order: 0 });
		return group;
	}

	addTag(
		group: TagGroup,
		name: string,
		init: { createTime: number; order?: number; ownerAgentId?: number },
	): Tag {
		const tag: Tag = {
			tagId: this.newId('et'),
			groupId: group.groupId,
			name,
			order: init.order ?? 0,
			createTime: init.createTime,
			ownerAgentId: init.ownerAgentId,
			deleted: false,
		};
		group.tags.push(tag);
		this.tags.set(tag.tagId, tag);
		return tag;
	}

	/** Put its ID among a relation's `tagIds` to mark the pair with it. */
	addStrategyTag(groupName: string, name: string): StrategyTag {
		const tag: StrategyTag = { tagId: this.newId('st'), groupName, name };
		this.strategyTags.set(tag.tagId, tag);
		return tag;
	}

	addGroup(
		init: Init<Omit<CustomerGroup, 'chatId' | 'members'>, 'name' | 'owner' | 'createTime'> & {
			members?: GroupMember[];
		},
	): CustomerGroup {
		const group: CustomerGroup = {
			chatId: this.newId('wr'),
			notice: '',
			status: 0,
			members: [],
			admins: [],
			...init,
		};
		this.groups.set(group.chatId, group);
		return group;
	}

	/** The living relation of the pair. */
	relation(userid: string, externalUserid: string): Relation | undefined {
		return this.customers
			.get(externalUserid)
			?.relations.find((relation) => relation.member.userid === userid && !relation.deleted);
	}

	/** The tag, unless it has been deleted. */
	livingTag(tagId: string): Tag | undefined {
		const tag = this.tags.get(tagId);
		return tag?.deleted ? undefined : tag;
	}

	/** Counts the things of this corp: for the order of tasks and the names of IDs. */
	nextNumber(): number {
		this.sequence += 1;
		return this.sequence;
	}

	newId(prefix: 'et' | 'st' | 'wr' | 'wm' | 'wo' | 'msg'): string {
		return stableId(prefix, this.corpId, prefix, this.nextNumber());
	}
}

/** Shared by all relations without personal tags: a large world has a hundred thousand of them. */
const NO_TAGS: string[] = [];

/** What an area keeps for each corp without a place in `Corp`; a reset of the world forgets it. */
export function perCorp<State>(create: () => State): (corp: Corp) => State {
	const states = new WeakMap<Corp, State>();
	return (corp) => {
		const known = states.get(corp);
		if (known !== undefined) return known;
		const state = create();
		states.set(corp, state);
		return state;
	};
}
