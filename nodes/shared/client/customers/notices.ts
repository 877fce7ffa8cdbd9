import type { Notice } from '../core/notices';
import { listed } from '../core/utils';
import { distinctMembers } from './members';

/** Subject: members. WeCom leaves out their customers while it returns those of others (doc 92994). */
export const UNLICENSED: Notice = {
	say(counts) {
		const members = distinctMembers([...counts.keys()]);
		return members.length === 1
			? `WeCom gives no customers of ${listed(members)}: 1 member has no interworking license. Buy or renew it in the WeCom admin console.`
			: `WeCom gives no customers of ${listed(members)}: ${members.length} members have no interworking license. Buy or renew them in the WeCom admin console.`;
	},
};

/** Subject: members. A tag that only they gave a customer was not seen where it excludes the customer. */
export const TAGS_UNCHECKED: Notice = {
	say(counts) {
		const members = distinctMembers([...counts.keys()]);
		const them = members.length === 1 ? 'this member' : 'these members';
		return `The tags that ${listed(members)} gave could not be checked. Whoever has an excluded tag only with ${them} was not left out.`;
	},
};

/** Subject: members. Some of their rows don't say which customer they are about. */
export const NAMELESS: Notice = {
	say(counts) {
		const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
		const members = distinctMembers([...counts.keys()].filter((userid) => userid !== ''));
		const whose = members.length === 0 ? '' : ` of ${listed(members)}`;
		return rows === 1
			? `WeCom does not say which customer 1 record${whose} is about. It was left out.`
			: `WeCom does not say which customers ${rows} records${whose} are about. They were left out.`;
	},
};

/** Subject: kinds of requests, once for each request. Tags of customers under members whom the operation did not read. */
export const READ_FOR_TAGS: Notice = {
	say(counts) {
		const requests = [...counts.values()].reduce((sum, count) => sum + count, 0);
		return `To find the customers who have an excluded tag with any of their members, the node made ${requests.toLocaleString('en-US')} more ${requests === 1 ? 'request' : 'requests'}.`;
	},
};
