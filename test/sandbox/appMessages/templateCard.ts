import { z } from 'zod';

import { requiredString } from '../core/fields';

/** Limits of doc 90236. */
const MAX_TASK_ID_BYTES = 128;
const MAX_ROWS = 6;
const MAX_BUTTONS = 6;
const MAX_JUMPS = 3;
const MAX_SELECTORS = 3;

/** The cards on which members press something; only these have a response code. */
export const INTERACTIVE_CARDS: readonly string[] = [
	'button_interaction',
	'vote_interaction',
	'multiple_interaction',
];

const text = z.string().nullish();
const title = z.object({ title: text, desc: text });

/** Unique per app; the characters are those that the page lists. */
const taskId = requiredString(40058)
	.max(MAX_TASK_ID_BYTES)
	.regex(/^[\w\-@]+$/);

/** A link needs its URL when its type is 1 (doc 90236). */
const link = z
	.object({ type: z.number().int().nullish(), url: text })
	.passthrough()
	.refine(({ type, url }) => type !== 1 || Boolean(url));

const common = {
	main_title: title.nullish(),
	sub_title_text: text,
	horizontal_content_list: z.array(link).max(MAX_ROWS).nullish(),
	jump_list: z.array(link).max(MAX_JUMPS).nullish(),
	card_action: link.nullish(),
};

const cards = [
	z.object({ ...common, card_type: z.literal('text_notice'), card_action: link }).passthrough(),
	z
		.object({
			...common,
			card_type: z.literal('news_notice'),
			main_title: title,
			card_action: link,
		})
		.passthrough(),
	z
		.object({
			...common,
			card_type: z.literal('button_interaction'),
			main_title: title,
			task_id: taskId,
			button_list: z
				.array(link.and(z.object({ text: requiredString(40058), key: text }).passthrough()))
				.min(1)
				.max(MAX_BUTTONS),
		})
		.passthrough(),
	z
		.object({
			...common,
			card_type: z.literal('vote_interaction'),
			main_title: title,
			task_id: taskId,
			checkbox: z.object({ question_key: requiredString(40058) }).passthrough(),
			submit_button: z.object({ text: requiredString(40058) }).passthrough(),
		})
		.passthrough(),
	z
		.object({
			...common,
			card_type: z.literal('multiple_interaction'),
			main_title: title,
			task_id: taskId,
			select_list: z.array(z.object({}).passthrough()).min(1).max(MAX_SELECTORS),
			submit_button: z.object({ text: requiredString(40058) }).passthrough(),
		})
		.passthrough(),
] as const;

/** A template card: a title or a second text must be there (doc 90236). What is wrong with one is 40058 (A140). */
export const templateCard = z
	.union(cards)
	.refine((card) => Boolean(card.main_title?.title ?? card.sub_title_text));
