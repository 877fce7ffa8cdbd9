import type { CallbackDelivery } from '../callbacks/world';
import type { XmlNodes } from '../callbacks/xml';
import { welcomeToGroup } from '../groupWelcome/model';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';
import { memberVersion } from './endpoints';
import type { CustomerGroup, GroupMember } from './model';

/** How somebody came into a group: invited, directly or by link, or by QR code. */
export type Entrance = 'invitation' | 'qr_code';

/** Numbers of doc 92130, which has others than `groupchat/get` (doc 92122). */
const JOIN_SCENES = { invitation: 0, qr_code: 3 } as const;
const QUIT_SCENES = { left: 0, removed: 1 } as const;

/** The owner creates a customer group in the app. */
export function createGroup(
	world: World,
	corp: Corp,
	{ owner, name, ids = [] }: { owner: string; name: string; ids?: readonly string[] },
): CustomerGroup {
	if (!corp.members.has(owner)) throw new Error(`There is no member ${owner}`);
	const others = ids.filter((id) => id !== owner);
	const members = [owner, ...others].map((id) => newMember(world, corp, id, 'invitation', owner));
	const group = corp.addGroup({ name, owner, createTime: world.now(), members });
	emit(world, corp, 'create', group);
	return group;
}

/** Members and customers join a group. */
export function joinGroup(
	world: World,
	corp: Corp,
	chatId: string,
	{ ids, by, state }: { ids: readonly string[]; by: Entrance; state?: string },
): CallbackDelivery {
	const group = requireGroup(corp, chatId);
	const known = new Set(group.members.map((member) => member.id));
	const twice = ids.find((id) => known.has(id));
	if (twice !== undefined) throw new Error(`${twice} is in the group already`);
	const joining = ids.map((id) => newMember(world, corp, id, by, group.owner, state));
	welcomeToGroup(corp, chatId, ids, world.now());
	return changeMembers(world, corp, group, ids, { JoinScene: JOIN_SCENES[by] }, () =>
		group.members.push(...joining),
	);
}

/** Members and customers leave a group, or are removed from it. */
export function leaveGroup(
	world: World,
	corp: Corp,
	chatId: string,
	{ ids, how }: { ids: readonly string[]; how: keyof typeof QUIT_SCENES },
): CallbackDelivery {
	const group = requireGroup(corp, chatId);
	const known = new Set(group.members.map((member) => member.id));
	const stranger = ids.find((id) => !known.has(id));
	if (stranger !== undefined) throw new Error(`${stranger} is not in the group`);
	if (ids.includes(group.owner)) throw new Error('The owner cannot leave: change the owner first');
	return changeMembers(world, corp, group, ids, { QuitScene: QUIT_SCENES[how] }, () => {
		const staying = group.members.filter((member) => !ids.includes(member.id));
		group.members.splice(0, group.members.length, ...staying);
	});
}

/** The group gets another owner, name or notice: one event for each of these. */
export function changeGroup(
	world: World,
	corp: Corp,
	chatId: string,
	{ owner, name, notice }: { owner?: string; name?: string; notice?: string },
): CallbackDelivery[] {
	const group = requireGroup(corp, chatId);
	if (owner !== undefined) {
		if (!corp.members.has(owner)) throw new Error(`There is no member ${owner}`);
		if (!group.members.some((member) => member.id === owner)) {
			throw new Error(`${owner} is not in the group`);
		}
		group.owner = owner;
	}
	group.name = name ?? group.name;
	group.notice = notice ?? group.notice;
	return Object.entries({ change_owner: owner, change_name: name, change_notice: notice })
		.filter(([, value]) => value !== undefined)
		.map(([detail]) => emit(world, corp, 'update', group, otherNodes(world, detail)));
}

/** The owner dismisses the group: the calls do not know it any more (A90). */
export function dismissGroup(world: World, corp: Corp, chatId: string): CallbackDelivery {
	const group = requireGroup(corp, chatId);
	corp.groups.delete(chatId);
	return emit(world, corp, 'dismiss', group);
}

/** The nodes of members are there only when members changed (doc 92130), or always (A91). */
function otherNodes(world: World, detail: string): XmlNodes {
	const stray = world.settings.strayGroupNodes ? { JoinScene: 0, MemChangeCnt: 2 } : {};
	return { UpdateDetail: detail, ...stray };
}

function changeMembers(
	world: World,
	corp: Corp,
	group: CustomerGroup,
	ids: readonly string[],
	scene: { JoinScene: number } | { QuitScene: number },
	change: () => void,
): CallbackDelivery {
	const before = memberVersion(group);
	change();
	return emit(world, corp, 'update', group, {
		UpdateDetail: 'JoinScene' in scene ? 'add_member' : 'del_member',
		...scene,
		MemChangeCnt: ids.length,
		MemChangeList: ids,
		LastMemVer: before,
		CurMemVer: memberVersion(group),
	});
}

function emit(
	world: World,
	corp: Corp,
	changeType: string,
	{ chatId }: CustomerGroup,
	nodes: XmlNodes = {},
): CallbackDelivery {
	const event = { event: 'change_external_chat', changeType };
	return world.callbacks.emit({ ...event, nodes: { ChatId: chatId, ...nodes } }, corp);
}

function newMember(
	world: World,
	corp: Corp,
	id: string,
	by: Entrance,
	invitor: string,
	state?: string,
): GroupMember {
	const member = corp.members.get(id);
	const somebody = member ?? corp.customers.get(id);
	if (!somebody) throw new Error(`There is no member or customer ${id}`);
	return {
		id,
		type: member ? 1 : 2,
		joinTime: world.now(),
		joinScene: by === 'qr_code' ? 3 : 1,
		...(by === 'invitation' && id !== invitor ? { invitor } : {}),
		...(state ? { state } : {}),
		groupNickname: '',
		name: somebody.name,
	};
}

function requireGroup(corp: Corp, chatId: string): CustomerGroup {
	const group = corp.groups.get(chatId);
	if (!group) throw new Error(`There is no group ${chatId}`);
	return group;
}
