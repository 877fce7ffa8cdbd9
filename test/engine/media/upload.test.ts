import type { IDataObject, IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { fileOf, MB } from '../../harness/files';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario({ startAt: new Date('2026-03-01T00:00:00Z') });

async function upload(
	input: INodeExecutionData[],
	parameters: IDataObject = {},
	run: ScenarioRun = {},
) {
	return await scenario.run(
		{ resource: 'media', operation: 'upload', ...parameters },
		{ input, ...run },
	);
}

it('gives the media ID, its type and when it expires, for each item', async () => {
	const { items } = await upload([
		await scenario.itemWithFile('茶.png'),
		await scenario.itemWithFile('film.mp4'),
	]);
	const media = [...scenario.sandbox.world.corp.media.values()];
	expect(media.map(({ fileName }) => fileName)).toEqual(['茶.png', 'film.mp4']);
	expect(items).toEqual(
		media.map(({ mediaId, type, fileName }, index) => ({
			json: {
				media_id: mediaId,
				url: null,
				type,
				file_name: fileName,
				size: 1_000,
				created_at_unix: 1_772_323_200,
				created_at: '2026-03-01T08:00:00.000+08:00',
				expires_at_unix: 1_772_582_400,
				expires_at: '2026-03-04T08:00:00.000+08:00',
			},
			pairedItem: { item: index },
		})),
	);
});

it('gives a picture a URL that never expires', async () => {
	const { items } = await upload([await scenario.itemWithFile('cover.jpg')], {
		uploadAs: 'picture',
	});
	const [url] = [...scenario.sandbox.world.corp.images.keys()];
	expect(items[0]?.json).toEqual({
		media_id: null,
		url,
		type: 'image',
		file_name: 'cover.jpg',
		size: 1_000,
		created_at: null,
		created_at_unix: null,
		expires_at: null,
		expires_at_unix: null,
	});
	expect(scenario.sandbox.log.count(PATHS.upload)).toBe(0);
});

it('reads the field and the type for each item', async () => {
	const input = [
		await scenario.itemWithFile('a.png', { json: { as: 'file' } }),
		await scenario.itemWithFile('a.png', { json: { as: 'image' } }),
	];
	const { items } = await upload(input, {
		uploadAs: '={{ $json.as }}',
		binaryField: '={{ "data" }}',
	});
	expect(items.map(({ json }) => json.type)).toEqual(['file', 'image']);
});

it('uploads the same file once', async () => {
	const input = [
		await scenario.itemWithFile('a.png'),
		await scenario.itemWithFile('a.png'),
		await scenario.itemWithFile('b.png', { content: fileOf('png', 900) }),
	];
	const { items } = await upload(input);
	expect(scenario.sandbox.log.count(PATHS.upload)).toBe(2);
	expect(items[0]?.json.media_id).toBe(items[1]?.json.media_id);
});

it('does not repeat an upload of an earlier attempt under Retry On Fail', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.uploadPicture,
		call: 2,
		fault: { kind: 'errcode', errcode: 45001 },
	});
	const { items } = await upload(
		[
			await scenario.itemWithFile('a.png'),
			await scenario.itemWithFile('b.png', { content: fileOf('png', 900) }),
		],
		{ uploadAs: 'picture' },
		retryOnFail,
	);
	expect(items).toHaveLength(2);
	expect(scenario.sandbox.world.corp.images.size).toBe(2);
});

it('goes by the name of a file without a MIME type, as a Code node may give it', async () => {
	const { data } = (await scenario.itemWithFile('a.png')).binary as { data: IBinaryData };
	const { mimeType, ...untyped } = data;
	const { items } = await upload([{ json: {}, binary: { data: untyped as IBinaryData } }]);
	expect([mimeType, items[0]?.json.type]).toEqual(['image/png', 'image']);
});

it.each([
	['a picture above 2 MB', 'picture', 'a.png', fileOf('png', 2 * MB + 1), /too large: 2097153/],
	['a PDF as picture', 'picture', 'a.pdf', fileOf('pdf'), /is not JPG or PNG/],
	['a GIF as any input file', 'any', 'a.gif', fileOf('gif'), /is not JPG or PNG/],
	['a PNG as video', 'video', 'a.png', fileOf('png'), /is not MP4/],
	['an empty file', 'any', 'a.pdf', Buffer.alloc(0), /is empty/],
	[
		'a type that does not exist',
		'sound',
		'a.pdf',
		fileOf('pdf'),
		/'Upload As' has an unknown value/,
	],
])('refuses %s before any request', async (_, uploadAs, name, content, message) => {
	const { error } = await upload([await scenario.itemWithFile(name, { content })], {
		uploadAs: `={{ "${uploadAs}" }}`,
	});
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});

it.each([
	['', /'Input Data Field Name' is empty|is required/],
	['={{ $json.nothing }}', /'Input Data Field Name' is empty|no binary field/],
	['photo', /no binary field "photo"/],
])('refuses the field name %j', async (binaryField, message) => {
	const { error } = await upload([await scenario.itemWithFile('a.png')], { binaryField });
	expect(error?.message).toMatch(message);
});

it.each<[string, (file: INodeExecutionData) => INodeExecutionData, string]>([
	[
		'none',
		() => ({ json: {} }),
		"The item has no binary fields: the node before must output a file, in the field that 'Input Data Field Name' names.",
	],
	[
		'others',
		({ json, binary = {} }) => ({
			json,
			binary: { photo: binary.data as IBinaryData, scan: binary.data as IBinaryData },
		}),
		"Check 'Input Data Field Name'. The binary fields of the item: photo, scan.",
	],
])('names the field and the binary fields that the item has: %s', async (_, toItem, remedy) => {
	const { error } = await upload([toItem(await scenario.itemWithFile('a.png'))]);
	expect(error).toMatchObject({
		message: 'The item has no binary field "data"',
		description: remedy,
	});
	expect(scenario.sandbox.log.count()).toBe(0);
});

it('keeps the other items with Continue On Fail', async () => {
	const { items } = await upload(
		[{ json: {} }, await scenario.itemWithFile('a.gif'), await scenario.itemWithFile('a.png')],
		{},
		continueOnFail,
	);
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.type, pairedItem])).toEqual([
		[expect.stringContaining('binary'), { item: 0 }],
		['The file "a.gif" is not JPG or PNG', { item: 1 }],
		['image', { item: 2 }],
	]);
});

it('takes Request Timeout, and refuses one that is no time', async () => {
	const input = [await scenario.itemWithFile('a.png')];
	const { status } = await upload(input, { options: { requestTimeout: 300 } });
	expect(status).toBe('success');
	const { error } = await upload(input, { options: { requestTimeout: 0 } });
	expect(error?.message).toMatch("'Request Timeout' must be a number of seconds");
});
