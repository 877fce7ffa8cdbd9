import { WeComClient } from '../../../nodes/shared/client/core/client';
import { endpoints } from '../../../nodes/shared/client/endpoints';

/** Milliseconds that a read and an upload may take. */
async function timesOf(timeoutMs: number | undefined): Promise<number[]> {
	const times: number[] = [];
	const client = new WeComClient({
		transport: {
			send: async (request) => {
				times.push(request.timeoutMs);
				const body = JSON.stringify({ errcode: 0, media_id: 'm', url: 'u' });
				return await Promise.resolve({ status: 200, body, secrets: [], session: 1 });
			},
		},
		clock: { now: Date.now, sleep: async () => await Promise.resolve() },
		random: () => 0,
		timeoutMs,
	});
	await client.call(endpoints.customerIds, { userid: 'lin' });
	const form = { contentType: 'multipart/form-data', body: new Uint8Array() };
	await client.call(endpoints.uploadMedia, { type: 'file' }, form);
	return times;
}

it.each([
	[undefined, [30_000, 120_000]],
	[300, [300, 120_000]],
	[300_000, [300_000, 300_000]],
])(
	'Request Timeout of %s ms: a shorter one leaves an upload its 120 seconds',
	async (ms, times) => {
		expect(await timesOf(ms)).toEqual(times);
	},
);
