/* eslint-disable @n8n/community-nodes/no-restricted-imports -- rule for shipped code; here is the server of n8n */
import { coreServices } from './environment';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InstanceSettings, validateUrlSignature, WebhookContext } from 'n8n-core';
import express from 'express';
import type { Request, Response } from 'express';
import type {
	IRunExecutionData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { deepCopy, UnexpectedError } from 'n8n-workflow';

import type { EngineResult } from './results';

/** What the harness needs of the engine to serve the page of an execution that waits. */
export interface WaitingSurroundings {
	readonly executionId: string;
	readonly mode: WorkflowExecuteMode;
	/** As n8n loads it anew. */
	readonly workflow: Workflow;
	readonly additionalData: IWorkflowExecuteAdditionalData;
	/** As n8n has stored it. */
	readonly stored: IRunExecutionData;
	/** Runs the execution on. */
	resume(data: IRunExecutionData): Promise<EngineResult>;
}

export interface Page {
	readonly status: number;
	readonly text: string;
	readonly headers: Headers;
}

/**
 * An execution that waits, and n8n's address for it (packages/cli: waiting-webhooks.ts, webhook-helpers.ts,
 * wait-tracker.ts of n8n 2): the signature comes first, then the state of the execution, then the node.
 */
export class WaitingExecution {
	/** The executions that went on; more than one would be one too many. */
	readonly resumed: Array<Promise<EngineResult>> = [];

	/** Errors of `webhook()`. */
	readonly failures: Error[] = [];

	/** What n8n does before it runs the execution on; one that rejects is a database that is away. */
	beforeResume: () => Promise<void> = async () => {};

	private state: 'waiting' | 'finished' = 'waiting';

	private server?: Server;

	constructor(private readonly surroundings: WaitingSurroundings) {}

	async start(): Promise<this> {
		const app = express();
		app.set('query parser', 'extended');
		app.use(express.urlencoded({ extended: true }), express.json());
		app.all('/webhook-waiting/:executionId/:suffix', (request, response) => {
			void this.serve(request, response);
		});
		this.server = await new Promise<Server>((resolve) => {
			const starting = app.listen(0, '127.0.0.1', () => resolve(starting));
		});
		return this;
	}

	async stop(): Promise<void> {
		const closed = new Promise<void>((resolve) => void this.server?.close(() => resolve()));
		this.server?.closeAllConnections();
		await closed;
	}

	/** What a browser, or a scanner of links, does. */
	async open(link: string): Promise<Page> {
		return await this.request(link, { method: 'GET' });
	}

	async press(link: string, form: Record<string, string>): Promise<Page> {
		return await this.request(link, { method: 'POST', body: new URLSearchParams(form) });
	}

	/** Any request to the address of the link, which is on this server here. */
	async request(link: string, init: RequestInit): Promise<Page> {
		const { port } = this.server?.address() as AddressInfo;
		const { pathname, search } = new URL(link);
		const response = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, init);
		return { status: response.status, text: await response.text(), headers: response.headers };
	}

	/** The time is over: n8n runs the execution on by itself. */
	async expire(): Promise<EngineResult> {
		return await this.resume(deepCopy(this.surroundings.stored));
	}

	private async serve(request: Request, response: Response): Promise<void> {
		const { stored } = this.surroundings;
		if (!isSigned(request)) return void response.status(401).send('Invalid token');
		if (this.state === 'finished') return void response.send('No action required');
		const data = deepCopy(stored);
		const entry = data.executionData?.nodeExecutionStack[0];
		const last = data.resultData.lastNodeExecuted ?? '';
		if (!entry) throw new UnexpectedError('Nothing waits');
		entry.node.disabled = true;
		data.waitTill = undefined;
		data.resultData.runData[last]?.pop();
		try {
			const result = await this.callNode(last, data, request, response);
			if (result.noWebhookResponse || !result.workflowData) return;
			await this.beforeResume();
			entry.data.main = result.workflowData;
			void this.resume(data);
			response.status(200).send(result.webhookResponse ?? { message: 'Workflow was started' });
		} catch (error) {
			this.failures.push(error as Error);
			if (!response.headersSent) response.status(500).json({ message: (error as Error).message });
		}
	}

	private async resume(data: IRunExecutionData): Promise<EngineResult> {
		const resumed = this.surroundings.resume(data);
		this.resumed.push(resumed);
		const result = await resumed;
		this.state = 'finished';
		return result;
	}

	private async callNode(
		name: string,
		data: IRunExecutionData,
		httpRequest: Request,
		httpResponse: Response,
	): Promise<IWebhookResponseData> {
		const { additionalData, executionId, mode, workflow } = this.surroundings;
		const node = workflow.getNode(name);
		if (!node) throw new UnexpectedError(`No node ${name}`);
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const description = type.description.webhooks?.find(
			({ httpMethod, restartWebhook }) => restartWebhook && httpMethod === httpRequest.method,
		);
		if (!type.webhook || !description || httpRequest.params.suffix !== node.id) {
			httpResponse.send('No action required');
			return { noWebhookResponse: true };
		}
		const ofRequest: IWorkflowExecuteAdditionalData = {
			...additionalData,
			executionId,
			httpRequest,
			httpResponse,
		};
		const webhookData = {
			httpMethod: description.httpMethod as 'GET' | 'POST',
			node: name,
			path: node.id,
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: ofRequest,
		};
		const context = new WebhookContext(workflow, node, ofRequest, mode, webhookData, [], data);
		return await type.webhook.call(context);
	}
}

function isSigned({ originalUrl, query }: Request): boolean {
	const url = new URL(originalUrl, 'http://n8n.test');
	const secret = coreServices().get(InstanceSettings).hmacSignatureSecret;
	return typeof query.signature === 'string' && validateUrlSignature(query.signature, url, secret);
}
