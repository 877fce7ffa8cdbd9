import type { Corp, Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { TestClient } from '../testClient';
import type { Receiver } from './receiver';
import { decrypt, nodeOf, nodesOf, startReceiver } from './receiver';

/** `Event.ChangeType`, and the nodes that the event has of its own. */
export type HeardEvent = [string, Record<string, string>];

/** A sandbox whose callback URL leads to a receiver, for tests of what people do. */
export interface Hearing {
	readonly sandbox: Sandbox;
	readonly corp: Corp;
	/** Calls the control API. */
	readonly post: (path: string, body: object) => Promise<Body>;
	/** The events that arrived since the last call, in the order in which they were sent. */
	readonly events: () => Promise<HeardEvent[]>;
}

/**
 * Starts a sandbox and a receiver before each test and stops them after.
 *
 * @param take gets the new ones
 */
export function useHearing(take: (hearing: Hearing) => void): void {
	let sandbox: Sandbox;
	let receiver: Receiver;
	beforeEach(async () => {
		sandbox = await startSandbox();
		receiver = await startReceiver();
		take(hearingOf(sandbox, receiver));
	});
	afterEach(async () => {
		await sandbox.stop();
		receiver.stop();
	});
}

function hearingOf(sandbox: Sandbox, receiver: Receiver): Hearing {
	const client = new TestClient(sandbox);
	const { corp, callbacks } = sandbox.world;
	callbacks.setTarget(receiver.target);
	let known = 0;
	return {
		sandbox,
		corp,
		post: async (path, body) => await client.control('POST', path, body),
		events: async () => {
			await callbacks.idle();
			const sent = callbacks.deliveries().map(({ xml }) => xml);
			const arrived = receiver.received
				.map(({ body }) => nodeOf(body, 'Encrypt') ?? '')
				.map((encrypted) => decrypt(receiver.target.encodingAesKey, encrypted).message);
			expect([...arrived].sort()).toEqual([...sent].sort());
			const fresh = sent.slice(known);
			known = sent.length;
			return fresh.map((xml) => eventOf(sandbox, xml));
		},
	};
}

function eventOf({ corpId, clock }: Sandbox, xml: string): HeardEvent {
	const { ToUserName, FromUserName, CreateTime, MsgType, Event, ChangeType, ...own } = nodesOf(xml);
	expect([ToUserName, FromUserName, MsgType]).toEqual([corpId, 'sys', 'event']);
	expect(Number(CreateTime)).toBeLessThanOrEqual(clock.now());
	return [`${Event}.${ChangeType}`, own];
}
