/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits in tests; rule for shipped code */
import { setImmediate } from 'timers/promises';

import type {
	ReaderOptions,
	SavedState,
} from '../../../nodes/shared/client/customerService/reader';
import { Reader } from '../../../nodes/shared/client/customerService/reader';
import type {
	ServiceMessage,
	SyncRequest,
	SyncResponse,
} from '../../../nodes/shared/client/customerService/types';

const ACCOUNT = 'wkShop';
const NOW = 1_800_000_000;

const OPTIONS: ReaderOptions = { startBackSeconds: 0, oneAtATime: true, maxRunning: 20 };

/** Longer sleeps than a retry never end, as in a test nothing runs for two minutes. */
async function sleep(ms: number): Promise<void> {
	if (ms > 60_000) await new Promise(() => undefined);
	await setImmediate();
}

/** Messages that WeCom keeps, in pages. */
class FakeWeCom {
	readonly messages: ServiceMessage[] = [];
	readonly requests: SyncRequest[] = [];
	/** Reads at the same time, and the most there were. */
	reading = 0;
	mostReading = 0;
	fail: (request: SyncRequest, number: number) => Error | undefined = () => undefined;

	constructor(private readonly pageSize = 3) {}

	write(customer: string, { at = NOW, account = ACCOUNT, ...rest }: Record<string, unknown> = {}) {
		const message: ServiceMessage = {
			msgid: `m${this.messages.length}`,
			send_time: at as number,
			origin: 3,
			msgtype: 'text',
			open_kfid: account as string,
			external_userid: customer,
			...rest,
		};
		this.messages.push(message);
		return message.msgid;
	}

	async sync(request: SyncRequest): Promise<SyncResponse> {
		this.requests.push(request);
		this.mostReading = Math.max(this.mostReading, ++this.reading);
		await setImmediate();
		this.reading--;
		const error = this.fail(request, this.requests.length);
		if (error) throw error;
		const ofAccount = this.messages.filter(
			({ open_kfid, event }) => (open_kfid ?? event?.open_kfid) === request.open_kfid,
		);
		const from = Number(request.cursor ?? 0);
		const msg_list = ofAccount.slice(from, from + this.pageSize);
		const next = from + msg_list.length;
		return {
			next_cursor: String(next),
			has_more: next < ofAccount.length ? 1 : 0,
			msg_list,
		};
	}
}

/** A process of n8n with one reader. */
class FakeN8n {
	readonly reader: Reader;
	readonly logged: string[] = [];
	/** What the database has of the saved state. */
	stored: SavedState;
	running = 0;
	mostRunning = 0;
	private readonly saved: SavedState;
	private alive = true;
	failStart: (message: ServiceMessage) => boolean = () => false;

	/**
	 * @param executions what was started, by whatever process
	 * @param refusesRepeats n8n 2 starts no second execution for a message
	 */
	constructor(
		wecom: FakeWeCom,
		readonly executions: string[],
		{
			stored = {},
			refusesRepeats = true,
			options = OPTIONS,
			onStep = () => undefined,
		}: {
			stored?: SavedState;
			refusesRepeats?: boolean;
			options?: ReaderOptions;
			onStep?: () => void;
		} = {},
	) {
		this.stored = structuredClone(stored);
		this.saved = structuredClone(stored);
		this.reader = new Reader(
			{
				sync: async (request) => {
					onStep();
					return await wecom.sync(request);
				},
				start: async (message) => {
					if (!this.alive) return await new Promise(() => undefined);
					onStep();
					// n8n writes what is saved at each start.
					this.stored = structuredClone(this.saved);
					if (this.failStart(message)) throw new Error('the database is away');
					if (!(refusesRepeats && executions.includes(message.msgid))) {
						executions.push(message.msgid);
					}
					this.mostRunning = Math.max(this.mostRunning, ++this.running);
					await setImmediate();
					await setImmediate();
					this.running--;
					if (!this.alive) await new Promise(() => undefined);
					onStep();
				},
				wants: (message) => message.msgtype !== 'unwanted',
				saved: this.saved,
				now: () => NOW,
				sleep,
				log: (text) => this.logged.push(text),
			},
			options,
		);
	}

	async begin(...accounts: string[]): Promise<void> {
		await this.reader.begin(accounts.length > 0 ? accounts : [ACCOUNT]);
		this.stored = structuredClone(this.saved);
	}

	kill(): void {
		this.alive = false;
		this.reader.stop();
	}
}

async function settle(turns = 400): Promise<void> {
	for (let turn = 0; turn < turns; turn++) await setImmediate();
}

it('starts from now on: what was written before the first reading is history', async () => {
	const wecom = new FakeWeCom();
	for (let count = 0; count < 7; count++) wecom.write('amy', { at: NOW - 60 });
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	expect(executions).toEqual([]);
	const fresh = wecom.write('amy');
	n8n.reader.ring(ACCOUNT, 'token');
	await settle();
	expect(executions).toEqual([fresh]);
	expect(wecom.requests.at(-1)).toEqual({
		open_kfid: ACCOUNT,
		cursor: '7',
		token: 'token',
		limit: 1_000,
	});
});

it('takes the last hours if the builder wants that', async () => {
	const wecom = new FakeWeCom();
	wecom.write('amy', { at: NOW - 3_601 });
	const recent = wecom.write('amy', { at: NOW - 3_599 });
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions, { options: { ...OPTIONS, startBackSeconds: 3_600 } });
	await n8n.begin();
	await settle();
	expect(executions).toEqual([recent]);
});

it('takes no history of an account that it hears of by a callback', async () => {
	const wecom = new FakeWeCom();
	wecom.write('amy', { account: 'wkNew', at: NOW - 60 });
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	const fresh = wecom.write('amy', { account: 'wkNew' });
	n8n.reader.ring('wkNew', 'token');
	await settle();
	expect(executions).toEqual([fresh]);
});

it('reads all pages, and an empty one does not end the list', async () => {
	const wecom = new FakeWeCom(1);
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	const sync = wecom.sync.bind(wecom);
	let hidden = false;
	wecom.sync = async (request) => {
		if (hidden || request.cursor !== '1') return await sync(request);
		hidden = true;
		return { next_cursor: '1b', has_more: 1, msg_list: [] };
	};
	const known = wecom.sync.bind(wecom);
	wecom.sync = async (request) =>
		await known(request.cursor === '1b' ? { ...request, cursor: '1' } : request);
	const written = [wecom.write('amy'), wecom.write('amy'), wecom.write('amy')];
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(hidden).toBe(true);
	expect(executions).toEqual(written);
});

it('reads an account once at a time, however often the bell rings', async () => {
	const wecom = new FakeWeCom(2);
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	const before = wecom.requests.length;
	for (let count = 0; count < 20; count++) {
		wecom.write('amy');
		n8n.reader.ring(ACCOUNT, `token${count}`);
	}
	await settle();
	expect(executions).toHaveLength(20);
	expect(new Set(executions).size).toBe(20);
	expect(wecom.mostReading).toBe(1);
	// Ten pages, and one more reading for all bells that rang meanwhile.
	expect(wecom.requests.length - before).toBeLessThanOrEqual(12);
});

it('reads accounts side by side: one that fails does not hold up another', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin('wkBroken', ACCOUNT);
	wecom.fail = ({ open_kfid }) => (open_kfid === 'wkBroken' ? new Error('48007') : undefined);
	const written = wecom.write('amy');
	n8n.reader.ring('wkBroken');
	n8n.reader.ring(ACCOUNT);
	await settle(50);
	expect(executions).toEqual([written]);
	expect(n8n.logged[0]).toContain('wkBroken could not be read: 48007');
	n8n.kill();
});

it('reads on without the token after a failure', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	wecom.fail = ({ token }) => (token === undefined ? undefined : new Error('95007'));
	const written = wecom.write('amy');
	n8n.reader.ring(ACCOUNT, 'expired');
	await settle();
	expect(executions).toEqual([written]);
});

it('shows a refusal of the first reading to whoever publishes the workflow', async () => {
	const wecom = new FakeWeCom();
	wecom.fail = () => new Error('48007');
	await expect(new FakeN8n(wecom, []).begin()).rejects.toThrow('48007');
});

it.each([
	['the same cursor', () => ({ next_cursor: '0', has_more: 1, msg_list: [] })],
	['no cursor', () => ({ has_more: 1, msg_list: [] })],
	[
		'always new cursors and nothing else',
		(number: number) => ({ next_cursor: `c${number}`, has_more: 1, msg_list: [] }),
	],
])('does not read without end: %s', async (_, page) => {
	const wecom = new FakeWeCom();
	wecom.write('amy', { at: NOW - 60 });
	const n8n = new FakeN8n(wecom, []);
	await n8n.begin();
	let requests = 0;
	wecom.sync = async () => {
		await setImmediate();
		return page(++requests);
	};
	n8n.reader.ring(ACCOUNT);
	for (let turn = 0; n8n.logged.length === 0 && turn < 1_000; turn++) await setImmediate();
	n8n.kill();
	expect(n8n.logged[0]).toContain('has no end');
	expect(requests).toBeLessThanOrEqual(101);
});

it('hands over what came on a page whose cursor leads nowhere, once', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions, { refusesRepeats: false });
	await n8n.begin();
	const written = [wecom.write('amy'), wecom.write('amy')];
	const sync = wecom.sync.bind(wecom);
	wecom.sync = async (request) => ({ ...(await sync(request)), next_cursor: '0', has_more: 1 });
	n8n.reader.ring(ACCOUNT);
	await settle();
	n8n.kill();
	expect(executions).toEqual(written);
	expect(n8n.logged[0]).toContain('has no end');
});

it('hands over a message once when WeCom repeats it', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions, { refusesRepeats: false });
	await n8n.begin();
	const first = wecom.write('amy');
	const other = wecom.write('amy');
	wecom.messages.push({ ...wecom.messages[0]! }, { ...wecom.messages[1]! });
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toEqual([first, other]);
});

it('passes over what nobody wants, and its cursor too', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	for (let count = 0; count < 4; count++) wecom.write('amy', { msgtype: 'unwanted' });
	const wanted = wecom.write('amy');
	n8n.reader.ring(ACCOUNT);
	await settle();
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toEqual([wanted]);
	expect(wecom.requests.at(-1)?.cursor).toBe('5');
});

it('keeps the order of each customer, and lets customers overtake each other', async () => {
	const wecom = new FakeWeCom(50);
	const running = new Map<string, number>();
	const order: Record<string, string[]> = { amy: [], bob: [] };
	let finishAmy = () => undefined as void;
	const reader = new Reader(
		{
			sync: async (request) => await wecom.sync(request),
			async start({ external_userid: customer = '', msgid }) {
				running.set(customer, (running.get(customer) ?? 0) + 1);
				expect(running.get(customer)).toBe(1);
				order[customer]?.push(msgid);
				if (customer === 'amy' && order.amy?.length === 1) {
					await new Promise<void>((resolve) => (finishAmy = resolve));
				} else await setImmediate();
				running.set(customer, 0);
			},
			wants: () => true,
			saved: {},
			now: () => NOW,
			sleep,
			log: () => undefined,
		},
		OPTIONS,
	);
	await reader.begin([ACCOUNT]);
	const written: Record<string, string[]> = { amy: [], bob: [] };
	for (let count = 0; count < 10; count++) {
		for (const customer of ['amy', 'bob']) written[customer]?.push(wecom.write(customer));
	}
	reader.ring(ACCOUNT);
	await settle();
	expect(order.bob).toEqual(written.bob);
	expect(order.amy).toHaveLength(1);
	finishAmy();
	await settle();
	expect(order.amy).toEqual(written.amy);
});

it('runs at most so many executions at the same time', async () => {
	const wecom = new FakeWeCom(100);
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions, { options: { ...OPTIONS, maxRunning: 3 } });
	await n8n.begin();
	for (let count = 0; count < 30; count++) wecom.write(`customer${count}`);
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toHaveLength(30);
	expect(n8n.mostRunning).toBe(3);
});

it('does not wait for executions if the builder does not want that', async () => {
	const wecom = new FakeWeCom(100);
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions, { options: { ...OPTIONS, oneAtATime: false } });
	await n8n.begin();
	const written = [wecom.write('amy'), wecom.write('amy'), wecom.write('amy')];
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toEqual(written);
	expect(n8n.mostRunning).toBe(3);
});

it('starts a message again until n8n takes it', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	let failures = 3;
	n8n.failStart = () => failures-- > 0;
	const written = [wecom.write('amy'), wecom.write('amy')];
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toEqual(written);
	expect(n8n.logged).toHaveLength(3);
});

it('keeps an event about a servicer apart from the customers', async () => {
	const wecom = new FakeWeCom();
	const executions: string[] = [];
	const n8n = new FakeN8n(wecom, executions);
	await n8n.begin();
	wecom.messages.push({
		msgid: 'e1',
		send_time: NOW,
		origin: 4,
		msgtype: 'event',
		event: { event_type: 'servicer_status_change', servicer_userid: 'lin', open_kfid: ACCOUNT },
	});
	n8n.reader.ring(ACCOUNT);
	await settle();
	expect(executions).toEqual(['e1']);
});

describe('n8n killed at every step', () => {
	const MESSAGES = 24;

	async function runUntilKilledAt(step: number, refusesRepeats: boolean) {
		const wecom = new FakeWeCom();
		const executions: string[] = [];
		let steps = 0;
		const first: FakeN8n = new FakeN8n(wecom, executions, {
			refusesRepeats,
			onStep: () => {
				if (++steps === step) first.kill();
			},
		});
		await first.begin();
		for (let count = 0; count < MESSAGES; count++) {
			wecom.write(`customer${count % 4}`);
			if (count % 5 === 0) first.reader.ring(ACCOUNT, 'token');
		}
		first.reader.ring(ACCOUNT, 'token');
		await settle(120);
		first.kill();
		const second = new FakeN8n(wecom, executions, { refusesRepeats, stored: first.stored });
		await second.begin();
		await settle(200);
		second.kill();
		return { executions, steps, written: wecom.messages };
	}

	it.each([
		['n8n 2, which refuses repeats', true],
		['n8n 1', false],
	])('loses nothing and keeps the order: %s', async (_, refusesRepeats) => {
		const whole = await runUntilKilledAt(Infinity, refusesRepeats);
		expect(whole.steps).toBeGreaterThan(MESSAGES * 2);
		for (let step = 2; step <= whole.steps; step++) {
			const { executions, written } = await runUntilKilledAt(step, refusesRepeats);
			const firsts = [...new Set(executions)];
			expect({ step, count: firsts.length }).toEqual({ step, count: MESSAGES });
			for (let customer = 0; customer < 4; customer++) {
				const own = written
					.filter(({ external_userid }) => external_userid === `customer${customer}`)
					.map(({ msgid }) => msgid);
				expect(firsts.filter((msgid) => own.includes(msgid))).toEqual(own);
			}
			if (refusesRepeats) expect(executions).toHaveLength(MESSAGES);
		}
	});
});
