import fc from 'fast-check';

import type { PreviewNumbers } from '../../../nodes/shared/client/appMessages/preview';
import {
	PreviewNotDeliveredError,
	previewLine,
	previewMessages,
	sendPreview,
} from '../../../nodes/shared/client/appMessages/preview';
import { WeComNetworkError } from '../../../nodes/shared/client/core/errors';
import { ok, refusal, scripted } from '../fakes';

const numbers: PreviewNumbers = {
	tasks: 3,
	recipients: 12_345,
	noun: 'customer',
	confirmations: [
		{ name: 'lin', tasks: 1 },
		{ name: 'wei', tasks: 2 },
	],
	byWeCom: 0,
};
const LINE =
	'Preview. The run would create 3 tasks for 12,345 customers; confirmations: lin 1, wei 2.';

const textsOf = (messages: ReturnType<typeof previewMessages>) =>
	messages.map((each) => ('content' in each ? each.content : each.msgtype));

describe('the last line', () => {
	it('says tasks, recipients and confirmations', () => {
		expect(previewLine(numbers)).toBe(LINE);
	});

	it.each<[Partial<PreviewNumbers>, string]>([
		[{ tasks: 1, recipients: 1, noun: 'customer group' }, '1 task for 1 customer group;'],
		[{ recipients: null }, 'for customers that WeCom chooses; confirmations: lin 1'],
		[{ confirmations: [], byWeCom: 3 }, '12,345 customers; WeCom chooses the members of 3 tasks.'],
		[{ byWeCom: 1 }, '; confirmations: lin 1, wei 2; WeCom chooses the members of 1 task.'],
		[
			{ confirmations: Array.from({ length: 12 }, (_, n) => ({ name: `m${n}`, tasks: 1 })) },
			'm9 1, and 2 more members.',
		],
	])('for %j', (change, part) => {
		expect(previewLine({ ...numbers, ...change })).toContain(part);
	});
});

it('shows each part of a message as an application message, in order', () => {
	const media = { mediaId: 'M1' };
	const link = {
		title: 'Guide',
		url: 'https://example.com/g',
		desc: 'New',
		picurl: 'https://example.com/p',
	};
	const pictureUrl = 'https://wework.qpic.cn/p';
	const messages = previewMessages(
		[
			{
				text: 'Hello',
				attachments: [
					{ msgtype: 'image', media },
					{ msgtype: 'image', pictureUrl },
					{ msgtype: 'link', link },
					{ msgtype: 'miniprogram', title: 'Shop', cover: media, appid: 'wx1', page: '/home' },
					{ msgtype: 'video', media },
					{ msgtype: 'file', media },
				],
			},
		],
		numbers,
	);
	expect(messages).toEqual([
		{ msgtype: 'text', content: 'Hello' },
		{ msgtype: 'image', media },
		{ msgtype: 'news', articles: [{ title: 'Image', url: pictureUrl, picurl: pictureUrl }] },
		{
			msgtype: 'news',
			articles: [{ title: 'Guide', url: link.url, picurl: link.picurl, description: 'New' }],
		},
		{ msgtype: 'text', content: '[Mini program] Shop (wx1, /home)' },
		{ msgtype: 'video', media },
		{ msgtype: 'file', media },
		{ msgtype: 'text', content: LINE },
	]);
});

it('shows the first three of many contents and says how many more there are', () => {
	const contents = Array.from({ length: 1_200 }, (_, n) => ({
		text: `Dear ${n}`,
		attachments: [],
	}));
	expect(textsOf(previewMessages(contents, numbers))).toEqual([
		'Message 1 of 1,200:',
		'Dear 0',
		'Message 2 of 1,200:',
		'Dear 1',
		'Message 3 of 1,200:',
		'Dear 2',
		`${LINE}\n1,197 more messages with other content not shown.`,
	]);
});

it('says what would stop the run', () => {
	const obstacle = 'Without Dry Run it would stop.';
	const messages = previewMessages([{ text: 'Hi', attachments: [] }], { ...numbers, obstacle });
	expect(textsOf(messages)).toEqual(['Hi', `${LINE}\n${obstacle}`]);
});

it('sends no more than WeCom delivers to one member in a minute', () => {
	const media = { mediaId: 'M1' };
	const content = (text: string) => ({
		text: text.repeat(4_000),
		attachments: Array.from({ length: 9 }, () => ({ msgtype: 'image', media }) as const),
	});
	const messages = previewMessages(['a', 'b', 'c'].map(content), numbers);
	expect(messages.length).toBeLessThanOrEqual(30);
	expect(textsOf(messages).at(-1)).toContain('1 more message with other content not shown.');
});

it('cuts a long text into pieces that are taken, and loses nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3_000 }), (text) => {
			const pieces = textsOf(previewMessages([{ text, attachments: [] }], numbers)).slice(0, -1);
			expect(pieces.join('')).toBe(text);
			for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(2_048);
		}),
	);
});

describe('sending', () => {
	const messages = previewMessages([{ text: 'Hello', attachments: [] }], numbers);
	const send = async (replies: Parameters<typeof scripted>[0]) => {
		const apps = { ...ok, agentlist: [{ agentid: 1_000_002, name: 'CRM' }] };
		const { client, requests } = scripted([apps, ...replies]);
		const result = await sendPreview(
			client,
			'lin',
			messages,
			async () => await Promise.resolve('M1'),
		).catch((error: unknown) => error);
		return { requests: requests.slice(1), result };
	};

	it('goes to the one member, without the check for repeats, and repeats what got lost', async () => {
		const lost = new WeComNetworkError('Reset', 'ECONNRESET', 'maybe');
		const { requests, result } = await send([{ ...ok, msgid: 'A' }, lost, { ...ok, msgid: 'B' }]);
		expect(result).toBeUndefined();
		expect(requests.map(({ body }) => body)).toEqual(
			['Hello', LINE, LINE].map((content) => ({
				touser: 'lin',
				agentid: 1_000_002,
				msgtype: 'text',
				text: { content },
			})),
		);
	});

	it('says so too when the secret belongs to no app', async () => {
		const { client } = scripted([{ ...ok, agentlist: [] }]);
		const sending = sendPreview(client, 'lin', messages, async () => await Promise.resolve('M1'));
		await expect(sending).rejects.toMatchObject({
			message: 'The dry run is fine, but its preview was not delivered to lin',
			remedy: expect.stringContaining('secret of a self-built app') as string,
		});
	});

	it.each<[string, object]>([
		['refuses', refusal(81013)],
		['lists the member', { ...ok, msgid: 'A', invaliduser: 'lin' }],
	])('says that the dry run is fine when WeCom %s, and stops', async (_, reply) => {
		const { requests, result } = await send([reply]);
		expect(result).toBeInstanceOf(PreviewNotDeliveredError);
		expect(result).toMatchObject({
			message: 'The dry run is fine, but its preview was not delivered to lin',
			errcode: 81013,
		});
		expect((result as PreviewNotDeliveredError).remedy).toContain('None of the recipients');
		expect(requests).toHaveLength(1);
	});
});
