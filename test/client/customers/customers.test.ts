import {
	getCustomer,
	listCustomerIds,
	listCustomers,
} from '../../../nodes/WeComExternalContact/client/customers';
import { listGroupChats } from '../../../nodes/WeComExternalContact/client/groupChats';
import { streamInLanes } from '../../../nodes/WeComExternalContact/client/lanes';
import { lazily } from '../../../nodes/WeComExternalContact/client/lazily';
import { scripted } from '../fakes';

const row = (id: string, userid: string) => ({
	external_contact: { external_userid: id },
	follow_info: { userid },
});

async function collect<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const all: T[] = [];
	for await (const page of pages) all.push(...page);
	return all;
}

describe('customers of members', () => {
	it('go on over an empty page that carries a cursor', async () => {
		const { client } = scripted([
			{ errcode: 0, external_contact_list: [], next_cursor: 'on' },
			{ errcode: 0, external_contact_list: [row('wm1', 'lin')], next_cursor: '' },
		]);
		expect(await collect(listCustomers(client, ['lin'], { ordered: true }))).toHaveLength(1);
	});

	it('are asked for in halves when one member spoils the group (84061)', async () => {
		const { client, requests } = scripted([
			{ errcode: 84061, errmsg: 'not external contact' },
			{ errcode: 84061, errmsg: 'not external contact' },
			{ errcode: 0, external_contact_list: [row('wm1', 'wei')], next_cursor: '' },
		]);
		const rows = await collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		expect(rows).toHaveLength(1);
		expect(requests.map(({ body }) => (body as { userid_list: string[] }).userid_list)).toEqual([
			['lin', 'wei'],
			['lin'],
			['wei'],
		]);
	});

	it('are not begun anew when a later page is refused: rows would come twice', async () => {
		const { client, requests } = scripted([
			{ errcode: 0, external_contact_list: [row('wm1', 'lin')], next_cursor: 'on' },
			{ errcode: 40058, errmsg: 'invalid cursor' },
		]);
		const read = collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		await expect(read).rejects.toMatchObject({ errcode: 40058 });
		expect(requests).toHaveLength(2);
	});

	it('are an error when one member alone is refused', async () => {
		const { client } = scripted([{ errcode: 40058, errmsg: 'bad parameter' }]);
		const read = collect(listCustomers(client, ['lin'], { ordered: true }));
		await expect(read).rejects.toMatchObject({ errcode: 40058 });
	});

	it('keep the failure when all members are known that WeCom refused', async () => {
		const { client } = scripted([
			{ errcode: 60011, errmsg: 'no privilege' },
			{ errcode: 0, follow_user: ['lin', 'wei'] },
		]);
		const read = collect(listCustomers(client, ['lin', 'wei'], { ordered: true }));
		await expect(read).rejects.toThrow(/^The app may not act on this member, department or tag$/);
	});

	it('name the member they were asked of', async () => {
		const { client } = scripted([{ errcode: 40003, errmsg: 'invalid userid' }]);
		await expect(listCustomerIds(client, 'nobody')).rejects.toThrow(
			'WeCom does not know this member: nobody',
		);
	});
});

it('a customer without members in range has none', async () => {
	const { client, requests } = scripted([
		{ errcode: 0, external_contact: { external_userid: 'wm1' } },
	]);
	expect(await getCustomer(client, 'wm1')).toEqual({
		external_contact: { external_userid: 'wm1' },
		follow_user: [],
	});
	expect(requests[0]?.query).toEqual({ external_userid: 'wm1' });
});

it('customer groups of no owner are none, and nobody is asked', async () => {
	const { client, requests } = scripted([]);
	expect(await collect(listGroupChats(client, { owners: [], status: 0 }))).toEqual([]);
	expect(requests).toEqual([]);
});

describe('streaming lanes', () => {
	/** Work that ends when the test says so. */
	function workshop() {
		const started: number[] = [];
		const finish = new Map<number, (error?: Error) => void>();
		const work = async (input: number) => {
			started.push(input);
			await new Promise<void>((resolve, reject) => {
				finish.set(input, (error) => (error ? reject(error) : resolve()));
			});
			return input * 10;
		};
		return { started, work, end: (input: number, error?: Error) => finish.get(input)?.(error) };
	}

	it('give results in order and never run more than their number', async () => {
		const { started, work, end } = workshop();
		const results = streamInLanes([1, 2, 3, 4], 2, work);
		const first = results.next();
		expect(started).toEqual([1, 2]);
		end(2);
		end(1);
		expect(await first).toEqual({ done: false, value: 10 });
		expect(started).toEqual([1, 2]);
		const second = results.next();
		expect(started).toEqual([1, 2, 3]);
		expect(await second).toEqual({ done: false, value: 20 });
	});

	it('start nothing more for a caller who stops, and wait for what runs', async () => {
		const { started, work, end } = workshop();
		const results = streamInLanes([1, 2, 3, 4], 2, work);
		const first = results.next();
		end(1);
		await first;
		let ended = false;
		const stop = results.return().then(() => (ended = true));
		await Promise.resolve();
		expect(ended).toBe(false);
		end(2);
		await stop;
		expect(started).toEqual([1, 2]);
	});

	it('pass on the first failure once what runs has ended, the others being forgotten', async () => {
		const { started, work, end } = workshop();
		const results = streamInLanes([1, 2, 3], 2, work);
		const first = results.next();
		end(1, new Error('broken'));
		end(2, new Error('broken as well'));
		await expect(first).rejects.toThrow('broken');
		expect(started).toEqual([1, 2]);
		expect(await results.next()).toEqual({ done: true, value: undefined });
	});

	it('do nothing for no inputs', async () => {
		const results = streamInLanes([], 4, async () => await Promise.resolve(1));
		expect(await results.next()).toEqual({ done: true, value: undefined });
	});
});

it('what is done lazily is done when it is asked for, and once, whether it succeeds or not', async () => {
	const work = jest.fn(async () => await Promise.reject(new Error('broken')));
	const result = lazily(work);
	expect(work).not.toHaveBeenCalled();
	await expect(result()).rejects.toThrow('broken');
	await expect(result()).rejects.toThrow('broken');
	expect(work).toHaveBeenCalledTimes(1);
});
