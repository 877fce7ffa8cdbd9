/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a real server whose answers take real time */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const EVERY_MS = 20;

/** A proxy in front of WeCom that passes requests on, but gives the answers of some paths a byte at a time for ever. */
export class DrippingProxy {
	/** Paths whose next answers drip, and how many of them. */
	readonly drips = new Map<string, number>();
	/** Connections over which it drips just now. */
	open = 0;
	private readonly server = createServer((request, response) => {
		void this.handle(request, response);
	});

	/** @param target where WeCom is */
	constructor(private readonly target: string) {}

	async start(): Promise<string> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method = 'GET', url = '/' } = request;
		const path = url.replace(/\?.*/, '');
		const answer = await fetch(`${this.target}${url}`, {
			method,
			...(method === 'POST' && { body: Buffer.concat(chunks) }),
		});
		const body = await answer.text();
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		const drips = this.drips.get(path) ?? 0;
		if (drips === 0) {
			response.end(body);
			return;
		}
		this.drips.set(path, drips - 1);
		this.open++;
		// White space in front of JSON says nothing.
		const drip = setInterval(() => response.write(' '), EVERY_MS);
		response.once('close', () => {
			clearInterval(drip);
			this.open--;
		});
	}
}
