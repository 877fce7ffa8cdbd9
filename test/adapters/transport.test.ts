import type { IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { n8nTransport } from '../../nodes/shared/adapters/transport';
import type { TransportRequest } from '../../nodes/shared/client/core/transport';

const request: TransportRequest = {
	method: 'GET',
	path: '/list',
	query: {},
	timeoutMs: 1_000,
	uninterrupted: false,
};

/** n8n, of which only the sending of a request is there. */
function transportOver(
	send: (options: IHttpRequestOptions) => Promise<Partial<IN8nHttpFullResponse>>,
) {
	return n8nTransport({
		getNode: () => ({ credentials: { weComExternalContactApi: { id: '1', name: 'WeCom' } } }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) =>
				await send(options),
		},
	} as unknown as IExecuteFunctions);
}

it('gives the answer with its date, and what the request carried', async () => {
	const transport = transportOver(async (options) => {
		options.qs = { ...options.qs, access_token: 'new' };
		const headers = { date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
		return await Promise.resolve({ statusCode: 200, headers, body: '{}' });
	});
	expect(await transport.send({ ...request, refused: 'old' })).toEqual({
		status: 200,
		body: '{}',
		date: 'Thu, 01 Jan 2026 00:00:00 GMT',
		session: 'new',
		secrets: ['new', 'old'],
	});
});

describe('the signal that n8n gets', () => {
	/** What becomes of a request while the execution is stopped. */
	async function stopped(uninterrupted: boolean): Promise<boolean | undefined> {
		const cancel = new AbortController();
		let seen: boolean | undefined;
		const transport = transportOver(async (options) => {
			options.abortSignal = cancel.signal;
			const signal = options.abortSignal;
			cancel.abort();
			seen = signal?.aborted;
			return await Promise.resolve({ statusCode: 200, headers: {}, body: '{}' });
		});
		await transport.send({ ...request, uninterrupted });
		return seen;
	}

	it('stops a read with the execution', async () => {
		expect(await stopped(false)).toBe(true);
	});

	it('never stops a request that must not be cut', async () => {
		expect(await stopped(true)).toBe(false);
	});

	it.each([true, false])('ends a request whose time is over, uninterrupted: %p', async (value) => {
		let signal: IHttpRequestOptions['abortSignal'];
		const transport = transportOver(async (options) => {
			signal = options.abortSignal;
			return await new Promise(() => undefined);
		});
		await expect(
			transport.send({ ...request, uninterrupted: value, timeoutMs: 30 }),
		).rejects.toMatchObject({
			name: 'WeComNetworkError',
			message: 'There was no answer within 0.03 seconds',
			left: 'maybe',
		});
		expect(signal?.aborted).toBe(true);
	});
});

describe('a file', () => {
	const fetchFile = async (
		chunks: readonly Uint8Array[],
		headers: Record<string, string>,
		onChunk = () => {},
	) => {
		async function* body() {
			for (const chunk of chunks) {
				onChunk();
				yield await Promise.resolve(chunk);
			}
		}
		const transport = transportOver(async () => {
			const answer = { statusCode: 200, headers, body: body() };
			return (await Promise.resolve(answer)) as unknown as IN8nHttpFullResponse;
		});
		return await transport.send({ ...request, file: { maxBytes: 4 } });
	};
	const content = [Buffer.from('{"'), Buffer.from('a"')];
	const attachment = 'attachment; filename="a.json"';

	it('comes with its headers, even if it is JSON', async () => {
		const headers = { 'content-type': 'application/json', 'content-disposition': attachment };
		expect(await fetchFile(content, headers)).toMatchObject({
			body: '',
			file: {
				content: Buffer.from('{"a"'),
				contentType: 'application/json',
				contentDisposition: attachment,
			},
		});
	});

	it.each<Record<string, string>>([
		{ 'content-type': 'application/json; charset=UTF-8' },
		{ 'content-type': 'text/plain' },
		{},
	])('is none where WeCom refuses: %j', async (headers) => {
		const response = await fetchFile(content, headers);
		expect(response.body).toBe('{"a"');
		expect(response).not.toHaveProperty('file');
	});

	it('needs no name', async () => {
		const response = await fetchFile([Buffer.from('GIF')], { 'content-type': 'image/gif' });
		expect(response.file?.content).toEqual(Buffer.from('GIF'));
	});

	it.each<Record<string, string>>([{}, { 'content-length': '8' }])(
		'that is too large is not read to its end: %j',
		async (headers) => {
			let read = 0;
			const chunks = Array.from({ length: 8 }, () => Buffer.from('xx'));
			const sending = fetchFile(chunks, headers, () => void read++);
			await expect(sending).rejects.toThrow('The file has more than 0 MB');
			expect(read).toBeLessThanOrEqual(3);
		},
	);
});
