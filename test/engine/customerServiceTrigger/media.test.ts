import type { IDataObject } from 'n8n-workflow';

import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';
import type { Written } from '../../sandbox/customerService/written';

const scenario = useScenario();
const trigger = useServiceTrigger(scenario);

const MEDIA = '/cgi-bin/media/get';
const content = Buffer.from('price list 2026').toString('base64');

async function resultFor(written: Written, parameters: IDataObject = {}) {
	const server = await trigger.publish(parameters);
	trigger.write(trigger.customer(), written);
	const [result] = await trigger.executions(server, 1);
	return result;
}

it.each<[Written, string, string]>([
	[{ msgtype: 'image', image: {} }, 'photo.png', 'image/png'],
	[{ msgtype: 'voice', voice: {} }, 'voice.amr', 'audio/amr'],
	[{ msgtype: 'video', video: {} }, 'video.mp4', 'video/mp4'],
	[
		{ msgtype: 'file', file: { name: '价目 2026.pdf', content } },
		'价目 2026.pdf',
		'application/pdf',
	],
])('comes as binary data: %j', async (written, fileName, mimeType) => {
	const result = await resultFor(written);
	const [item] = result?.items ?? [];
	expect(item?.binary?.data).toMatchObject({ fileName, mimeType });
	expect(item?.json).toMatchObject({ media_error: null, chatInput: '' });
});

it('comes byte for byte', async () => {
	const result = await resultFor({ msgtype: 'file', file: { name: 'a.txt', content } });
	expect(result?.items[0]?.binary?.data?.data).toBe(content);
});

it('is not asked for where there is none, or where that is switched off', async () => {
	const text = await resultFor('Hello');
	expect(text?.items[0]?.json).not.toHaveProperty('media_error');
	const image = await resultFor({ msgtype: 'image', image: {} }, { downloadMedia: false });
	expect(image?.items[0]).not.toHaveProperty('binary.data');
	expect(image?.items[0]?.json).not.toHaveProperty('media_error');
	expect(scenario.sandbox.log.count(MEDIA)).toBe(0);
});

describe('a download that fails costs no message', () => {
	it('larger than the limit', async () => {
		const large = Buffer.alloc(200_000).toString('base64');
		const options = { maxFileSize: 0.1 };
		const result = await resultFor({ msgtype: 'file', file: { content: large } }, { options });
		expect(result?.status).toBe('success');
		expect(result?.items[0]?.json).toMatchObject({
			msgtype: 'file',
			media_error: expect.stringContaining('The file has more than 0.1 MB') as string,
		});
		expect(result?.items[0]).not.toHaveProperty('binary.data');
	});

	it('refused by WeCom', async () => {
		scenario.sandbox.faults.add({ path: MEDIA, fault: { kind: 'errcode', errcode: 40007 } });
		const result = await resultFor({ msgtype: 'image', image: {} });
		expect(result?.status).toBe('success');
		expect(result?.items[0]?.json).toMatchObject({
			image: { media_id: expect.any(String) as string },
			media_error: expect.stringContaining('(errcode 40007)') as string,
		});
	});

	it.each([
		{ kind: 'html' as const },
		{ kind: 'httpStatus' as const, status: 503 },
		{ kind: 'reset' as const },
		{ kind: 'cutBody' as const },
	])('answered by something else: %j', async (fault) => {
		scenario.sandbox.faults.add({ path: MEDIA, fault });
		const result = await resultFor({ msgtype: 'image', image: {} });
		expect(result?.status).toBe('success');
		expect(result?.items[0]?.json).toMatchObject({
			media_error: expect.stringMatching(/./) as string,
		});
		expect(JSON.stringify(result?.items)).not.toContain('access_token');
	});
});

it('gets another token where WeCom refuses the one it has', async () => {
	scenario.sandbox.faults.add({ path: MEDIA, call: 1, fault: { kind: 'killToken' } });
	const result = await resultFor({ msgtype: 'image', image: {} });
	expect(result?.items[0]?.binary?.data).toMatchObject({ fileName: 'photo.png' });
});

it('fails where an expression for the switch gives neither true nor false', async () => {
	const result = await resultFor('Hello', { downloadMedia: '={{ 1 }}' });
	expect(result?.error?.message).toBe("'Download Media' must be true or false");
});
