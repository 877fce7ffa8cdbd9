import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();

async function toOne(parameters: IDataObject) {
	return await scenario.broadcast({
		sendTo: 'customers',
		externalUserIds: scenario.customersOf('lin').slice(0, 1),
		...parameters,
	});
}

it('sends text and links unchanged', async () => {
	const link = {
		type: 'link',
		title: 'Catalogue',
		url: 'https://example.com/c',
		desc: '',
		picurl: '',
	};
	await toOne({ text: '  Two\r\nlines ', attachments: { attachment: [link] } });
	expect(scenario.sandbox.log.calls(PATHS.create)[0]?.body).toMatchObject({
		text: { content: '  Two\r\nlines ' },
		attachments: [{ msgtype: 'link', link: { title: 'Catalogue', url: 'https://example.com/c' } }],
	});
});

it('accepts 4,000 bytes of Chinese', async () => {
	// 1,333 characters of three bytes and one of one.
	const { status } = await toOne({ text: `${'茶'.repeat(1333)}!` });
	expect(status).toBe('success');
});

const link = { type: 'link', title: 'T', url: 'https://example.com' };
it.each([
	[
		'4,001 bytes of Chinese',
		{ text: `${'茶'.repeat(1333)}!!` },
		"'Message' is too long: 4001 bytes",
	],
	['nothing at all', { text: ' \n ' }, 'The message is empty'],
	['invisible characters only', { text: '\u200b\ufeff \u2060' }, 'The message is empty'],
	[
		'a control character',
		{ text: '茶🌻 Tea\u0007' },
		"'Message' has a control character (U+0007) at character 7",
	],
	[
		'half an emoji',
		{ text: '={{ "Tea 🌻".slice(0, 5) }}' },
		"'Message' has half an emoji or character (U+D83C) at character 5",
	],
	[
		'a link title of invisible characters only',
		{ attachments: { attachment: [{ ...link, title: '\u200b' }] } },
		"'Link Title' in attachment 1 is empty",
	],
	[
		'a link that is no web address',
		{ attachments: { attachment: [{ ...link, url: 'javascript:alert(1)' }] } },
		'\'Link URL\' in attachment 1 must be a URL, not "javascript:alert(1)"',
	],
	[
		'a preview picture without a host',
		{ attachments: { attachment: [{ ...link, picurl: 'https:///cover.png' }] } },
		'\'Preview Picture URL\' in attachment 1 must be a URL, not "https:///cover.png"',
	],
	['an object', { text: '={{ ({ a: 1 }) }}' }, "'Message' must be text"],
	[
		'a text that resolved to nothing beside an attachment',
		{ text: '={{ $json.missing }}', attachments: { attachment: [link] } },
		"'Message' has no value",
	],
	[
		'an attachment of a type that resolved to nothing',
		{ attachments: { attachment: [{ ...link, type: '={{ $json.missing }}' }] } },
		"'Attachment Type' in attachment 1 has an unknown value",
	],
	[
		'a link title that is an object',
		{ attachments: { attachment: [{ ...link, title: '={{ ({ a: 1 }) }}' }] } },
		"'Link Title' in attachment 1 must be text",
	],
	['an expression that gives undefined', { text: '={{ $json.missing }}' }, 'The message is empty'],
	[
		'a link without title',
		{ attachments: { attachment: [{ ...link, title: ' ' }] } },
		"'Link Title' in attachment 1 is empty",
	],
	[
		'a link whose URL resolved to nothing',
		{ attachments: { attachment: [link, { ...link, url: '={{ $json.missing }}' }] } },
		"'Link URL' in attachment 2 has no value",
	],
	[
		'a title of 129 bytes',
		{ attachments: { attachment: [{ ...link, title: 'x'.repeat(129) }] } },
		"'Link Title' in attachment 1 is too long: 129 bytes",
	],
	[
		'10 attachments',
		{ attachments: { attachment: Array.from({ length: 10 }, () => link) } },
		'The message has 10 attachments',
	],
])('refuses %s before any request', async (_, parameters, message) => {
	const { error } = await toOne(parameters);
	expect(error?.message).toBe(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});
