import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { WeComExternalContactApi } from '../../../credentials/WeComExternalContactApi.credentials';
import { endpoints } from '../../../nodes/WeComExternalContact/client/endpoints';
import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import type { Engine } from '../../harness/engine';
import { createEngine } from '../../harness/engine';
import { fileOf, MB, MIME_TYPES } from '../../harness/files';
import type { Scenario } from '../../harness/scenario';
import { byId, customersOf, startScenario } from '../../harness/scenario';
import type { Media } from '../../sandbox';

let scenario: Scenario;
beforeEach(async () => {
	scenario = await startScenario();
});
afterEach(async () => await scenario.stop());

const UPLOAD = endpoints.uploadMedia.path;
const CREATE = endpoints.createMassMessage.path;

/** Binary data as it stands in an item. */
async function binary(
	name: string,
	content: Buffer,
	mimeType = MIME_TYPES[name.split('.').pop() as keyof typeof MIME_TYPES],
	engine: Engine = scenario.engine,
): Promise<IBinaryData> {
	return await engine.binary(content, name, mimeType);
}

async function item(
	data: IBinaryData | Promise<IBinaryData>,
	json: IDataObject = {},
): Promise<INodeExecutionData> {
	return { json, binary: { data: await data } };
}

type Run = Parameters<Scenario['run']>[1];

async function broadcast(attachments: IDataObject[], run: Run = {}, more: IDataObject = {}) {
	return await scenario.run(
		{
			resource: 'message',
			operation: 'broadcast',
			sendTo: 'customers',
			externalUserIds: customersOf(scenario.sandbox, 'lin').join(),
			sentBy: 'member',
			member: byId('lin'),
			text: 'The new harvest is here',
			attachments: { attachment: attachments },
			...more,
		},
		run,
	);
}

async function send(attachments: IDataObject[], run: Run = {}, more: IDataObject = {}) {
	return await scenario.run(
		{
			resource: 'message',
			operation: 'send',
			member: byId('lin'),
			customer: byId('={{ $json.customer }}'),
			text: 'Your order',
			attachments: { attachment: attachments },
			...more,
		},
		run,
	);
}

function uploaded(): Media[] {
	return [...scenario.sandbox.world.corp.media.values()];
}

function requests(): string[] {
	return scenario.sandbox.log
		.calls()
		.map(({ path }) => path)
		.filter((path) => path !== endpoints.accessToken.path);
}

it('an item without its file does not take along the task that the item before it has made', async () => {
	const [first = '', second = ''] = customersOf(scenario.sandbox, 'lin');
	const data = await binary('picture.jpg', fileOf('jpg'));
	const input = [{ json: { customer: first }, binary: { data } }, { json: { customer: second } }];
	const { error } = await send([{ type: 'image' }], { input });
	const [task] = scenario.sandbox.world.tasks();
	expect(error).toMatchObject({
		message: expect.stringContaining("a binary file 'data', but none was found") as string,
		description: `Make sure that the previous node outputs a binary file. Already created, and not to be created again: ${task?.msgid}.`,
		context: { itemIndex: 1 },
	});
});

describe('attachments', () => {
	it('go into the task in the order in which they were put, files uploaded', async () => {
		const input = [
			{
				json: {},
				binary: {
					photo: await binary('cover.jpg', fileOf('jpg')),
					film: await binary('film.mp4', fileOf('mp4')),
					price: await binary('prices.pdf', fileOf('pdf')),
				},
			},
		];
		const { status } = await broadcast(
			[
				{ type: 'file', source: 'binary', binaryField: 'price' },
				{ type: 'link', title: 'Guide', url: 'https://example.com', desc: 'All teas', picurl: '' },
				{ type: 'image', source: 'binary', binaryField: 'photo' },
				{
					type: 'miniprogram',
					source: 'binary',
					binaryField: 'photo',
					miniprogramTitle: 'Shop',
					appid: 'wx01',
					page: '/index',
				},
				{ type: 'video', source: 'binary', binaryField: 'film' },
			],
			{ input },
		);

		expect(status).toBe('success');
		const [pdf, jpg, mp4] = uploaded();
		expect(uploaded().map(({ type, fileName, mimeType }) => [type, fileName, mimeType])).toEqual([
			['file', 'prices.pdf', 'application/pdf'],
			['image', 'cover.jpg', 'image/jpeg'],
			['video', 'film.mp4', 'video/mp4'],
		]);
		expect(scenario.sandbox.world.tasks()[0]?.attachments).toEqual([
			{ msgtype: 'file', content: { media_id: pdf?.mediaId } },
			{
				msgtype: 'link',
				content: { title: 'Guide', url: 'https://example.com', desc: 'All teas' },
			},
			{ msgtype: 'image', content: { media_id: jpg?.mediaId } },
			{
				msgtype: 'miniprogram',
				content: { title: 'Shop', appid: 'wx01', page: '/index', pic_media_id: jpg?.mediaId },
			},
			{ msgtype: 'video', content: { media_id: mp4?.mediaId } },
		]);
	});

	it('need no text', async () => {
		const input = [await item(binary('a.png', fileOf('png')))];
		const { status } = await broadcast([{ type: 'image' }], { input }, { text: '' });
		expect(status).toBe('success');
		expect(scenario.sandbox.world.tasks()[0]?.text).toBeUndefined();
	});

	it('take media IDs and picture URLs as they are, without an upload', async () => {
		const { world } = scenario.sandbox;
		world.corp.images.set('https://pictures.example/1/0', world.now());
		const input = [await item(binary('a.png', fileOf('png')))];
		await broadcast([{ type: 'image' }], { input });
		const mediaId = uploaded()[0]?.mediaId as string;
		scenario.sandbox.log.clear();

		await broadcast([
			{ type: 'image', source: 'mediaId', mediaId: `={{ "${mediaId} " }}` },
			{ type: 'image', source: 'pictureUrl', pictureUrl: 'https://pictures.example/1/0' },
		]);
		expect(world.tasks()[1]?.attachments.map(({ content }) => content)).toEqual([
			{ media_id: mediaId },
			{ pic_url: 'https://pictures.example/1/0' },
		]);
		expect(requests()).toEqual([CREATE]);
	});

	it('say what to do when WeCom refuses a media ID that is too old', async () => {
		const input = [await item(binary('a.png', fileOf('png')))];
		await broadcast([{ type: 'image' }], { input });
		const mediaId = uploaded()[0]?.mediaId as string;
		scenario.sandbox.clock.advance(3 * 24 * 3600);
		const { error } = await broadcast([{ type: 'image', source: 'mediaId', mediaId }]);
		expect(error?.message).toBe('WeCom refused the media ID');
		expect(error?.description).toContain('A media ID lives for 3 days');
	});
});

describe('Any Input File', () => {
	it.each([
		['photo.jpg', 'image/jpeg', 'jpg', 'image'],
		['photo', 'image/png', 'png', 'image'],
		['film.mp4', 'video/mp4', 'mp4', 'video'],
		['prices.pdf', 'application/pdf', 'pdf', 'file'],
		['PHOTO.PNG', 'application/octet-stream', 'png', 'image'],
		['film.MP4', 'application/octet-stream', 'mp4', 'video'],
		['notes.bin', 'application/octet-stream', 'pdf', 'file'],
	] as const)('sends %s of type %s as %s', async (name, mimeType, format, type) => {
		const input = [await item(binary(name, fileOf(format), mimeType))];
		const { status } = await broadcast([{ type: 'any', binaryField: 'data' }], { input });
		expect(status).toBe('success');
		expect(uploaded()[0]?.type).toBe(type);
		expect(scenario.sandbox.world.tasks()[0]?.attachments[0]?.msgtype).toBe(type);
	});

	it('takes binary data of another node by expression', async () => {
		const input = [await item(binary('photo.jpg', fileOf('jpg')))];
		const { error } = await broadcast(
			[{ type: 'any', binaryField: "={{ $('Trigger').item.binary.data }}" }],
			{ input },
		);
		expect(error).toBeUndefined();
		expect(uploaded()[0]?.fileName).toBe('photo.jpg');
	});
});

describe('the file name', () => {
	it.each([
		['Chinese', '秋季茶单 2026.pdf', '秋季茶单 2026.pdf'],
		['quotes', 'the "best" tea.pdf', 'the %22best%22 tea.pdf'],
		['line breaks', 'tea\r\nX-Header: 1\n.pdf', 'tea%0D%0AX-Header: 1%0A.pdf'],
		['a backslash', 'a\\b;c=d.pdf', expect.stringMatching(/b;c=d\.pdf$/)],
		['none', '', 'file'],
	])('travels safely with %s', async (_, fileName, arrived) => {
		const content = fileOf('pdf');
		const data = {
			...(await binary('x.pdf', content)),
			fileName,
			mimeType: 'application/pdf\r\nX: 1',
		};
		const { error } = await broadcast([{ type: 'file' }], { input: [await item(data)] });
		expect(error).toBeUndefined();
		const [media] = uploaded();
		expect(media?.fileName).toEqual(arrived);
		expect(media?.mimeType).toBe('application/octet-stream');
		expect(media?.content.equals(content)).toBe(true);
	});
});

describe('the bytes', () => {
	it.each(['default', 'filesystem'] as const)(
		'arrive unchanged from the %s store',
		async (mode) => {
			const engine = createEngine({
				nodeTypes: [new WeComExternalContact()],
				credentialTypes: [new WeComExternalContactApi()],
				binaryData: mode,
			});
			const content = fileOf('pdf', 3 * MB + 1);
			const data = await binary('prices.pdf', content, 'application/pdf', engine);
			expect(data.id === undefined).toBe(mode === 'default');
			const result = await engine.run({
				credential: scenario.credential,
				input: [await item(data)],
				node: {
					parameters: {
						resource: 'message',
						operation: 'broadcast',
						sendTo: 'customers',
						externalUserIds: customersOf(scenario.sandbox, 'lin').join(),
						member: byId('lin'),
						text: '',
						attachments: { attachment: [{ type: 'file' }] },
					},
				},
			});
			expect(result.error).toBeUndefined();
			expect(uploaded()[0]?.content.equals(content)).toBe(true);
		},
	);

	it('arrive unchanged from base64 with line breaks', async () => {
		const content = fileOf('pdf', 5_000);
		const data = await binary('prices.pdf', content);
		const broken = { ...data, data: data.data.replace(/.{76}/g, '$&\r\n') };
		await broadcast([{ type: 'file' }], { input: [await item(broken)] });
		expect(uploaded()[0]?.content.equals(content)).toBe(true);
	});
});

describe('a file that WeCom would not take fails before any request', () => {
	it.each([
		['an empty file', 'file', 'a.pdf', Buffer.alloc(0), 'The file "a.pdf" is empty'],
		['5 bytes', 'file', 'a.pdf', Buffer.alloc(5), 'The file "a.pdf" has only 5 bytes'],
		['a GIF', 'image', 'a.gif', fileOf('gif'), 'The file "a.gif" is not JPG or PNG'],
		['a GIF named PNG', 'image', 'a.png', fileOf('gif'), 'The file "a.png" is not JPG or PNG'],
		[
			'a GIF as any input file',
			'any',
			'a.gif',
			fileOf('gif'),
			'The file "a.gif" is not JPG or PNG',
		],
		['a QuickTime film', 'video', 'a.mov', fileOf('mov'), 'The file "a.mov" is not MP4'],
		[
			'an image above 10 MB',
			'image',
			'a.png',
			fileOf('png', 10 * MB + 1),
			'The file "a.png" is too large: 10485761 bytes',
		],
		[
			'a video above 10 MB',
			'video',
			'a.mp4',
			fileOf('mp4', 10 * MB + 1),
			'The file "a.mp4" is too large: 10485761 bytes',
		],
		[
			'a file above 20 MB',
			'file',
			'a.pdf',
			fileOf('pdf', 20 * MB + 1),
			'The file "a.pdf" is too large: more than 20 MB',
		],
		['a PDF as cover', 'miniprogram', 'a.pdf', fileOf('pdf'), 'The file "a.pdf" is not JPG or PNG'],
	])('%s', async (_, type, name, content, message) => {
		const input = [await item(binary(name, content))];
		const values = { type, miniprogramTitle: 'Shop', appid: 'wx01', page: '/index' };
		const { error } = await broadcast([values], { input });
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/WeCom (takes|allows)/);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([
		['an image of 10 MB', 'image', 'a.png', fileOf('png', 10 * MB)],
		['a file of 20 MB', 'file', 'a.pdf', fileOf('pdf', 20 * MB)],
		['6 bytes', 'file', 'a.pdf', Buffer.alloc(6, 'x')],
	])('while %s goes through', async (_, type, name, content) => {
		const input = [await item(binary(name, content))];
		const { error } = await broadcast([{ type }], { input });
		expect(error).toBeUndefined();
	});

	it('also when only one of many items has it', async () => {
		const input = [
			await item(binary('a.png', fileOf('png'))),
			await item(binary('b.png', fileOf('gif'))),
		];
		const { error } = await broadcast([{ type: 'image' }], { input });
		expect(error?.message).toBe('The file "b.png" is not JPG or PNG');
		expect(error?.context.itemIndex).toBe(1);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('and does not keep the other items from going on, when the user wants that', async () => {
		const input = [
			await item(binary('a.gif', fileOf('gif')), { customer: '' }),
			await item(binary('b.png', fileOf('png')), {
				customer: customersOf(scenario.sandbox, 'lin')[0],
			}),
		];
		const { items } = await send(
			[{ type: 'image' }],
			{ input, node: { parameters: {}, onError: 'continueRegularOutput' } },
			{ customer: byId(customersOf(scenario.sandbox, 'lin')[0] as string) },
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.state, pairedItem])).toEqual([
			['The file "a.gif" is not JPG or PNG', { item: 0 }],
			['created', { item: 1 }],
		]);
	});
});

describe('an attachment that is not filled in names what is missing', () => {
	it.each([
		[{ type: 'link', title: 'Guide' }, 'Attachment 1: Link URL is empty'],
		[{ type: 'link', url: 'https://example.com' }, 'Attachment 1: Link Title is empty'],
		[{ type: 'image', source: 'mediaId' }, 'Attachment 1: Media ID is empty'],
		[
			{ type: 'image', source: 'mediaId', mediaId: '={{ $json.nothing }}' },
			'Attachment 1: Media ID is empty',
		],
		[{ type: 'image', source: 'pictureUrl' }, 'Attachment 1: Picture URL is empty'],
		[{ type: 'file', binaryField: '' }, 'Input Data Field Name is empty'],
		[
			{ type: 'miniprogram', source: 'mediaId', mediaId: 'x', appid: 'wx01', page: '/' },
			'Attachment 1: Mini Program Title is empty',
		],
		[
			{ type: 'miniprogram', source: 'mediaId', mediaId: 'x', miniprogramTitle: 'Shop', page: '/' },
			'Attachment 1: Mini Program App ID is empty',
		],
		[
			{
				type: 'miniprogram',
				source: 'mediaId',
				mediaId: 'x',
				miniprogramTitle: 'Shop',
				appid: 'w',
			},
			'Attachment 1: Mini Program Page is empty',
		],
		[
			{
				type: 'miniprogram',
				source: 'mediaId',
				mediaId: 'x',
				miniprogramTitle: '茶'.repeat(22),
				appid: 'w',
				page: '/',
			},
			'Attachment 1: Mini Program Title is too long: 66 bytes',
		],
		[
			{ type: 'link', title: '茶'.repeat(43), url: 'https://example.com' },
			'Attachment 1: Link Title is too long: 129 bytes',
		],
	])('%j', async (values, message) => {
		const { error } = await broadcast([values]);
		expect(error?.message).toBe(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('names the position', async () => {
		const link = { type: 'link', title: 'Guide', url: 'https://example.com' };
		const { error } = await broadcast([link, link, { type: 'link' }]);
		expect(error?.message).toBe('Attachment 3: Link Title is empty');
	});

	it('refuses a tenth attachment', async () => {
		const link = { type: 'link', title: 'Guide', url: 'https://example.com' };
		const { error } = await broadcast(Array.from({ length: 10 }, () => link));
		expect(error?.message).toBe('The message has 10 attachments');
	});

	it('tells of an item without the binary field', async () => {
		const input = [await item(binary('a.png', fileOf('png')))];
		const { error } = await broadcast([{ type: 'image', binaryField: 'photo' }], { input });
		expect(error?.message).toContain("no binary field 'photo'");
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});

describe('uploads', () => {
	it('happen once for several items and attachments with the same file', async () => {
		const [a, b] = customersOf(scenario.sandbox, 'lin');
		const input = [
			await item(binary('a.png', fileOf('png')), { customer: a }),
			await item(binary('a.png', fileOf('png')), { customer: b }),
			await item(binary('a.png', fileOf('png', 1_000, 1)), { customer: b }),
		];
		const { items } = await send([{ type: 'image' }, { type: 'image' }], { input });
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created', 'created']);
		expect(scenario.sandbox.log.count(UPLOAD)).toBe(2);
	});

	it('keep two items with the same customer and file one task', async () => {
		const [customer] = customersOf(scenario.sandbox, 'lin');
		const input = [
			await item(binary('a.png', fileOf('png')), { customer }),
			await item(binary('a.png', fileOf('png')), { customer }),
		];
		const { items } = await send([{ type: 'image' }], { input });
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'duplicate']);
	});

	it('keep items with other files other tasks', async () => {
		const [customer] = customersOf(scenario.sandbox, 'lin');
		const input = [
			await item(binary('a.png', fileOf('png')), { customer }),
			await item(binary('a.png', fileOf('png', 1_000, 1)), { customer }),
		];
		const { items } = await send([{ type: 'image' }], { input });
		expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
	});

	it('do not happen in a dry run', async () => {
		const input = [await item(binary('a.png', fileOf('png')))];
		const { items } = await broadcast(
			[{ type: 'image' }],
			{ input },
			{ options: { dryRun: true } },
		);
		expect(items[0]?.json).toMatchObject({ state: 'planned', attachment_count: 1, msgid: '' });
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it.each([40014, 42001] as const)('survive a token that dies on the way (%d)', async (errcode) => {
		const content = fileOf('png', 100_000);
		scenario.sandbox.faults.add({ path: UPLOAD, call: 1, fault: { kind: 'killToken', errcode } });
		const { error } = await broadcast([{ type: 'image' }], {
			input: [await item(binary('a.png', content))],
		});
		expect(error).toBeUndefined();
		expect(uploaded().map((media) => media.content.equals(content))).toEqual([true]);
		expect(scenario.sandbox.log.count(UPLOAD)).toBe(2);
	});

	it('are repeated when the answer was lost', async () => {
		scenario.sandbox.faults.add({ path: UPLOAD, call: 1, fault: { kind: 'reset', after: true } });
		const { error } = await broadcast([{ type: 'image' }], {
			input: [await item(binary('a.png', fileOf('png')))],
		});
		expect(error).toBeUndefined();
		expect(scenario.sandbox.world.tasks()).toHaveLength(1);
	});

	it('that fail create no task, and the error names the task', async () => {
		scenario.sandbox.faults.add({ path: UPLOAD, fault: { kind: 'errcode', errcode: 45001 } });
		const { error } = await broadcast([{ type: 'image' }], {
			input: [await item(binary('a.png', fileOf('png')))],
		});
		expect(error?.message).toBe('The file is too large');
		expect(error?.description).toContain('Task 1 of 1 of member lin');
		expect(scenario.sandbox.world.tasks()).toHaveLength(0);
	});

	describe('with Retry On Fail', () => {
		const retry = { parameters: {}, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

		it('give the same media ID again, so that a lost answer does not become a second task', async () => {
			const { sandbox } = scenario;
			// The first try cannot look for the task whose answer was lost, fails, and is run again.
			sandbox.faults.add({ path: CREATE, call: 1, fault: { kind: 'reset', after: true } });
			sandbox.faults.add({
				path: endpoints.massMessages.path,
				times: 1,
				fault: { kind: 'errcode', errcode: 48002 },
			});
			const { error, items } = await broadcast([{ type: 'image' }], {
				input: [await item(binary('a.png', fileOf('png')))],
				node: retry,
			});
			expect([error?.message, items[0]?.json.state]).toEqual([undefined, 'recovered']);
			expect(sandbox.world.tasks()).toHaveLength(1);
			expect(sandbox.log.count(UPLOAD)).toBe(1);
			expect(sandbox.log.count(CREATE)).toBe(1);
		});

		it('do not create the tasks again that an earlier try created', async () => {
			const { sandbox } = scenario;
			const [a, b] = customersOf(sandbox, 'lin');
			sandbox.faults.add({ path: CREATE, call: 2, fault: { kind: 'errcode', errcode: 45002 } });
			const input = [
				await item(binary('a.png', fileOf('png')), { customer: a }),
				await item(binary('b.png', fileOf('png', 1_000, 1)), { customer: b }),
			];
			const { items } = await send([{ type: 'image' }], { input, node: retry });
			expect(items.map(({ json }) => json.state)).toEqual(['created', 'created']);
			expect(sandbox.world.tasks()).toHaveLength(2);
			expect(sandbox.log.count(UPLOAD)).toBe(2);
		});

		it('are tried again when they failed', async () => {
			const { sandbox } = scenario;
			sandbox.faults.add({
				path: UPLOAD,
				call: 1,
				fault: { kind: 'errcode', errcode: 45001 },
			});
			const { error } = await broadcast([{ type: 'image' }], {
				input: [await item(binary('a.png', fileOf('png')))],
				node: retry,
			});
			expect(error).toBeUndefined();
			expect(sandbox.world.tasks()).toHaveLength(1);
		});
	});
});

describe('in a large company', () => {
	beforeEach(async () => {
		await scenario.stop();
		scenario = await startScenario({ seed: { members: 1, customersPerMember: 25_000 } });
	});

	it('uploads an image of 5 MB once for a broadcast of 25,000 items in 3 batches', async () => {
		const { sandbox } = scenario;
		const data = await binary('cover.png', fileOf('png', 5 * MB));
		const input = customersOf(sandbox, 'member1').map((external_userid) => ({
			json: { external_userid },
			binary: { data },
		}));
		const { error, items } = await broadcast(
			[{ type: 'image' }],
			{ input },
			{ sendTo: 'inputItems', idField: 'external_userid', member: byId('member1') },
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.recipient_count)).toEqual([10_000, 10_000, 5_000]);
		expect(sandbox.log.count(UPLOAD)).toBe(1);
		expect(
			new Set(sandbox.world.tasks().map((task) => JSON.stringify(task.attachments))).size,
		).toBe(1);
	});
});
