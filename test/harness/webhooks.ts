/* eslint-disable @n8n/community-nodes/no-restricted-imports -- rule for shipped code; here is the server of n8n */
import './environment';
import type { IncomingMessage, Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { WebhookContext } from 'n8n-core';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import type {
	INode,
	INodeExecutionData,
	IWebhookDescription,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

import type { EngineResult } from './results';

/** n8n's N8N_PAYLOAD_SIZE_MAX. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A running trigger and what it has done. */
export interface WebhookServer {
	/** Production URL of the node's webhooks. */
	readonly url: string;
	/** Executions in the order of their start, each with what became of it. */
	readonly executions: Array<Promise<EngineResult>>;
	/** Errors of `webhook()`: n8n shows each as a failed execution. */
	readonly failures: Error[];
	/** Lines that the node wrote to n8n's log. */
	readonly log: string[];
	/** What n8n waits for before it stores an execution; one that rejects is a database that is away. */
	beforeStart: () => Promise<void>;
	/** What an execution of `trigger()` still has to wait for when its nodes are done; one that rejects is cancelled. */
	whileRunning: (result: EngineResult) => Promise<void>;
	/** Ends the process as `kill -9` does. */
	kill(): Promise<void>;
	stop(): Promise<void>;
}

/** What the server needs of the engine. */
export interface WebhookSurroundings {
	readonly workflow: Workflow;
	readonly node: INode;
	readonly additionalData: IWorkflowExecuteAdditionalData;
	/** `manual` while the editor listens for a test event. */
	readonly mode: 'webhook' | 'manual';
	/** Runs the workflow with the items of the trigger. */
	start(items: INodeExecutionData[]): Promise<EngineResult>;
}

type N8nRequest = Request & { rawBody?: Buffer; readRawBody?: () => Promise<void> };

/**
 * Serves the webhooks of a trigger as n8n 2 does (packages/cli: body-parser.ts, webhook-helpers.ts): the raw body is
 * kept for every content type but forms with files, a body that does not parse is refused before the node sees it, and
 * with `onReceived` n8n answers after it has stored the execution.
 */
export async function startWebhookServer(
	surroundings: WebhookSurroundings,
): Promise<WebhookServer> {
	const app = express();
	app.set('query parser', 'extended');
	const server: WebhookServer = {
		url: '',
		executions: [],
		failures: [],
		log: [],
		beforeStart: async () => {},
		whileRunning: async () => {},
		kill: async () => await stop(listening),
		stop: async () => await stop(listening),
	};
	app.use((request, response, next) => void readBody(request, response, next));
	app.all('/webhook/harness/webhook', (request, response) => {
		void serve(surroundings, server, request, response);
	});
	const listening = await new Promise<Server>((resolve) => {
		const starting = app.listen(0, '127.0.0.1', () => resolve(starting));
	});
	const { port } = listening.address() as AddressInfo;
	return Object.assign(server, { url: `http://127.0.0.1:${port}/webhook/harness/webhook` });
}

async function stop(listening: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => void listening.close(() => resolve()));
	listening.closeAllConnections();
	await closed;
}

async function readBody(request: N8nRequest, response: Response, next: NextFunction) {
	const contentType = request.headers['content-type']?.split(';')[0]?.trim();
	const bytes = await bytesOf(request).catch(() => undefined);
	if (!bytes) return void response.status(500).json({ message: 'request entity too large' });
	// Forms with files go to disk; their bytes cannot be read twice.
	if (contentType === 'multipart/form-data') {
		request.readRawBody = async () => await Promise.reject(new Error('stream is not readable'));
		return next();
	}
	request.readRawBody = async () => {
		request.rawBody ??= bytes;
		await Promise.resolve();
	};
	await request.readRawBody();
	try {
		request.body = await parsed(bytes, contentType);
		next();
	} catch {
		response.status(422).json({ message: 'Failed to parse request body' });
	}
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length > MAX_BODY_BYTES) throw new Error('Too large');
	}
	return Buffer.concat(chunks);
}

/** Of n8n-workflow, which reads XML for n8n too. */
const { Parser } = createRequire(require.resolve('n8n-workflow'))('xml2js') as {
	Parser: new (options: object) => { parseStringPromise(text: string): Promise<unknown> };
};

async function parsed(bytes: Buffer, contentType = ''): Promise<unknown> {
	if (bytes.length === 0) return undefined;
	const text = bytes.toString('utf8');
	if (contentType === 'application/json') return JSON.parse(text) as unknown;
	if (contentType.endsWith('/xml') || contentType.endsWith('+xml')) {
		const parser = new Parser({ async: true, normalize: true, normalizeTags: true });
		return await parser.parseStringPromise(text);
	}
	if (contentType === 'application/x-www-form-urlencoded') {
		return Object.fromEntries(new URLSearchParams(text));
	}
	return contentType === 'text/plain' ? text : undefined;
}

async function serve(
	surroundings: WebhookSurroundings,
	server: WebhookServer,
	request: Request,
	response: Response,
): Promise<void> {
	const { node, workflow } = surroundings;
	const { description, webhook } = workflow.nodeTypes.getByNameAndVersion(
		node.type,
		node.typeVersion,
	);
	const webhookDescription = description.webhooks?.find(
		({ httpMethod }) => httpMethod === request.method,
	);
	if (!webhookDescription || !webhook) return void response.status(404).json({ message: '404' });
	try {
		const context = webhookContext(surroundings, server, webhookDescription, request, response);
		const result = await webhook.call(context);
		if (result.workflowData) {
			await server.beforeStart();
			server.executions.push(surroundings.start(result.workflowData[0] ?? []));
		}
		if (result.noWebhookResponse) return;
		if (result.workflowData) answerReceived(webhookDescription, response);
		else response.status(200).send(result.webhookResponse ?? { message: 'Webhook call received' });
	} catch (error) {
		server.failures.push(error as Error);
		if (!response.headersSent) response.status(500).json({ message: (error as Error).message });
	}
}

/** n8n ignores `webhookResponse` here. */
function answerReceived({ responseData }: IWebhookDescription, response: Response): void {
	response.status(200).send(responseData === 'noData' ? '' : 'firstEntryJson');
}

function webhookContext(
	{ workflow, node, additionalData, mode }: WebhookSurroundings,
	{ log }: WebhookServer,
	webhookDescription: IWebhookDescription,
	httpRequest: Request,
	httpResponse: Response,
): WebhookContext {
	const workflowId = workflow.id ?? '';
	const ofRequest = { ...additionalData, httpRequest, httpResponse };
	const context = new WebhookContext(
		workflow,
		node,
		ofRequest as IWorkflowExecuteAdditionalData,
		mode,
		{
			httpMethod: httpRequest.method === 'GET' ? 'GET' : 'POST',
			node: node.name,
			path: webhookDescription.path,
			webhookDescription,
			workflowId,
			workflowExecuteAdditionalData: ofRequest as IWorkflowExecuteAdditionalData,
		},
		[],
		null,
	);
	const write = writeTo(log);
	Object.defineProperty(context, 'logger', {
		value: { debug: write, info: write, warn: write, error: write },
	});
	return context;
}

export function writeTo(log: string[]): (line: string, meta?: object) => void {
	return (line, meta) => {
		log.push([line, ...(meta ? [JSON.stringify(meta)] : [])].join(' '));
	};
}

export function triggerNodeOf(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new UnexpectedError(`The workflow has no node ${name}`);
	return node;
}
