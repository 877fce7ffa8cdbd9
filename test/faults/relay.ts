/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a real listener that can go away */
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A port in front of the sandbox that can refuse connections, which a server that runs cannot do itself. */
export class Relay {
	private readonly sockets = new Set<Socket>();
	private readonly server = createServer((client) => {
		const upstream = connect(this.target, '127.0.0.1');
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			this.sockets.add(from);
			from.on('data', (data) => to.write(data));
			from.on('close', () => {
				this.sockets.delete(from);
				to.destroy();
			});
			from.on('error', () => to.destroy());
		}
	});
	private port = 0;

	constructor(private readonly target: number) {}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async open(): Promise<void> {
		if (this.server.listening) return;
		await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
		this.port = (this.server.address() as AddressInfo).port;
	}

	/** From now on connections are refused, and those that are open are cut. */
	refuse(): void {
		this.server.close();
		for (const socket of this.sockets) socket.destroy();
	}
}
