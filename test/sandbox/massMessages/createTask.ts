import { z } from 'zod';

import { ApiError } from '../core/apiError';
import type { Call } from '../core/endpoint';
import { endpoint } from '../core/endpoint';
import { requireMember } from '../customers/lookups';
import type { Member } from '../customers/model';
import { contentFields, readContent } from './content';
import type { Recipients, TagFilter } from './recipients';
import {
	allCustomersOf,
	namedCustomerGroups,
	namedCustomers,
	taggedCustomers,
	withoutOverLimit,
} from './recipients';
import { addTask } from './world';

/** Limits of doc 92135. Longer lists answer 40058, "length, range" (A28). */
const MAX_CUSTOMERS = 10_000;
const MAX_CUSTOMER_GROUPS = 2000;
const MAX_TAGS_PER_GROUP = 100;

const request = z.object({
	chat_type: z.enum(['single', 'group']).nullish(),
	external_userid: z.array(z.string()).max(MAX_CUSTOMERS).nullish(),
	chat_id_list: z.array(z.string()).max(MAX_CUSTOMER_GROUPS).nullish(),
	tag_filter: z
		.object({
			group_list: z
				.array(z.object({ tag_list: z.array(z.string()).max(MAX_TAGS_PER_GROUP).nullish() }))
				.nullish(),
		})
		.nullish(),
	sender: z.string().nullish(),
	allow_select: z.boolean().nullish(),
	...contentFields,
});

type Request = z.output<typeof request>;

/** Creates a task, which the members must still confirm (doc 92135 of 2025-11-17). */
export const addMsgTemplate = endpoint({
	path: '/cgi-bin/externalcontact/add_msg_template',
	method: 'POST',
	doc: 92135,
	emptyFields: { fail_list: [] },
	request,
	handle(call, body) {
		const { world, corp, app, now } = call;
		const content = readContent(corp, body, now);
		const chatType = body.chat_type ?? 'single';
		const sender = body.sender ? requireSender(call, body.sender) : undefined;
		const wanted =
			chatType === 'group'
				? customerGroupRecipients(call, body, sender)
				: customerRecipients(call, body, sender);
		const ownerChooses = chatType === 'group' && !body.chat_id_list?.length;
		// Customers at the receive limit fail now, or only when the member confirms (A10).
		const { bySender, failed } =
			world.settings.overLimit === 'fail_list' ? withoutOverLimit(corp, wanted, now) : wanted;
		// Its fail_list is empty, as in every refusal (A54).
		if (bySender.size === 0) throw new ApiError(41048);
		const task = addTask(
			corp,
			{
				agentId: app.agentId,
				createType: 0,
				chatType,
				...content,
				allowSelect: chatType === 'single' && body.allow_select === true,
				ownerChooses,
				recipients: bySender,
			},
			now,
		);
		return { fail_list: failed, msgid: task.msgid };
	},
});

/** A47: a sender without customer contact answers 84074, "no external-contact permission". */
function requireSender(call: Call, userid: string): Member {
	const member = requireMember(call, userid);
	if (!member.customerContact) throw new ApiError(84074);
	return member;
}

/** A sender is required (40063: A55). Without chat IDs the sender picks the customer groups on the phone (doc 92135). */
function customerGroupRecipients({ corp }: Call, body: Request, sender?: Member): Recipients {
	if (!sender) throw new ApiError(40063);
	const chatIds = body.chat_id_list ?? [];
	if (chatIds.length === 0) return { bySender: new Map([[sender.userid, []]]), failed: [] };
	return namedCustomerGroups(corp, chatIds, sender);
}

/**
 * The legal combinations (doc 92135). An empty list counts as "not given" (A29). Of the readings that
 * the document allows, this is the dangerous one: `external_userid: []` with a sender then means all
 * customers of that member.
 */
function customerRecipients(call: Call, body: Request, sender?: Member): Recipients {
	const { world, corp, app } = call;
	const named = body.external_userid ?? [];
	if (named.length > 0) {
		const recipients = namedCustomers(corp, app, named, sender);
		// None of them is a customer of the named sender (observed 2020, A9).
		const foreign = sender !== undefined && recipients.bySender.size === 0;
		if (foreign && world.settings.foreignCustomers === '84061') throw new ApiError(84061);
		return recipients;
	}
	const filter = tagFilter(call, body);
	if (filter.length > 0) return taggedCustomers(corp, app, filter, sender);
	if (sender) return allCustomersOf(app, sender);
	// "The three must not all be empty", without a code (A55).
	throw new ApiError(40063);
}

function tagFilter({ corp }: Call, body: Request): TagFilter {
	const groups = (body.tag_filter?.group_list ?? [])
		.map((group) => group.tag_list ?? [])
		.filter((tagIds) => tagIds.length > 0);
	// Strategy tags are allowed here (doc 92135), and match as the corp's own do (A71).
	const isKnown = (tagId: string) => corp.livingTag(tagId) ?? corp.strategyTags.has(tagId);
	if (!groups.flat().every(isKnown)) throw new ApiError(40068);
	return groups;
}
