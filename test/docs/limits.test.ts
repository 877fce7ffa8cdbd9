/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the page */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as app from '../../nodes/shared/client/appMessages/limits';
import * as callbacks from '../../nodes/shared/client/callbacks/limits';
import * as settings from '../../nodes/shared/client/core/settings';
import * as customers from '../../nodes/shared/client/customers/limits';
import * as service from '../../nodes/shared/client/customerService/limits';
import * as mass from '../../nodes/shared/client/massMessages/limits';
import * as media from '../../nodes/shared/client/media/limits';
import * as tags from '../../nodes/shared/client/tags/limits';
import * as welcome from '../../nodes/shared/client/welcome/limits';
import { root } from './markdown';

const page = readFileSync(join(root, 'docs/limits.md'), 'utf8');

const MB = 1024 * 1024;
const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Section, start of the row, and the numbers that it must give, as the nodes use them. */
const rows: Array<[string, string, number[]]> = [
	['Messages to customers', 'Customers in one task', [mass.MAX_CUSTOMERS_PER_TASK]],
	['Messages to customers', 'Customer groups in one task', [mass.MAX_GROUPS_PER_TASK]],
	['Messages to customers', 'Tags in one condition', [mass.MAX_TAGS_PER_GROUP]],
	['Messages to customers', 'Text', [mass.MAX_TEXT_BYTES]],
	['Messages to customers', 'Attachments', [mass.MAX_ATTACHMENTS]],
	[
		'Messages to customers',
		'Link',
		[mass.LINK_BYTES.title, mass.LINK_BYTES.desc, mass.LINK_BYTES.url, mass.LINK_BYTES.picurl],
	],
	['Messages to customers', 'Mini program', [mass.MAX_MINIPROGRAM_TITLE_BYTES]],
	['Messages to customers', 'Reminders of one task', [mass.MAX_REMINDERS_PER_DAY]],
	['Messages to customers', 'Age of tasks', [mass.TASK_LIST_SPAN_SECONDS / (24 * 60 * 60)]],
	['Welcome messages', 'Life of a welcome code', [welcome.WELCOME_CODE_LIFETIME_MS / 1_000]],
	['Welcome messages', 'Text of a group', [welcome.MAX_TEMPLATE_TEXT_BYTES]],
	['Customers, tags', 'Remark, company', [customers.REMARK_CHARACTERS.remark]],
	['Customers, tags', 'Description', [customers.REMARK_CHARACTERS.description]],
	['Customers, tags', 'Name of a tag', [tags.TAG_NAME_CHARACTERS]],
	['Customers, tags', 'Order of a tag', [tags.MAX_TAG_ORDER]],
	['Files', 'Any file', [media.MIN_MEDIA_BYTES - 1]],
	['Files', 'Image', [media.MAX_MEDIA_BYTES.image / MB]],
	['Files', 'Voice', [media.MAX_MEDIA_BYTES.voice / MB]],
	['Files', 'File', [media.MAX_MEDIA_BYTES.file / MB]],
	['Files', 'Life of a media ID', [media.MEDIA_LIFETIME_MS / DAY_MS]],
	['Files', 'Picture URL', [media.MAX_PICTURE_URL_BYTES / MB]],
	[
		'Messages to members',
		'Members, departments',
		[app.MAX_MEMBERS_PER_MESSAGE, app.MAX_DEPARTMENTS_PER_MESSAGE, app.MAX_MEMBER_TAGS_PER_MESSAGE],
	],
	['Messages to members', 'Text, markdown', [app.MAX_APP_TEXT_BYTES]],
	['Messages to members', 'Text card: title', Object.values(app.TEXT_CARD_BYTES)],
	['Messages to members', 'Text card: button', [app.MAX_BUTTON_CHARACTERS]],
	['Messages to members', 'News', [app.MAX_ARTICLES]],
	['Messages to members', 'To one member', [app.MAX_MESSAGES_PER_MINUTE]],
	[
		'Messages to members',
		'Repeats that WeCom drops',
		[app.DUPLICATE_CHECK_SECONDS / 60, app.MAX_DUPLICATE_CHECK_SECONDS / 3_600],
	],
	['Messages to members', 'Recall', [app.RECALL_SECONDS / 3_600]],
	[
		'Customer service',
		'Messages after each',
		[service.REPLIES_PER_CUSTOMER_MESSAGE, service.REPLY_WINDOW_MS / HOUR_MS],
	],
	['Customer service', 'Text', [service.MAX_TEXT_BYTES]],
	['Customer service', 'Link: title', Object.values(service.LINK_BYTES)],
	['Customer service', 'Mini program', [service.MAX_MINIPROGRAM_TITLE_BYTES]],
	['Customer service', 'Menu', [service.MAX_MENU_ENTRIES, service.MENU_BYTES.head]],
	['Customer service', 'Codes of an entry', [service.EVENT_CODE_LIFETIME_MS / 1_000]],
	['Customer service', 'Name of an account', [service.MAX_ACCOUNT_NAME]],
	['Customer service', 'Scene', [service.MAX_SCENE, service.MAX_SCENE_PARAM_BYTES]],
	['Customer service', 'Servicers per call', Object.values(service.SERVICERS_PER_CALL)],
	['Customer service', 'Customers per call', [service.CUSTOMERS_PER_CALL]],
	['Customer service', 'Statistics', Object.values(service.STATISTIC_DAYS)],
	['Callbacks', 'Token', [callbacks.MAX_TOKEN_CHARACTERS, callbacks.AES_KEY_CHARACTERS]],
	['Callbacks', 'A message that', [callbacks.MAX_BODY_BYTES / MB]],
	['Callbacks', 'Repeated messages', [callbacks.SEEN_FOR_MS / 60_000, callbacks.MAX_SEEN_MESSAGES]],
	['Calls', 'an execution makes', [settings.MAX_CONCURRENT_REQUESTS]],
	[
		'Calls',
		'A request may take',
		[settings.REQUEST_TIMEOUT_MS / 1_000, settings.UPLOAD_TIMEOUT_MS / 1_000],
	],
];

it.each(rows)('%s: %s … %j', (section, start, numbers) => {
	const [, text = ''] = page.split(`\n## ${section}\n`);
	const [inSection = ''] = text.split('\n## ');
	const line = inSection
		.split('\n')
		.find(
			(each) => each.startsWith(`| ${start}`) || (!each.startsWith('|') && each.includes(start)),
		);
	const given = [...(line ?? '').matchAll(/\d[\d,]*\b/g)].map(([number]) => number);
	expect(given).toEqual(
		expect.arrayContaining(numbers.map((number) => number.toLocaleString('en-US'))),
	);
});
