import type { Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { addMedia, customersOf, TestClient } from '../testClient';
import type { Settings } from '../settings';
import type { CustomerService } from './world';

/** A sandbox with an account, one customer and a stopped clock, for the tests of this area. */
export interface Desk {
	readonly sandbox: Sandbox;
	readonly client: TestClient;
	readonly service: CustomerService;
	/** The account, and the customer. */
	readonly pair: { readonly open_kfid: string; readonly external_userid: string };
	kf(name: string, body?: object): Promise<Body>;
	/** Sends a text, or what is given beside it. */
	send(content?: object): Promise<Body>;
	/** Rows from the cursor on, to the end. */
	read(cursor?: string, more?: object): Promise<Body>;
	write(text?: string): string;
	upload(type: 'image' | 'voice' | 'video' | 'file'): string;
}

/**
 * Opens a desk before each test and closes it after.
 *
 * @param take gets the new one
 * @returns opens another one in its place, with settings of its own
 */
export function useDesk(
	take: (desk: Desk) => void,
): (settings?: Partial<Settings>) => Promise<void> {
	let desk: Desk;
	const open = async (settings?: Partial<Settings>): Promise<void> => {
		desk = await openDesk(settings);
		take(desk);
	};
	beforeEach(async () => await open());
	afterEach(async () => await desk.sandbox.stop());
	return async (settings) => {
		await desk.sandbox.stop();
		await open(settings);
	};
}

async function openDesk(settings: Partial<Settings> = {}): Promise<Desk> {
	const sandbox = await startSandbox({ startAt: new Date('2026-03-10T04:00:00Z'), ...settings });
	sandbox.clock.freeze();
	const client = new TestClient(sandbox);
	const service = sandbox.world.customerService;
	const { corp } = sandbox.world;
	const [customer = ''] = customersOf(corp, 'lin', 1);
	const { data } = await client.raw('GET', '/sandbox/customer-service');
	const pair = { open_kfid: data.accounts[0].open_kfid as string, external_userid: customer };
	const kf = async (name: string, body: object = {}): Promise<Body> => {
		// Tests let days pass between two calls, and tokens live for two hours.
		await client.signIn();
		return await client.post(`/cgi-bin/kf/${name}`, body);
	};
	return {
		sandbox,
		client,
		service,
		pair,
		kf,
		send: async (content = { msgtype: 'text', text: { content: 'Hi' } }) =>
			await kf('send_msg', {
				...{ touser: customer, open_kfid: pair.open_kfid },
				...{ msgtype: 'text', text: { content: 'Hi' } },
				...content,
			}),
		read: async (cursor, more = {}) =>
			await kf('sync_msg', { open_kfid: pair.open_kfid, cursor, ...more }),
		write: (text = 'Hello') => {
			const msgid = service.write(pair.open_kfid, customer, text);
			if (msgid === undefined) throw new Error('The message was rejected');
			return msgid;
		},
		upload: (type) => addMedia(sandbox, type, { mediaId: `${type}-media` }),
	};
}
