import type { IDataObject } from 'n8n-workflow';

import { useCustomerService } from '../../../harness/customerService';
import { PATHS } from '../../../harness/requests';
import { byId, continueOnFail } from '../../../harness/scenario';
import { CALLABLE_AGENT_ID } from '../../../sandbox/world/corp';

const scenario = useCustomerService({ startAt: new Date('2026-03-01T00:00:00Z') });

it('answers the message of each item, and says how much may still be said', async () => {
	const input = [scenario.heard('One', 0), scenario.heard('Two', 1)];
	const { items } = await scenario.reply(
		{ text: '=You wrote {{ $json.text.content }}' },
		{ input },
	);
	expect(items).toEqual(
		[0, 1].map((position) => ({
			json: {
				...scenario.pair(position),
				msgtype: 'text',
				state: 'sent',
				reason: null,
				explanation: null,
				msgids: [expect.stringMatching(/^[\w-]{32}$/) as string],
				message_count: 1,
				sent_count: 1,
				unsent_text: null,
				replies_left: 4,
				window_end_time: 1_772_496_000,
				window_ends_at: '2026-03-03T08:00:00.000+08:00',
			},
			pairedItem: { item: position },
		})),
	);
	expect([scenario.texts(0), scenario.texts(1)]).toEqual([['You wrote One'], ['You wrote Two']]);
	const ids = scenario.sandbox.log
		.calls(PATHS.reply)
		.map(({ body }) => (body as IDataObject).msgid);
	expect(ids).toEqual(items.map(({ json }) => (json.msgids as string[])[0]));
});

it('writes to the customer that the builder names, where the item is no message', async () => {
	scenario.heard();
	const { items } = await scenario.reply(
		{
			account: byId('={{ $json.answer.account }}'),
			customer: '={{ $json.answer.customer }}',
		},
		{ input: [{ answer: { account: scenario.account, customer: scenario.customer() } }] },
	);
	expect(items[0]?.json).toMatchObject({ state: 'sent', replies_left: null, window_ends_at: null });
	expect(scenario.texts()).toEqual(['Hi']);
});

describe('every type of message', () => {
	const FILES: Array<[string, IDataObject, string]> = [
		['tea.png', { messageType: 'image' }, 'image'],
		['film.mp4', { messageType: 'video' }, 'video'],
		['prices.pdf', { messageType: 'file' }, 'file'],
	];

	it.each(FILES)('%s', async (name, parameters, type) => {
		const input = [await scenario.itemWithFile(name, { json: scenario.heard() })];
		const { items, error } = await scenario.reply(parameters, { input });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ state: 'sent', msgtype: type });
		const [entry] = scenario.received();
		expect(entry?.msgtype).toBe(type);
		expect(scenario.sandbox.world.corp.media.get(String(entry?.content.media_id))).toMatchObject({
			type,
			fileName: name,
		});
	});

	it('voice, as AMR only', async () => {
		const voice = Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(50)]);
		const data = await scenario.file('hello.amr', voice, 'audio/amr');
		const item = { json: scenario.heard(), binary: { data } };
		const { items } = await scenario.reply({ messageType: 'voice' }, { input: [item] });
		expect(items[0]?.json).toMatchObject({ state: 'sent', msgtype: 'voice' });
		const wrong = await scenario.itemWithFile('tea.png', { json: scenario.heard() });
		const { error } = await scenario.reply({ messageType: 'voice' }, { input: [wrong] });
		expect(error?.message).toContain('AMR');
		expect(scenario.received()).toHaveLength(1);
	});

	it('a media ID', async () => {
		const item = await scenario.itemWithFile('tea.png', { json: scenario.heard() });
		await scenario.reply({ messageType: 'image' }, { input: [item] });
		const mediaId = String(scenario.received()[0]?.content.media_id);
		const { items } = await scenario.reply(
			{ messageType: 'image', source: 'mediaId', mediaId },
			{ input: [scenario.heard()] },
		);
		expect(items[0]?.json.state).toBe('sent');
		expect(scenario.sandbox.log.count(PATHS.upload)).toBe(1);
	});

	it('a link and a mini program, each with its picture', async () => {
		const file = async () => await scenario.itemWithFile('tea.png', { json: scenario.heard() });
		await scenario.reply(
			{
				messageType: 'link',
				linkTitle: 'Guide',
				linkUrl: 'https://example.com/guide',
				linkDescription: 'How to brew',
			},
			{ input: [await file()] },
		);
		await scenario.reply(
			{ messageType: 'miniprogram', appid: 'wx0123456789abcdef', page: 'pages/index.html?a=1' },
			{ input: [await file()] },
		);
		expect(scenario.received().map(({ msgtype, content }) => ({ msgtype, content }))).toEqual([
			{
				msgtype: 'link',
				content: {
					title: 'Guide',
					desc: 'How to brew',
					url: 'https://example.com/guide',
					thumb_media_id: expect.any(String) as string,
				},
			},
			{
				msgtype: 'miniprogram',
				content: {
					appid: 'wx0123456789abcdef',
					pagepath: 'pages/index.html?a=1',
					thumb_media_id: expect.any(String) as string,
				},
			},
		]);
	});

	it('a place, and an acquisition link', async () => {
		await scenario.reply(
			{
				messageType: 'location',
				latitude: 23.1,
				longitude: '={{ "113.3" }}',
				placeName: 'Tea shop',
				placeAddress: '',
			},
			{ input: [scenario.heard()] },
		);
		const link = 'https://work.weixin.qq.com/ca/caLINK1';
		await scenario.reply(
			{ messageType: 'ca_link', acquisitionLink: link },
			{ input: [scenario.heard()] },
		);
		expect(scenario.received().map(({ content }) => content)).toEqual([
			{ latitude: 23.1, longitude: 113.3, name: 'Tea shop' },
			{ link_url: link },
		]);
	});

	it('a menu, whose click comes back with its ID', async () => {
		const input = [scenario.heard('When are you open?')];
		const entries = [
			{ type: 'click', content: 'Today', id: 'today' },
			{ type: 'click', content: 'Tomorrow' },
			{ type: 'view', content: 'Site', url: 'https://example.com' },
			{ type: 'miniprogram', content: 'Shop', appid: 'wx1', pagepath: 'pages/index.html' },
			{ type: 'text', content: 'or write', noNewline: true },
		];
		const { items } = await scenario.reply(
			{
				messageType: 'msgmenu',
				menuHead: 'Which day?',
				menuEntries: { entry: entries },
				menuTail: 'Thank you',
			},
			{ input },
		);
		expect(items[0]?.json).toMatchObject({ state: 'sent', msgtype: 'msgmenu' });
		const [menu] = scenario.received();
		expect(menu?.content).toEqual({
			head_content: 'Which day?',
			list: [
				{ type: 'click', click: { id: 'today', content: 'Today' } },
				{ type: 'click', click: { content: 'Tomorrow' } },
				{ type: 'view', view: { url: 'https://example.com', content: 'Site' } },
				{
					type: 'miniprogram',
					miniprogram: { appid: 'wx1', pagepath: 'pages/index.html', content: 'Shop' },
				},
				{ type: 'text', text: { content: 'or write', no_newline: 1 } },
			],
			tail_content: 'Thank you',
		});
		scenario.service.clickMenu(scenario.account, scenario.customer(), menu?.msgid ?? '', 'today');
		const { rows } = scenario.service.locate(scenario.account).account;
		expect(rows.at(-1)?.content).toEqual({ content: 'Today', menu_id: 'today' });
	});
});

it('asks for no text where an expression chooses another type', async () => {
	const { status } = await scenario.reply(
		{
			text: '',
			messageType: '={{ "location" }}',
			latitude: 31.2,
			longitude: 121.5,
		},
		{ input: [scenario.heard()] },
	);
	expect(status).toBe('success');
});

describe('bad input', () => {
	it.each<[string, IDataObject, string]>([
		['no account', { account: byId('={{ $json.missing }}') }, "'Account' is empty"],
		['no customer', { customer: '={{ $json.missing }}' }, "'Customer' is empty"],
		['several customers', { customer: 'wm1, wm2' }, "'Customer' must be a single ID"],
		['no text', { text: '={{ $json.missing }}' }, "'Message' has no value"],
		['blanks', { text: ' \n ' }, "'Message' is empty"],
		['a text that is none', { text: '={{ [1] }}' }, "'Message'"],
		['an unknown type', { messageType: '={{ "card" }}' }, "'Message Type' has an unknown value"],
		['a file that is missing', { messageType: 'image' }, 'data'],
		[
			'no media ID',
			{ messageType: 'image', source: 'mediaId', mediaId: '' },
			"'Media ID' is empty",
		],
		[
			'a page that WeCom does not open',
			{ messageType: 'miniprogram', appid: 'wx1', page: 'pages/index' },
			"'Mini Program Page' must end with .html",
		],
		[
			'a link without a title',
			{ messageType: 'link', linkUrl: 'https://example.com' },
			'"Title" is required',
		],
		['a link without its page', { messageType: 'link', linkTitle: 'A' }, '"Link URL" is required'],
		[
			'a link whose title resolves to nothing',
			{ messageType: 'link', linkTitle: '={{ "" }}', linkUrl: 'https://example.com' },
			"'Title' is empty",
		],
		[
			'a link by an expression, without a title',
			{ messageType: '={{ "link" }}', linkUrl: 'https://example.com' },
			"'Title' is empty",
		],
		['an empty text', { text: '' }, '"Message" is required'],
		[
			'a link of another form',
			{ messageType: 'link', linkTitle: 'A', linkUrl: 'example.com' },
			"'Link URL'",
		],
		[
			'a title that WeCom would cut',
			{ messageType: 'link', linkTitle: '茶'.repeat(43), linkUrl: 'https://example.com' },
			"'Title'",
		],
		['a place that was never set', { messageType: 'location' }, "'Latitude' and 'Longitude'"],
		['a place off the map', { messageType: 'location', latitude: 91, longitude: 1 }, "'Latitude'"],
		['no acquisition link', { messageType: 'ca_link' }, '"Acquisition Link" is required'],
		['an empty menu', { messageType: 'msgmenu' }, 'The menu is empty'],
		[
			'too many entries',
			{
				messageType: 'msgmenu',
				menuEntries: { entry: Array.from({ length: 11 }, () => ({ content: 'A' })) },
			},
			'The menu has 11 entries',
		],
		[
			'an entry without text',
			{ messageType: 'msgmenu', menuEntries: { entry: [{ content: 'A' }, { content: '' }] } },
			"'Text' in entry 2 is empty",
		],
		[
			'an entry that is too long',
			{ messageType: 'msgmenu', menuEntries: { entry: [{ content: '茶'.repeat(43) }] } },
			"'Text' in entry 1",
		],
		[
			'an entry without its page',
			{
				messageType: 'msgmenu',
				menuEntries: { entry: [{ type: 'miniprogram', content: 'A', appid: 'wx1' }] },
			},
			"'Mini Program Page' in entry 1 is empty",
		],
		['an unknown option', { options: { ifTooLong: 'shorten' } }, "'If Text Does Not Fit'"],
		['an empty option', { options: { ifNotSent: '={{ null }}' } }, "'If Not Sent'"],
	])('%s is an error before any request', async (_, parameters, message) => {
		const { status, error } = await scenario.reply(parameters, { input: [scenario.heard()] });
		expect({ status, message: error?.message }).toEqual({
			status: 'error',
			message: expect.stringContaining(message) as string,
		});
		expect(scenario.sandbox.log.count(PATHS.reply)).toBe(0);
		expect(scenario.received()).toEqual([]);
	});

	it('an item that is no message says where the customer comes from', async () => {
		const { error } = await scenario.reply(
			{ account: byId(scenario.account) },
			{ input: [{ output: 'Hello' }] },
		);
		expect(error?.message).toBe("'Customer' is empty");
		expect(error?.description).toContain('takes it from the trigger.');
	});

	it('fails its item alone under Continue On Fail', async () => {
		const input = [scenario.heard('One', 0), { output: 'x' }, scenario.heard('Three', 1)];
		const { items, status } = await scenario.reply({}, { input, ...continueOnFail });
		expect(status).toBe('success');
		expect(items.map(({ json, pairedItem }) => [json.state ?? json.error, pairedItem])).toEqual([
			['sent', { item: 0 }],
			[expect.stringContaining("'Account' is empty"), { item: 1 }],
			['sent', { item: 2 }],
		]);
	});
});

describe('what WeCom says of the conversation', () => {
	it.each<[string, () => void, string]>([
		['the customer never wrote', () => undefined, 'session_not_open'],
		[
			'a servicer has the session',
			() => {
				scenario.heard();
				scenario.service.handOver(scenario.account, scenario.customer(), 'lin');
			},
			'session_not_open',
		],
		[
			'the customer wrote two days ago',
			() => {
				scenario.heard();
				scenario.sandbox.clock.advance(48 * 3_600);
			},
			'window_over',
		],
	])('is an outcome: %s', async (_, arrange, reason) => {
		arrange();
		const { items, error } = await scenario.reply({}, { input: [scenario.pair()] });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			state: 'not_sent',
			reason,
			explanation: expect.stringMatching(/\w\. \w.*\.$/) as string,
			msgids: [],
			sent_count: 0,
			unsent_text: 'Hi',
		});
		expect(scenario.received()).toEqual([]);
	});

	it('is an error where the builder wants it', async () => {
		const heard = scenario.heard();
		scenario.service.handOver(scenario.account, scenario.customer());
		const { error } = await scenario.reply({ options: { ifNotSent: 'error' } }, { input: [heard] });
		expect(error?.message).toContain('The session is with a servicer, waits for one, or has ended');
		expect(error?.description).toContain('Session > Get State');
	});

	it('leaves nothing to say after two days', async () => {
		const heard = scenario.heard();
		scenario.sandbox.clock.advance(48 * 3_600);
		const { items } = await scenario.reply({}, { input: [heard] });
		expect(items[0]?.json).toMatchObject({
			reason: 'window_over',
			replies_left: 0,
			window_ends_at: '2026-03-03T08:00:00.000+08:00',
		});
	});

	it('an account that the app does not manage is an error', async () => {
		const heard = scenario.heard();
		scenario.service.setManaged(scenario.account, CALLABLE_AGENT_ID, false);
		const { error } = await scenario.reply({}, { input: [heard] });
		expect(error?.message).toBe('The app may not use this customer service account');
	});
});
