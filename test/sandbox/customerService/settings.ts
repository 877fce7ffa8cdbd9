import { z } from 'zod';

/** Of customer service (微信客服). */
export const customerServiceSettings = {
	/** A100: a msgid that the account has used already: refused, or accepted and not delivered again. */
	kfRepeatedMsgid: z.enum(['refused', 'accepted']).default('refused'),
	/** A101: the code of that refusal. */
	kfRepeatedMsgidCode: z.number().int().default(40058),
	/** A102: a reply above 5 or after 48 hours: 95001 and 95002, 95026 for both, or it fails afterwards. */
	kfOverLimit: z.enum(['refused', 'refused_95026', 'fails']).default('refused'),
	/** A103: whether a click on a menu gives 5 replies and 48 hours as a written message does. */
	kfMenuClickRestores: z.boolean().default(true),
	/** A104: what an app's reply makes of a session that is new. */
	kfStateAfterReply: z.enum(['assistant', 'unchanged']).default('assistant'),
	/** A105: whether a session may go from the assistant or the pool straight to its end. */
	kfEndWithoutHuman: z.boolean().default(true),
	/** A106: calls of sync_msg without the callback's token, per account and minute. */
	kfSyncsPerMinuteWithoutToken: z.number().int().min(0).default(60),
	/** A107: most rows of a page, whatever the limit of the call says. */
	kfPageRows: z.number().int().min(1).max(1000).default(1000),
	/** A108: before each page with rows comes one without, which has more. */
	kfEmptyPages: z.boolean().default(false),
	/** A109: one callback per row, one for all rows that come while another is on its way, or none. */
	kfBell: z.enum(['each', 'collapsed', 'none']).default('each'),
};
