import { createDecipheriv } from 'node:crypto';
import type { Request, Response } from 'express';
import express from 'express';

import type { CallbackTarget } from './target';

/** Published example of doc 90968. */
export const PUBLISHED = {
	receiveId: 'wx5823bf96d3bd56c7',
	word: 'QDG6eK',
	aes: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
	timestamp: '1409659813',
	nonce: '1372623149',
	signature: '477715d11cdb4164915debcba66cb864d751f3e6',
	encrypted:
		'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczc' +
		'dCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLj' +
		'vd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn' +
		'vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k' +
		'22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy' +
		'yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

/** A receiver's side of doc 90968, written independently of the sender's. */
export function decrypt(
	aes: string,
	encrypted: string,
): { message: string; receiveId: string; random: Buffer } {
	const key = Buffer.from(aes, 'base64');
	const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
	decipher.setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
	expect(padded.length % 32).toBe(0);
	const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
	const length = plain.readUInt32BE(16);
	return {
		message: plain.subarray(20, 20 + length).toString(),
		receiveId: plain.subarray(20 + length).toString(),
		random: plain.subarray(0, 16),
	};
}

/** The text of a node, with or without CDATA. */
export function nodeOf(xml: string, name: string): string | undefined {
	return new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1];
}

export interface ReceivedRequest {
	readonly method: string;
	readonly query: Record<string, string>;
	readonly body: string;
}

/** What is behind a callback URL, for tests. */
export interface Receiver {
	readonly target: CallbackTarget;
	/** Every request so far. */
	readonly received: ReadonlyArray<ReceivedRequest>;
	/** How it responds; a test may put another function here. Default: an empty 200. */
	respond: (request: Request, response: Response) => void;
	stop(): void;
}

/** Starts a receiver on 127.0.0.1. */
export async function startReceiver(): Promise<Receiver> {
	const received: ReceivedRequest[] = [];
	const app = express();
	app.use(express.text({ type: () => true }));
	app.use((request, response) => {
		const { method, query, body } = request;
		received.push({
			method,
			query: query as Record<string, string>,
			body: typeof body === 'string' ? body : '',
		});
		receiver.respond(request, response);
	});
	const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	const { port } = server.address() as { port: number };
	const receiver: Receiver = {
		target: {
			url: `http://127.0.0.1:${port}/hook?path=kept`,
			token: PUBLISHED.word,
			encodingAesKey: PUBLISHED.aes,
		},
		received,
		respond: (_request, response) => void response.end(),
		stop() {
			server.close();
			server.closeAllConnections();
		},
	};
	return receiver;
}

/** The nodes directly below `<xml>`: texts as they are, lists as their inner XML. */
export function nodesOf(xml: string): Record<string, string> {
	const inside = /^<xml>(.*)<\/xml>$/s.exec(xml)?.[1] ?? '';
	const nodes = inside.matchAll(/<(\w+)>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?<\/\1>/gs);
	return Object.fromEntries([...nodes].map(([, name = '', value = '']) => [name, value]));
}
