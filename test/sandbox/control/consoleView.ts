import { deliveryView } from '../callbacks/control';
import type { CustomerGroup } from '../customerGroups/model';
import { chosenTemplatesOf, templatesOf } from '../groupWelcome/model';
import type { TagGroup } from '../tags/model';
import { consoleWelcomesOf } from '../welcome/world';
import type { Corp } from '../world/corp';
import type { World } from '../world/world';

/** How many of each the page shows at most; a large world has far more. */
const SHOWN_DELIVERIES = 30;
const SHOWN_GROUPS = 50;
const SHOWN_TAG_GROUPS = 30;
const SHOWN_MEMBERS = 100;

/** What the page shows of the admin console and of the customer groups. */
export function consoleView(world: World, corpId?: string): object {
	const corp = world.corps.get(corpId ?? '') ?? world.corp;
	const deliveries = world.callbacks.deliveries(corp);
	const welcomes = consoleWelcomesOf(corp);
	return {
		corpId: corp.corpId,
		callback: world.callbacks.target(corp) ?? null,
		deliveryCount: deliveries.length,
		deliveries: deliveries.slice(-SHOWN_DELIVERIES).reverse().map(deliveryView),
		members: [...corp.members.values()]
			.slice(0, SHOWN_MEMBERS)
			.map(({ userid, name }) => ({ userid, name, welcome: welcomes.get(userid) ?? '' })),
		groupCount: corp.groups.size,
		groups: [...corp.groups.values()]
			.reverse()
			.slice(0, SHOWN_GROUPS)
			.map((group) => groupCard(corp, group)),
		templates: [...templatesOf(corp).values()].map(({ templateId, content }) => ({
			templateId,
			text: content.text ?? content.attachment?.msgtype ?? '',
		})),
		tagGroups: [...corp.tagGroups.values()]
			.filter((group) => !group.deleted)
			.sort((a, b) => b.order - a.order)
			.slice(0, SHOWN_TAG_GROUPS)
			.map(tagGroupCard),
	};
}

function groupCard(corp: Corp, { chatId, name, owner, notice, members }: CustomerGroup): object {
	return {
		chatId,
		name,
		owner,
		notice,
		template: chosenTemplatesOf(corp).get(chatId) ?? '',
		members: members.map(({ id, type, name: who }) => ({ id, type, name: who })),
	};
}

function tagGroupCard({ groupId, name, tags }: TagGroup): object {
	return {
		groupId,
		name,
		tags: tags
			.filter((tag) => !tag.deleted)
			.sort((a, b) => b.order - a.order)
			.map(({ tagId, name: tagName }) => ({ tagId, name: tagName })),
	};
}
