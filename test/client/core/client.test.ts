import { endpoints } from '../../../nodes/shared/client/endpoints';
import { WeComCancelledError } from '../../../nodes/shared/client/core/errors';
import { noToken, ok, refusal, scripted } from '../fakes';

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;
const created = { ...ok, msgid: 'msg1' };

describe('requests', () => {
	it('put the parameters where the endpoint expects them', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests).toMatchObject([
			{ method: 'GET', query: { userid: 'lin' }, body: undefined },
			{ method: 'POST', query: {}, body: task },
		]);
	});

	it('are interrupted by a stop, except those that must not arrive twice', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests.map(({ uninterrupted }) => uninterrupted)).toEqual([false, true]);
	});

	it('are not sent after the execution was stopped', async () => {
		const { client, requests } = scripted([ok], { aborted: true });
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(WeComCancelledError);
		expect(requests).toEqual([]);
	});
});

describe('a refused token', () => {
	it.each([40014, 42001, 41001])('%s is replaced once', async (errcode) => {
		const { client, requests, waits } = scripted([refusal(errcode), created]);
		await client.call(create, task);
		expect(requests.map(({ refused }) => refused)).toEqual([undefined, 'session 1']);
		expect(waits).toEqual([]);
	});

	it('is an error if the new one is refused too', async () => {
		const { client, requests } = scripted([refusal(40014), refusal(40014)]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({ errcode: 40014 });
		expect(requests).toHaveLength(2);
	});

	it('ends all requests if a wrong secret keeps us from getting another', async () => {
		const { client, requests } = scripted([noToken(40001), ok, ok]);
		for (let call = 0; call < 3; call++) {
			await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({
				kind: 'credential',
			});
		}
		expect(requests).toHaveLength(1);
	});
});
