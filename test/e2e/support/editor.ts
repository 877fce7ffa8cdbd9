/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a rule for shipped code; tests call n8n over HTTP */
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import axios from 'axios';
import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { unflat } from './unflat';
import type { WorkflowDefinition } from './workflows';
import { waitFor } from './processes';

export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Olivia',
	lastName: 'Owner',
	// n8n asks for a capital letter and a number.
	password: `Owner-1-${randomUUID()}`,
};

const REQUEST_TIMEOUT_MS = 120_000;
/** Of a page of n8n's list. */
const MOST_EXECUTIONS = 100;

export interface Credential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
}

export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	/** As n8n sends and stores it, for looking into every corner. */
	readonly raw: string;
	readonly error?: { message: string; description?: string; node?: { name: string } };
	/** The runs of a node, oldest first. */
	runs(node: string): readonly NodeRun[];
	/** The items of a node's first output in its last run. */
	output(node: string): readonly INodeExecutionData[];
}

export interface NodeRun {
	readonly executionStatus?: string;
	readonly error?: { message: string; description?: string; messages?: string[] };
	readonly hints?: ReadonlyArray<{ message: string; type?: string }>;
	readonly data?: Record<string, Array<INodeExecutionData[] | null> | undefined>;
	readonly inputOverride?: IDataObject;
}

/** n8n over the interface that its editor uses, as the owner of the instance. */
export class Editor {
	private constructor(private readonly http: AxiosInstance) {}

	/** Creates the owner account on a new instance, or logs in. */
	static async open(url: string): Promise<Editor> {
		const http = axios.create({
			baseURL: url,
			timeout: REQUEST_TIMEOUT_MS,
			proxy: false,
			// n8n closes idle connections, also under a request when it is busy with 25,000 items.
			httpAgent: new Agent({ keepAlive: false }),
			maxContentLength: Infinity,
			validateStatus: () => true,
			headers: { 'browser-id': randomUUID() },
		});
		const editor = new Editor(http);
		const { userManagement } = await editor.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>({ url: '/rest/settings' });
		const answer = userManagement.showSetupOnFirstLoad
			? await http.post('/rest/owner/setup', OWNER)
			: await http.post('/rest/login', {
					emailOrLdapLoginId: OWNER.email,
					password: OWNER.password,
				});
		const cookies = answer.headers['set-cookie'] ?? [];
		if (answer.status !== 200 || cookies.length === 0) throw refusal('Log in', answer);
		http.defaults.headers.common.cookie = cookies.map((each) => each.split(';')[0]).join('; ');
		return editor;
	}

	/** @throws Error with n8n's answer when it is not a success */
	async request<T>(config: AxiosRequestConfig): Promise<T> {
		const answer = await waitFor(
			'n8n to be ready',
			async () => {
				const given = await this.http.request<{ data?: T }>(config);
				// On a machine that is too busy n8n takes its database for lost, until it answers again.
				return given.status !== 503 && given;
			},
			{ everyMs: 1_000 },
		);
		if (answer.status >= 300) throw refusal(`${config.method ?? 'GET'} ${config.url}`, answer);
		return (answer.data?.data ?? answer.data) as T;
	}

	/** A file that n8n serves, as text. */
	async file(path: string): Promise<{ status: number; type: string; body: string }> {
		const answer = await this.http.get<string>(path, { responseType: 'text' });
		const { status, headers, data } = answer;
		return { status, type: String(headers['content-type']), body: String(data) };
	}

	async nodeTypes(): Promise<IDataObject[]> {
		return await this.request<IDataObject[]>({ url: '/types/nodes.json' });
	}

	async credentialTypes(): Promise<IDataObject[]> {
		return await this.request<IDataObject[]>({ url: '/types/credentials.json' });
	}

	async createCredential(name: string, type: string, data: IDataObject): Promise<Credential> {
		return await this.request<Credential>({
			method: 'POST',
			url: '/rest/credentials',
			data: { name, type, data },
		});
	}

	async updateCredential({ id, name, type }: Credential, data: IDataObject): Promise<void> {
		await this.request({
			method: 'PATCH',
			url: `/rest/credentials/${id}`,
			data: { id, name, type, data },
		});
	}

	/** What the dialog says after Save or Retry. */
	async testCredential(
		credential: Credential,
		data: IDataObject,
	): Promise<{ status: string; message: string }> {
		const { id, name, type } = credential;
		return await this.request({
			method: 'POST',
			url: '/rest/credentials/test',
			data: { credentials: { id, name, type, data } },
		});
	}

	async createWorkflow(definition: WorkflowDefinition): Promise<SavedWorkflow> {
		return await this.request<SavedWorkflow>({
			method: 'POST',
			url: '/rest/workflows',
			// As n8n's editor sends it; without pinned data, running a single step of a saved workflow fails in n8n.
			data: { pinData: {}, ...definition, active: false },
		});
	}

	async updateWorkflow(
		{ id }: SavedWorkflow,
		definition: WorkflowDefinition,
	): Promise<SavedWorkflow> {
		const { versionId } = await this.request<SavedWorkflow>({ url: `/rest/workflows/${id}` });
		return await this.request<SavedWorkflow>({
			method: 'PATCH',
			url: `/rest/workflows/${id}`,
			data: { ...definition, versionId },
		});
	}

	/** Switches a workflow with a trigger on or off. */
	async setActive({ id }: SavedWorkflow, active: boolean): Promise<void> {
		const saved = await this.request<SavedWorkflow>({ url: `/rest/workflows/${id}` });
		const { versionId } = saved;
		const answer = await this.http.post(
			`/rest/workflows/${id}/${active ? 'activate' : 'deactivate'}`,
			{ versionId },
		);
		if (answer.status < 300) return;
		// n8n 1.x has no such path.
		if (answer.status !== 404) throw refusal(active ? 'Activate' : 'Deactivate', answer);
		await this.request({
			method: 'PATCH',
			url: `/rest/workflows/${id}`,
			data: { active, versionId },
		});
	}

	/** What the button "Execute workflow" does. */
	async start(workflow: SavedWorkflow): Promise<string> {
		const { executionId } = await this.press(workflow);
		if (executionId === undefined) throw new Error('The workflow waits for something');
		return executionId;
	}

	/** What the button "Execute step" of a trigger does that waits for a request. */
	async listen(workflow: SavedWorkflow): Promise<void> {
		const { waitingForWebhook } = await this.press(workflow);
		if (!waitingForWebhook) throw new Error('n8n does not listen');
	}

	private async press(workflow: SavedWorkflow): Promise<Started> {
		const workflowData = await this.request<SavedWorkflow>({
			url: `/rest/workflows/${workflow.id}`,
		});
		const trigger = workflowData.nodes.find(({ type }) => type.endsWith('Trigger'));
		return await this.request<Started>({
			method: 'POST',
			url: `/rest/workflows/${workflow.id}/run`,
			data: {
				workflowData,
				startNodes: [],
				triggerToStartFrom: { name: trigger?.name ?? '' },
			},
		});
	}

	/** What the button "Stop" of a running execution does. */
	async stop(executionId: string): Promise<void> {
		await this.request({ method: 'POST', url: `/rest/executions/${executionId}/stop` });
	}

	/** What the button "Retry with currently saved workflow" does; gives the new execution. */
	async retry(executionId: string): Promise<string> {
		const { id } = await this.request<{ id: string }>({
			method: 'POST',
			url: `/rest/executions/${executionId}/retry`,
			data: { loadWorkflow: true },
		});
		return id;
	}

	async execution(id: string): Promise<Execution> {
		const { data, status, mode } = await this.request<{
			data: string;
			status: string;
			mode: string;
		}>({ url: `/rest/executions/${id}` });
		return toExecution(id, status, mode, data);
	}

	/** Waits until the execution has ended, however it ends. */
	async ended(id: string, timeoutMs = 120_000): Promise<Execution> {
		await waitFor(
			`execution ${id} to end`,
			async () => {
				const rows = await this.executions({ status: ['new', 'running', 'waiting', 'unknown'] });
				return rows.every((row) => row.id !== id);
			},
			{ timeoutMs, everyMs: 200 },
		);
		return await this.execution(id);
	}

	/** Starts a saved workflow and waits for its end. */
	async runSaved(workflow: SavedWorkflow, timeoutMs?: number): Promise<Execution> {
		return await this.ended(await this.start(workflow), timeoutMs);
	}

	/** Saves a new workflow, starts it and waits for its end. */
	async run(definition: WorkflowDefinition, timeoutMs?: number): Promise<Execution> {
		return await this.runSaved(await this.createWorkflow(definition), timeoutMs);
	}

	async executions(filter: IDataObject = {}): Promise<ExecutionRow[]> {
		const found = new Map<string, ExecutionRow>();
		let from: IDataObject = {};
		for (;;) {
			const { results, nextCursor } = await this.request<ExecutionPage>({
				url: '/rest/executions',
				params: { filter: JSON.stringify(filter), limit: MOST_EXECUTIONS, ...from },
			});
			for (const row of results) found.set(row.id, row);
			if (nextCursor) from = { cursor: nextCursor };
			// n8n 1.x has no cursor, and puts those that run on every page.
			else if (nextCursor === undefined && results.length >= MOST_EXECUTIONS)
				from = { lastId: String(Math.min(...results.map(({ id }) => Number(id)))) };
			else return [...found.values()];
		}
	}
}

interface Started {
	readonly executionId?: string;
	readonly waitingForWebhook?: boolean;
}

interface ExecutionRow {
	readonly id: string;
	readonly status: string;
}

interface ExecutionPage {
	readonly results: readonly ExecutionRow[];
	readonly nextCursor?: string | null;
}

export interface SavedWorkflow extends WorkflowDefinition {
	readonly id: string;
	readonly versionId: string;
}

function toExecution(id: string, status: string, mode: string, raw: string): Execution {
	// Of an execution that was cut off nothing may be stored.
	const data = unflat(raw) as
		| { resultData?: { runData?: Record<string, NodeRun[]>; error?: Execution['error'] } }
		| undefined;
	const runs = (node: string) => data?.resultData?.runData?.[node] ?? [];
	return {
		id,
		status,
		mode,
		raw,
		error: data?.resultData?.error,
		runs,
		output: (node) => runs(node).at(-1)?.data?.main?.[0] ?? [],
	};
}

function refusal(what: string, answer: { status: number; data?: unknown }): Error {
	return new Error(`${what}: HTTP ${answer.status} ${JSON.stringify(answer.data).slice(0, 1_000)}`);
}
