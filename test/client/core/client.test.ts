import { endpoints } from '../../../nodes/WeComExternalContact/client/endpoints';
import { WeComCancelledError } from '../../../nodes/WeComExternalContact/client/errors';
import { noToken, ok, refusal, scripted } from '../fakes';

const read = endpoints.customerIds;
const create = endpoints.createMassMessage;
const task = { chat_type: 'single', sender: 'lin' } as const;
const created = { ...ok, msgid: 'msg1' };

describe('requests', () => {
	it('puts the parameters where the endpoint takes them', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests).toMatchObject([
			{ method: 'GET', query: { userid: 'lin' }, body: undefined },
			{ method: 'POST', query: {}, body: task },
		]);
	});

	it('shields only what must not arrive twice from being cut by a stop', async () => {
		const { client, requests } = scripted([ok, created]);
		await client.call(read, { userid: 'lin' });
		await client.call(create, task);
		expect(requests.map(({ uninterrupted }) => uninterrupted)).toEqual([false, true]);
	});

	it('are not made after the execution was stopped', async () => {
		const { client, requests } = scripted([ok], { aborted: true });
		await expect(client.call(read, { userid: 'lin' })).rejects.toBeInstanceOf(WeComCancelledError);
		expect(requests).toEqual([]);
	});
});

describe('a refused token', () => {
	it.each([40014, 42001, 41001])('%s is handed back once to get another', async (errcode) => {
		const { client, requests, waits } = scripted([refusal(errcode), created]);
		await client.call(create, task);
		expect(requests.map(({ refused }) => refused)).toEqual([undefined, 'session 1']);
		expect(waits).toEqual([]);
	});

	it('refused again is an error', async () => {
		const { client, requests } = scripted([refusal(40014), refusal(40014)]);
		await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({ errcode: 40014 });
		expect(requests).toHaveLength(2);
	});

	it('and no new one to be had for a wrong secret: no request is made any more', async () => {
		const { client, requests } = scripted([noToken(40001), ok, ok]);
		for (let call = 0; call < 3; call++) {
			await expect(client.call(read, { userid: 'lin' })).rejects.toMatchObject({
				kind: 'credential',
			});
		}
		expect(requests).toHaveLength(1);
	});
});
