/* eslint-disable @n8n/community-nodes/no-restricted-imports -- an HTTP client to compare with */
import { Agent } from 'node:http';

import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import { CORP } from './world';

/** How many requests wait for an answer at the same time: what the node allows itself. */
export const LANES = 4;

/** How the calls are made. */
export interface Http {
	get(path: string): Promise<IDataObject>;
	post(path: string, body: object): Promise<IDataObject>;
}

/**
 * The same calls without us. Through axios, which n8n uses too, on connections that stay open, they take what WeCom and
 * HTTP take; through n8n's helper, what n8n takes as well.
 */
export class Floor {
	constructor(private readonly http: Http) {}

	static async start(baseURL: string): Promise<Floor> {
		const httpAgent = new Agent({ keepAlive: true, maxSockets: LANES });
		const http = axios.create({ baseURL, httpAgent });
		const { data } = await http.get<IDataObject>(PATHS.token, {
			params: { corpid: CORP.corpId, corpsecret: CORP.secret },
		});
		http.defaults.params = { access_token: data.access_token };
		const floor = new Floor({
			get: async (path) => (await http.get<IDataObject>(path)).data,
			post: async (path, body) => (await http.post<IDataObject>(path, body)).data,
		});
		// The probe that follows every new token.
		await floor.get(PATHS.members);
		return floor;
	}

	async get(path: string): Promise<IDataObject> {
		return await this.http.get(path);
	}

	async post(path: string, body: object): Promise<IDataObject> {
		return await this.http.post(path, body);
	}

	/** All pages of a list. */
	async pages(path: string, body: object, list: string): Promise<IDataObject[]> {
		const rows: IDataObject[] = [];
		let cursor = '';
		do {
			const page = await this.post(path, { ...body, cursor });
			rows.push(...(page[list] as IDataObject[]));
			cursor = String(page.next_cursor);
		} while (cursor !== '');
		return rows;
	}

	/** Answers by input, from as many lanes as the node has. */
	async lanes<T, R>(inputs: readonly T[], work: (input: T) => Promise<R>): Promise<R[]> {
		const results: R[] = [];
		let next = 0;
		const lane = async () => {
			while (next < inputs.length) {
				const index = next++;
				results[index] = await work(inputs[index] as T);
			}
		};
		await Promise.all(Array.from({ length: LANES }, lane));
		return results;
	}

	/** Every member's customers with details. Up to 100 members are one list, more are as many groups as there are lanes. */
	async details(members: readonly string[]): Promise<IDataObject[]> {
		const size =
			members.length <= 100 ? members.length : Math.min(100, Math.ceil(members.length / LANES));
		const groups = Array.from({ length: Math.ceil(members.length / size) }, (_, index) =>
			members.slice(index * size, (index + 1) * size),
		);
		const found = await this.lanes(
			groups,
			async (userid_list) =>
				await this.pages(PATHS.customers, { userid_list, limit: 100 }, 'external_contact_list'),
		);
		// As n8n wants its items.
		return found.flat().map((json) => ({ json }));
	}

	async status(msgid: string): Promise<IDataObject[]> {
		const members = await this.pages(PATHS.taskMembers, { msgid, limit: 1_000 }, 'task_list');
		const found = await this.lanes(
			members,
			async ({ userid }) =>
				await this.pages(PATHS.taskResults, { msgid, userid, limit: 1_000 }, 'send_list'),
		);
		return found.flat().map((json) => ({ json }));
	}
}
