import { PATHS } from '../../harness/requests';
import { attach, useScenario } from '../../harness/scenario';
import type { Media } from '../../sandbox';

const scenario = useScenario();

function uploaded(): Media[] {
	return [...scenario.sandbox.world.corp.media.values()];
}

function requests(): string[] {
	return scenario.sandbox.log
		.calls()
		.map(({ path }) => path)
		.filter((path) => path !== PATHS.token);
}

it('adds attachments to the task in the given order and uploads the files', async () => {
	const input = [
		{
			json: {},
			binary: {
				photo: await scenario.file('cover.jpg'),
				film: await scenario.file('film.mp4'),
				price: await scenario.file('prices.pdf'),
			},
		},
	];
	const { status } = await scenario.broadcast(
		attach(
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
		),
		{ input },
	);

	expect(status).toBe('success');
	const [pdf, jpg, mp4] = uploaded();
	expect(uploaded().map(({ type, fileName, mimeType }) => [type, fileName, mimeType])).toEqual([
		['file', 'prices.pdf', 'application/pdf'],
		['image', 'cover.jpg', 'image/jpeg'],
		['video', 'film.mp4', 'video/mp4'],
	]);
	expect(scenario.tasks()[0]?.attachments).toEqual([
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

it('needs no text beside an attachment', async () => {
	const input = [await scenario.itemWithFile('a.png')];
	const { status } = await scenario.broadcast(
		{ ...attach({ type: 'image' }), text: '' },
		{ input },
	);
	expect(status).toBe('success');
	expect(scenario.tasks()[0]?.text).toBeUndefined();
});

it('uses media IDs and picture URLs as they are, without an upload', async () => {
	const { world } = scenario.sandbox;
	world.corp.images.set('https://pictures.example/1/0', world.now());
	const input = [await scenario.itemWithFile('a.png')];
	await scenario.broadcast(attach({ type: 'image' }), { input });
	const mediaId = uploaded()[0]?.mediaId as string;
	scenario.sandbox.log.clear();

	await scenario.broadcast(
		attach(
			{ type: 'image', source: 'mediaId', mediaId: `={{ "${mediaId} " }}` },
			{ type: 'image', source: 'pictureUrl', pictureUrl: 'https://pictures.example/1/0' },
		),
	);
	expect(world.tasks()[1]?.attachments.map(({ content }) => content)).toEqual([
		{ media_id: mediaId },
		{ pic_url: 'https://pictures.example/1/0' },
	]);
	expect(requests()).toEqual([PATHS.create]);
});

it('says what to do when WeCom refuses an expired media ID', async () => {
	const input = [await scenario.itemWithFile('a.png')];
	await scenario.broadcast(attach({ type: 'image' }), { input });
	const mediaId = uploaded()[0]?.mediaId as string;
	scenario.sandbox.clock.advance(3 * 24 * 3600);
	const { error } = await scenario.broadcast(attach({ type: 'image', source: 'mediaId', mediaId }));
	expect(error?.message).toBe('WeCom refused the media ID');
	expect(error?.description).toContain('A media ID is valid for 3 days');
});

describe('an incomplete attachment', () => {
	it.each([
		[{ type: 'link', title: 'Guide' }, "'Link URL' in attachment 1 is empty"],
		[{ type: 'link', url: 'https://example.com' }, "'Link Title' in attachment 1 is empty"],
		[{ type: 'image', source: 'mediaId' }, "'Media ID' in attachment 1 is empty"],
		[
			{ type: 'image', source: 'mediaId', mediaId: '={{ $json.nothing }}' },
			"'Media ID' in attachment 1 has no value",
		],
		[{ type: 'image', source: 'pictureUrl' }, "'Picture URL' in attachment 1 is empty"],
		[
			{ type: 'image', source: 'pictureUrl', pictureUrl: 'undefined' },
			'\'Picture URL\' in attachment 1 must be a URL, not "undefined"',
		],
		[
			{ type: 'image', source: 'mediaId', mediaId: 'null' },
			'"null" in \'Media ID\' in attachment 1 is not a media ID',
		],
		[{ type: 'file', binaryField: '' }, "'Input Data Field Name' in attachment 1 is empty"],
		[
			{ type: 'miniprogram', source: 'mediaId', mediaId: 'x', appid: 'wx01', page: '/' },
			"'Mini Program Title' in attachment 1 is empty",
		],
		[
			{ type: 'miniprogram', source: 'mediaId', mediaId: 'x', miniprogramTitle: 'Shop', page: '/' },
			"'Mini Program App ID' in attachment 1 is empty",
		],
		[
			{
				type: 'miniprogram',
				source: 'mediaId',
				mediaId: 'x',
				miniprogramTitle: 'Shop',
				appid: 'w',
			},
			"'Mini Program Page' in attachment 1 is empty",
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
			"'Mini Program Title' in attachment 1 is too long: 66 bytes",
		],
		[
			{ type: 'link', title: '茶'.repeat(43), url: 'https://example.com' },
			"'Link Title' in attachment 1 is too long: 129 bytes",
		],
	])('%j', async (values, message) => {
		const { error } = await scenario.broadcast(attach(values));
		expect(error?.message).toBe(message);
		expect(scenario.sandbox.log.count()).toBe(0);
	});

	it('names the position', async () => {
		const link = { type: 'link', title: 'Guide', url: 'https://example.com' };
		const { error } = await scenario.broadcast(attach(link, link, { type: 'link' }));
		expect(error?.message).toBe("'Link Title' in attachment 3 is empty");
	});

	it('refuses a tenth attachment', async () => {
		const link = { type: 'link', title: 'Guide', url: 'https://example.com' };
		const { error } = await scenario.broadcast(attach(...Array.from({ length: 10 }, () => link)));
		expect(error?.message).toBe('The message has 10 attachments');
	});

	it('names the binary field that an item lacks', async () => {
		const input = [await scenario.itemWithFile('a.png')];
		const { error } = await scenario.broadcast(attach({ type: 'image', binaryField: 'photo' }), {
			input,
		});
		expect(error).toMatchObject({
			message: 'The item has no binary field "photo"',
			description: "Check 'Input Data Field Name'. The binary fields of the item: data.",
		});
		expect(scenario.sandbox.log.count()).toBe(0);
	});
});
