import axios from 'axios';

import type { Corp, Sandbox } from '../index';
import { startSandbox } from '../index';
import type { Body } from '../testClient';
import { decrypt, nodeOf, nodesOf, startReceiver } from './receiver';

/** `Event.ChangeType`, and the nodes that the event has of its own. */
export type HeardEvent = [string, Record<string, string>];

/** A sandbox whose callback URL leads to a receiver, for tests of what people do. */
export interface Hearing {
	readonly sandbox: Sandbox;
	readonly corp: Corp;
	/** Calls the control API. */
	post(path: string, body: object): Promise<Body>;
	/** The events that arrived since the last call, in the order in which they were sent. */
	events(): Promise<HeardEvent[]>;
	stop(): Promise<void>;
}

export async function startHearing(): Promise<Hearing> {
	const sandbox = await startSandbox();
	const receiver = await startReceiver();
	const { corp, callbacks } = sandbox.world;
	callbacks.setTarget(receiver.target);
	let known = 0;
	return {
		sandbox,
		corp,
		async post(path, body) {
			const options = { proxy: false, validateStatus: () => true } as const;
			return (await axios.post(`${sandbox.url}/sandbox${path}`, body, options)).data;
		},
		async events() {
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
		async stop() {
			await sandbox.stop();
			receiver.stop();
		},
	};
}

function eventOf({ corpId, clock }: Sandbox, xml: string): HeardEvent {
	const { ToUserName, FromUserName, CreateTime, MsgType, Event, ChangeType, ...own } = nodesOf(xml);
	expect([ToUserName, FromUserName, MsgType]).toEqual([corpId, 'sys', 'event']);
	expect(Number(CreateTime)).toBeLessThanOrEqual(clock.now());
	return [`${Event}.${ChangeType}`, own];
}
