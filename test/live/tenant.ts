import axios from 'axios';

import { PATHS } from '../harness/requests';

/** What may be called on a tenant with real customers: nothing that changes anything. */
export type Read =
	| 'members'
	| 'customerIds'
	| 'customers'
	| 'group'
	| 'tasks'
	| 'taskMembers'
	| 'taskResults';

/** An answer of WeCom, read loosely: the cases say what they look for. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are compared, never trusted
export type Response = any;

export interface TenantData {
	readonly corpId: string;
	readonly secret: string;
	readonly baseUrl: string;
}

const TIMEOUT_MS = 30_000;
const DAY_SECONDS = 86_400;

/** A corp of WeCom, real or of the sandbox, and what the cases ask of it more than once. */
export class Tenant {
	private token = '';
	private readonly known = new Map<string, Promise<Response>>();

	private constructor(private readonly data: TenantData) {}

	static async open(data: TenantData): Promise<Tenant> {
		const tenant = new Tenant(data);
		const answer = await tenant.getToken();
		if (answer.errcode !== 0) throw new Error(`No token: ${answer.errcode} ${answer.errmsg}`);
		tenant.token = answer.access_token;
		return tenant;
	}

	async getToken(): Promise<Response> {
		const { corpId: corpid, secret: corpsecret } = this.data;
		return await this.request('GET', PATHS.token, { corpid, corpsecret });
	}

	async get(read: Read, query: Record<string, string> = {}): Promise<Response> {
		return await this.request('GET', PATHS[read], { access_token: this.token, ...query });
	}

	/** @param body an object, or text that is sent as it is */
	async post(
		read: Read,
		body: object | string,
		contentType = 'application/json',
	): Promise<Response> {
		return await this.request('POST', PATHS[read], { access_token: this.token }, body, contentType);
	}

	async members(): Promise<string[]> {
		const { follow_user = [] } = await this.once('members', async () => await this.get('members'));
		return follow_user;
	}

	/** How many customers each of the first members has. */
	async customerCounts(): Promise<ReadonlyMap<string, number>> {
		const members = (await this.members()).slice(0, 50);
		return await this.once('customerCounts', async () => {
			const counts = new Map<string, number>();
			for (const userid of members) {
				const { external_userid = [] } = await this.get('customerIds', { userid });
				counts.set(userid, external_userid.length);
			}
			return counts;
		});
	}

	/** The newest or the oldest 100 single-chat mass messages of the last 28 days, as WeCom orders them. */
	async tasks(): Promise<Response[]> {
		const { group_msg_list = [] } = await this.once(
			'tasks',
			async () => await this.post('tasks', { ...this.period(28), limit: 100 }),
		);
		return group_msg_list;
	}

	/** The last days as the list of mass messages takes them. */
	period(days: number): { chat_type: 'single'; start_time: number; end_time: number } {
		const end_time = Math.floor(Date.now() / 1_000);
		return { chat_type: 'single', start_time: end_time - days * DAY_SECONDS, end_time };
	}

	private async once<T>(key: string, ask: () => Promise<T>): Promise<T> {
		if (!this.known.has(key)) this.known.set(key, ask());
		return (await this.known.get(key)) as T;
	}

	/** Fails with an error of its own: that of the HTTP library shows the URL with token and secret. */
	private async request(
		method: string,
		path: string,
		params: Record<string, string>,
		data?: object | string,
		contentType = 'application/json',
	): Promise<Response> {
		const answer = await axios
			.request({
				method,
				baseURL: this.data.baseUrl,
				url: path,
				params,
				data: typeof data === 'object' ? JSON.stringify(data) : data,
				headers: data === undefined ? {} : { 'content-type': contentType },
				timeout: TIMEOUT_MS,
				validateStatus: () => true,
			})
			.catch(({ code }: { code?: string }) => {
				throw new Error(`${path} cannot be reached (${code})`);
			});
		if (typeof answer.data !== 'object') {
			throw new Error(`${path} answered HTTP ${answer.status} without JSON`);
		}
		return answer.data;
	}
}
