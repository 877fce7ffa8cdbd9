/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a rule for shipped code; this is a server of tests */
import express from 'express';
import type { IDataObject } from 'n8n-workflow';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
	readonly role: string;
	readonly content?: unknown;
}

export interface ChatRequest {
	readonly messages: readonly Message[];
	readonly tools?: ReadonlyArray<{ function: { name: string; parameters: IDataObject } }>;
	readonly stream?: boolean;
}

export interface ModelStub {
	readonly url: string;
	/** What the agent sent, oldest first. */
	readonly requests: ChatRequest[];
	stop(): Promise<void>;
}

/**
 * A language model that speaks OpenAI's chat interface: it calls the first tool it is offered with these arguments,
 * and when it has got the result, it says it.
 */
export async function startModelStub(toolArguments: IDataObject): Promise<ModelStub> {
	return await startModel((chat) => answerTo(chat, toolArguments));
}

/** One that says what it is given to say. */
export async function startTalkingModel(say: (chat: ChatRequest) => string): Promise<ModelStub> {
	return await startModel((chat) => ({ role: 'assistant', content: say(chat) }));
}

/** One that calls its first tool when the user asks for this, and otherwise says what it remembers. */
export async function startHandingOverModel(wish: string): Promise<ModelStub> {
	return await startModel((chat) => {
		const last = chat.messages.findLastIndex(({ role }) => role === 'user');
		const turn = chat.messages.slice(last);
		return textOf(turn[0]?.content).includes(wish)
			? answerTo({ ...chat, messages: turn }, {})
			: { role: 'assistant', content: sayWhatItRemembers(chat) };
	});
}

/** All that the user has said, as the memory of the agent has it. */
export function sayWhatItRemembers({ messages }: ChatRequest): string {
	const said = messages.filter(({ role }) => role === 'user').map(({ content }) => textOf(content));
	return `You said: ${said.join(' ')}`;
}

function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	return content.map(({ text }: { text?: string }) => text ?? '').join('');
}

interface Answer {
	readonly role: string;
	readonly content: string | null;
	readonly tool_calls?: object[];
}

async function startModel(answer: (chat: ChatRequest) => Answer): Promise<ModelStub> {
	const requests: ChatRequest[] = [];
	const app = express();
	app.use(express.json({ limit: '16mb' }));
	app.post('/v1/chat/completions', (request, response) => {
		const chat = request.body as ChatRequest;
		requests.push(chat);
		const message = answer(chat);
		const base = { id: 'chat-1', created: 1, model: 'stub' };
		const finish_reason = message.tool_calls ? 'tool_calls' : 'stop';
		if (!chat.stream) {
			response.json({
				...base,
				object: 'chat.completion',
				choices: [{ index: 0, message, finish_reason }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
			return;
		}
		response.type('text/event-stream');
		const chunk = (delta: object, reason: string | null) =>
			response.write(
				`data: ${JSON.stringify({
					...base,
					object: 'chat.completion.chunk',
					choices: [{ index: 0, delta, finish_reason: reason }],
				})}\n\n`,
			);
		chunk(message, null);
		chunk({}, finish_reason);
		response.end('data: [DONE]\n\n');
	});
	const server = await new Promise<Server>((resolve) => {
		const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		stop: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

function answerTo({ messages, tools = [] }: ChatRequest, toolArguments: IDataObject): Answer {
	const result = messages.find(({ role }) => role === 'tool');
	const [tool] = tools;
	if (result || !tool) {
		const content = typeof result?.content === 'string' ? result.content : JSON.stringify(result);
		return { role: 'assistant', content: `The tool said: ${content ?? 'nothing'}` };
	}
	const call = { name: tool.function.name, arguments: JSON.stringify(toolArguments) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ index: 0, id: 'call-1', type: 'function', function: call }],
	};
}
