import type { AxiosResponse } from 'axios';
import axios from 'axios';

import { randomId } from './core/ids';
import type { App, Media, MediaType, Sandbox, SandboxOptions } from './index';
import { CALLABLE_AGENT_ID, startSandbox } from './index';
import type { Corp } from './world/corp';

/** A response body, read loosely: the tests say what must be in it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- response bodies are compared, never trusted
export type Body = any;

/** Calls the sandbox over real HTTP, as one app. */
export class TestClient {
	private token: string | undefined;

	constructor(
		readonly sandbox: Sandbox,
		readonly corp: Corp = sandbox.world.corp,
		readonly agentId = CALLABLE_AGENT_ID,
	) {}

	get app(): App {
		const app = this.corp.apps.get(this.agentId);
		if (!app) throw new Error(`No app ${this.agentId}`);
		return app;
	}

	/** Asks for a new token. */
	async signIn(): Promise<string> {
		const response = await this.raw('GET', '/cgi-bin/gettoken', {
			query: { corpid: this.corp.corpId, corpsecret: this.app.secret },
		});
		this.token = response.data.access_token as string;
		return this.token;
	}

	async get(path: string, query: Record<string, string> = {}): Promise<Body> {
		const access_token = this.token ?? (await this.signIn());
		return (await this.raw('GET', path, { query: { access_token, ...query } })).data;
	}

	async post(path: string, body: unknown = {}, query: Record<string, string> = {}): Promise<Body> {
		const access_token = this.token ?? (await this.signIn());
		return (await this.raw('POST', path, { query: { access_token, ...query }, body })).data;
	}

	/** Posts to an endpoint below /cgi-bin/externalcontact/. */
	async contact(name: string, body: unknown = {}): Promise<Body> {
		return await this.post(`/cgi-bin/externalcontact/${name}`, body);
	}

	/** Calls the control API. */
	async control(method: string, path: string, body?: unknown): Promise<Body> {
		return (await this.raw(method, `/sandbox${path}`, { body })).data;
	}

	async raw(
		method: string,
		path: string,
		{ query, body }: { query?: Record<string, string>; body?: unknown } = {},
	): Promise<AxiosResponse<Body>> {
		return await axios.request({
			method,
			url: this.sandbox.url + path,
			params: query,
			data: body,
			proxy: false,
			validateStatus: () => true,
		});
	}
}

/** What a test of the sandbox works with. */
export interface Fresh {
	readonly sandbox: Sandbox;
	readonly client: TestClient;
	readonly corp: Corp;
}

/**
 * Starts a sandbox before each test and stops it after.
 *
 * @param options.frozen the clock stands still until a test moves it
 * @param take gets the new sandbox, its corp and a client for its callable app
 */
export function useSandbox(
	{ frozen = false, ...options }: SandboxOptions & { readonly frozen?: boolean },
	take: (fresh: Fresh) => void,
): void {
	let running: Sandbox | undefined;
	beforeEach(async () => {
		running = await startSandbox(options);
		if (frozen) running.clock.freeze();
		take({ sandbox: running, client: new TestClient(running), corp: running.world.corp });
	});
	afterEach(async () => await running?.stop());
}

/** IDs of the first customers of a member. */
export function customersOf(corp: Corp, userid: string, count?: number): string[] {
	const relations = corp.members.get(userid)?.relations ?? [];
	return relations
		.filter((relation) => !relation.deleted)
		.slice(0, count)
		.map((relation) => relation.customer.externalUserid);
}

/** A file that the corp has uploaded; gives its `media_id`. */
export function addMedia(
	{ world, clock }: Sandbox,
	type: MediaType,
	{ mediaId = randomId(20), ...file }: Partial<Media> = {},
): string {
	world.corp.media.set(mediaId, {
		mediaId,
		type,
		fileName: 'f',
		mimeType: 'x/y',
		content: Buffer.alloc(10),
		createdAt: clock.now(),
		...file,
	});
	return mediaId;
}

/** ID of the living tag of that name. */
export function tagId(corp: Corp, name: string): string {
	const tag = [...corp.tags.values()].find((each) => each.name === name && !each.deleted);
	if (!tag) throw new Error(`No tag ${name}`);
	return tag.tagId;
}

/** chat_id of the customer group of that name. */
export function chatId(corp: Corp, name: string): string {
	const group = [...corp.groups.values()].find((each) => each.name === name);
	if (!group) throw new Error(`No group ${name}`);
	return group.chatId;
}
