/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server on loopback to compare with */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import {
	WeComCallbackApi,
	WeComExternalContactApi,
	WeComExternalContactTrigger,
} from '../../index.js';
import type { SyncResponse } from '../../nodes/shared/client/customerService/types';
import { Reader } from '../../nodes/shared/client/customerService/reader';
import { request, SECRETS } from '../client/callbacks/requests';
import { createEngine } from '../harness/engine';
import { Floor } from './floor';
import type { Scenario } from './scenarios';
import { SERVICE_MESSAGES } from './world';

const EVENTS = 1_000;
const SYNC = '/cgi-bin/kf/sync_msg';

const nobody = { members: 0, customersOfEach: 0 };

/** What waits for WeCom instead of asking it. */
export const listening: readonly Scenario[] = [
	{
		name: '1,000 events of a trigger',
		world: nobody,
		size: EVENTS,
		node: async () => await withTrigger(post),
		floor: async () => await withBareServer(post),
		fewestCalls: 0,
	},
	{
		name: '1,000 messages of customer service',
		world: nobody,
		size: SERVICE_MESSAGES,
		node: async (url) => await readMessages(await Floor.start(url)),
		floor: async (floor) => {
			let cursor = '';
			let more = true;
			while (more) {
				const page = await floor.post(SYNC, { open_kfid: 'wkA', cursor, limit: 1_000 });
				cursor = String(page.next_cursor);
				more = page.has_more === 1;
			}
		},
		fewestCalls: 1,
	},
];

/** n8n's engine runs a workflow for each event. */
async function withTrigger(send: (url: string) => Promise<void>): Promise<void> {
	const engine = createEngine({
		nodeTypes: [new WeComExternalContactTrigger()],
		credentialTypes: [new WeComCallbackApi(), new WeComExternalContactApi()],
	});
	const { token, encodingAesKey, receiveId } = SECRETS;
	const data = { corpId: receiveId, token, encodingAesKeySecret: encodingAesKey };
	const server = await engine.serveTrigger({
		credentials: [engine.credential(data, 'weComCallbackApi')],
		node: { parameters: { events: ['*'] } },
	});
	await send(server.url);
	const results = await Promise.all(server.executions);
	await server.stop();
	if (results.length !== EVENTS)
		throw new Error(`${results.length} executions of ${EVENTS} events`);
}

/** Answers and does nothing else. */
async function withBareServer(send: (url: string) => Promise<void>): Promise<void> {
	const server = createServer((incoming, response) => {
		incoming.resume().on('end', () => response.end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}

/** Different events, one after the other. */
async function post(url: string): Promise<void> {
	for (let index = 0; index < EVENTS; index++) {
		const message = `<xml><ToUserName>${SECRETS.receiveId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>${1_764_550_000 + index}</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>lin</UserID><ExternalUserID>wm${index}</ExternalUserID></xml>`;
		const { query, body, contentType } = request({ message });
		await axios.post(url, body, { params: query, headers: { 'content-type': contentType } });
	}
}

/** Each message becomes an execution, which here ends at once. */
async function readMessages(floor: Floor): Promise<void> {
	let started = 0;
	await new Promise<void>((resolve, reject) => {
		const reader = new Reader(
			{
				sync: async (body) => (await floor.post(SYNC, body)) as SyncResponse,
				async start() {
					if (++started === SERVICE_MESSAGES) resolve();
					await Promise.resolve();
				},
				wants: () => true,
				saved: { notBefore: 1 },
				now: () => Math.floor(Date.now() / 1_000),
				sleep: async (ms) => await sleep(ms, undefined, { ref: false }),
				log: (text) => reject(new Error(text)),
			},
			{ startBackSeconds: 0, oneAtATime: true, maxRunning: 10 },
		);
		reader.begin(['wkA']).catch(reject);
	});
}
