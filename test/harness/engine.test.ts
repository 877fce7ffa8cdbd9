/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/credential-password-field --
   rules for shipped code; here is a loopback server, and a credential that nobody sees in an editor */
import express from 'express';
import type { Server } from 'http';
import type { AddressInfo } from 'net';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { createEngine, type EngineOptions } from './engine';

/** A token of an earlier password is refused in the way that n8n repairs: as if it were HTTP 401. */
class ToyApi implements ICredentialType {
	name = 'toyApi';

	displayName = 'Toy API';

	properties: INodeProperties[] = [
		{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		{ displayName: 'Password', name: 'password', type: 'string', default: 'default' },
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.url }}', url: '/echo', qs: { from: 'test' } },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'query.token', value: 'token of 7', message: 'Seven is not allowed' },
			},
		],
	};

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const { password, url } = credentials;
		const options = { url: `${url as string}/token`, qs: { password } };
		return (await this.helpers.httpRequest(options)) as IDataObject;
	}

	async authenticate(
		{ password, token }: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (token !== `token of ${password as string}`) {
			throw Object.assign(new Error('Token of another password'), { response: { status: 401 } });
		}
		return { ...options, qs: { ...options.qs, token } };
	}
}

class KeyApi implements ICredentialType {
	name = 'keyApi';

	displayName = 'Key API';

	properties: INodeProperties[] = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
	];

	authenticate = {
		type: 'generic',
		properties: { headers: { 'x-key': '={{ $credentials.key }}' } },
	} as const;
}

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const requestAs = async (
	context: IExecuteFunctions | ILoadOptionsFunctions,
	credential: string,
	url: string,
) =>
	(await context.helpers.httpRequestWithAuthentication.call(context, credential, {
		url,
	})) as IDataObject;

const toyNode = (execute: Execute): INodeType => ({
	description: {
		displayName: 'Toy',
		name: 'toy',
		group: [],
		version: [1, 2],
		description: 'A toy',
		defaults: { name: 'Toy' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'toyApi' }, { name: 'keyApi', testedBy: 'keyTest' }],
		properties: [
			{ displayName: 'Word', name: 'word', type: 'string', default: 'default word' },
			{ displayName: 'Must', name: 'must', type: 'string', required: true, default: 'given' },
			{
				displayName: 'For People',
				name: 'forPeople',
				type: 'string',
				default: 'shown',
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
	},
	execute,
	methods: {
		listSearch: {
			async searchWords(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
				const { query } = await requestAs(this, 'toyApi', `${address}/echo`);
				const word = this.getCurrentNodeParameter('word') as string;
				const { token } = query as { token: string };
				return {
					results: [{ name: `${word} ${filter}`, value: token }],
					paginationToken: `after ${paginationToken}`,
				};
			},
		},
		loadOptions: {
			async getWords(this: ILoadOptionsFunctions) {
				return [{ name: this.getNodeParameter('word') as string, value: 1 }];
			},
		},
		credentialTest: {
			async keyTest(this: ICredentialTestFunctions, { data }: ICredentialsDecrypted) {
				return data?.key === 'right'
					? ({ status: 'OK', message: 'It fits' } as const)
					: ({ status: 'Error', message: 'It does not fit' } as const);
			},
		},
	},
});

const engineWith = (execute: Execute, options: Partial<EngineOptions> = {}) =>
	createEngine({
		nodeTypes: [toyNode(execute)],
		credentialTypes: [new ToyApi(), new KeyApi()],
		...options,
	});

const failing: Execute = async function () {
	throw new NodeOperationError(this.getNode(), 'It broke', {
		description: 'Mend it',
		itemIndex: 1,
	});
};

const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const parameters = {};

let server: Server;
let address: string;
let log: string[] = [];

beforeAll((done) => {
	const app = express();
	app.use(({ path }, _response, next) => {
		log.push(path);
		next();
	});
	app.get('/token', ({ query }, response) => {
		if (query.password === 'wrong') response.status(403).end();
		else response.json({ token: `token of ${query.password as string}` });
	});
	app.get('/echo', ({ headers, query }, response) => {
		response.json({ query, key: headers['x-key'] });
	});
	server = app.listen(0, '127.0.0.1', () => {
		address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		done();
	});
});

afterAll((done) => {
	server.close(done);
});

beforeEach(() => {
	log = [];
});

describe('a run', () => {
	it('gives every item its parameters and keeps the pairing that the engine makes', async () => {
		const engine = engineWith(async function () {
			const words = this.getInputData().map((_item, index) => ({
				json: { word: this.getNodeParameter('word', index) },
			}));
			return [words];
		});

		const result = await engine.run({
			node: { parameters: { word: '={{ $json.id.toUpperCase() }} of {{ $itemIndex }}' } },
			input: items,
		});

		expect(result.status).toBe('success');
		expect(result.items).toEqual([
			{ json: { word: 'A of 0' }, pairedItem: { item: 0 } },
			{ json: { word: 'B of 1' }, pairedItem: { item: 1 } },
			{ json: { word: 'C of 2' }, pairedItem: { item: 2 } },
		]);
		expect(result.runData.Toy).toHaveLength(1);
		expect(result.error).toBeUndefined();
	});

	it('resolves expressions in the time zone of the workflow', async () => {
		const engine = engineWith(async function () {
			return [[{ json: { zone: this.getTimezone(), word: this.getNodeParameter('word', 0) } }]];
		});

		const { items } = await engine.run({
			node: { parameters: { word: '={{ $now.zoneName }}' } },
			timezone: 'Asia/Shanghai',
		});

		expect(items[0]?.json).toEqual({ zone: 'Asia/Shanghai', word: 'Asia/Shanghai' });
	});

	it('has a fresh execution ID, or the one of the test', async () => {
		const engine = engineWith(async function () {
			return [[{ json: { id: this.getExecutionId(), mode: this.getMode() } }]];
		});
		const node = { parameters };

		const own = await engine.run({ node, executionId: '42', mode: 'manual' });
		const fresh = await Promise.all([engine.run({ node }), engine.run({ node })]);

		expect(own.items[0]?.json).toEqual({ id: '42', mode: 'manual' });
		expect(new Set(fresh.map(({ items }) => items[0]?.json.id)).size).toBe(2);
		expect(fresh[0].items[0]?.json.mode).toBe('trigger');
	});

	it('shows execution hints', async () => {
		const engine = engineWith(async function () {
			this.addExecutionHints({ message: 'Two were skipped', location: 'outputPane' });
			return [this.getInputData()];
		});

		const { hints } = await engine.run({ node: { parameters } });

		expect(hints).toEqual([{ message: 'Two were skipped', location: 'outputPane' }]);
	});

	it('gives static data in and out', async () => {
		const engine = engineWith(async function () {
			const data = this.getWorkflowStaticData('global');
			data.count = (data.count as number) + 1;
			return [[]];
		});

		const { staticData } = await engine.run({
			node: { parameters },
			staticData: { global: { count: 1 } },
		});

		expect(staticData).toEqual({ global: { count: 2 } });
	});

	it('does not start with a required parameter left empty', async () => {
		const execute = jest.fn();
		const engine = engineWith(execute);

		const { error, status } = await engine.run({ node: { parameters: { must: '' } } });

		expect(status).toBe('error');
		expect(error?.message).toContain('Parameter "Must" is required');
		expect(execute).not.toHaveBeenCalled();
	});

	it('carries 100,000 items', async () => {
		const engine = engineWith(async function () {
			return [this.getInputData()];
		});

		const input = Array.from({ length: 100_000 }, (_, id) => ({ id }));
		const { items } = await engine.run({ node: { parameters }, input });

		expect(items).toHaveLength(100_000);
	});
});

describe('errors', () => {
	it('stop the workflow', async () => {
		const { error, items, status, stored } = await engineWith(failing).run({
			node: { parameters },
			input: [{}, {}],
		});

		expect(status).toBe('error');
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			message: 'It broke',
			description: 'Mend it',
			context: { itemIndex: 1 },
		});
		expect(stored.resultData.error?.message).toBe('It broke');
	});

	it('let the input pass with Continue', async () => {
		const { error, items, status } = await engineWith(failing).run({
			node: { parameters, onError: 'continueRegularOutput' },
			input: [{ id: 'a' }],
		});

		expect(items.map(({ json }) => json)).toEqual([{ id: 'a' }]);
		expect(error?.message).toBe('It broke');
		// The engine forgets an error when the next node starts; here there is none.
		expect(status).toBe('error');
	});

	it('of single items go to the error output', async () => {
		const engine = engineWith(async function () {
			const error = new NodeApiError(this.getNode(), {}, { message: 'No b' });
			return [
				[
					{ json: { ok: true }, pairedItem: { item: 0 } },
					{ json: {}, error, pairedItem: { item: 1 } },
				],
			];
		});

		const { errorItems, items, status } = await engine.run({
			node: { parameters, onError: 'continueErrorOutput' },
			input: [{ id: 1 }, { id: 2 }],
		});

		expect(status).toBe('success');
		expect(items.map(({ json }) => json)).toEqual([{ ok: true }]);
		expect(errorItems.map(({ json }) => json)).toEqual([{ error: 'No b' }]);
	});

	it('make Retry On Fail execute all items again, in the same execution', async () => {
		const attempts: unknown[] = [];
		const engine = engineWith(async function () {
			attempts.push([this.getExecutionId(), this.getInputData().length]);
			if (attempts.length < 3) throw new NodeOperationError(this.getNode(), 'Not yet');
			return [this.getInputData()];
		});

		const { executionId, status } = await engine.run({
			node: { parameters, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			input: items,
		});

		expect(status).toBe('success');
		expect(attempts).toEqual(Array(3).fill([executionId, 3]));
	});
});

describe('cancelling', () => {
	it('aborts the signal of the running node', async () => {
		let started = () => {};
		const running = new Promise<void>((resolve) => (started = resolve));
		const engine = engineWith(async function () {
			const signal = this.getExecutionCancelSignal();
			started();
			await new Promise((_resolve, reject) => {
				signal?.addEventListener('abort', () => reject(new Error('Aborted')));
			});
			return [[]];
		});

		const execution = engine.start({ node: { parameters } });
		await running;
		execution.cancel();

		expect((await execution.result).status).toBe('canceled');
	});

	it('before the start runs no node', async () => {
		const execute = jest.fn();
		const execution = engineWith(execute).start({ node: { parameters } });
		execution.cancel();

		expect((await execution.result).status).toBe('canceled');
		expect(execute).not.toHaveBeenCalled();
	});
});

describe('credentials', () => {
	const echo: Execute = async function () {
		return [[{ json: await requestAs(this, 'toyApi', `${address}/echo`) }]];
	};

	it('get their first token, which is stored for the next run', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: address, password: 'one' });

		const first = await engine.run({ node: { parameters }, credential });
		const second = await engine.run({ node: { parameters }, credential });

		expect(first.items[0]?.json.query).toEqual({ token: 'token of one' });
		expect(second.items).toEqual(first.items);
		expect(log).toEqual(['/token', '/echo', '/echo']);
		expect(credential.data).toEqual({ url: address, password: 'one', token: 'token of one' });
		expect(credential.writes).toBe(1);
	});

	it('are refreshed when authenticate refuses the stored token, before any request', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: address, password: 'one', token: 'token of one' });
		credential.edit({ password: 'two' });
		expect(credential.data.token).toBe('token of one');

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.query).toEqual({ token: 'token of two' });
		expect(log).toEqual(['/token', '/echo']);
		expect(credential.data.token).toBe('token of two');
		expect(credential.writes).toBe(1);
	});

	it('are read and written like rows of a database, so that simultaneous runs can race', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: address, password: 'one' });
		const run = { node: { parameters }, credential };

		const results = await Promise.all([engine.run(run), engine.run(run)]);

		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(log.filter((path) => path === '/token')).toHaveLength(2);
		expect(credential.writes).toBe(2);
	});

	it('keep an expression that a refresh has resolved', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: address, password: '={{ "o" + "ne" }}' });

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.query).toEqual({ token: 'token of one' });
		expect(credential.data.password).toBe('={{ "o" + "ne" }}');
	});

	it('have their defaults', async () => {
		const { items } = await engineWith(echo).run({
			node: { parameters },
			credential: { url: address },
		});

		expect(items[0]?.json.query).toEqual({ token: 'token of default' });
	});

	it('authenticate declaratively', async () => {
		const engine = engineWith(async function () {
			return [[{ json: await requestAs(this, 'keyApi', `${address}/echo`) }]];
		});
		const credential = engine.credential({ key: 'K' }, 'keyApi');

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.key).toBe('K');
	});

	it('are missed by a node that has none', async () => {
		const { error, status } = await engineWith(echo).run({ node: { parameters } });

		expect(status).toBe('error');
		expect(error?.message).toBe('Node does not require credentials');
	});
});

describe('the test of a credential', () => {
	const engine = engineWith(jest.fn());

	it('succeeds and stores the token', async () => {
		const credential = engine.credential({ url: address, password: 'one' });

		expect(await engine.testCredential(credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(credential.data.token).toBe('token of one');
	});

	it('shows why the token was not given', async () => {
		expect(await engine.testCredential({ url: address, password: 'wrong' })).toEqual({
			status: 'Error',
			message: 'Forbidden',
		});
	});

	it('applies the rules to the answer', async () => {
		expect(await engine.testCredential({ url: address, password: '7' })).toEqual({
			status: 'Error',
			message: 'Seven is not allowed',
		});
	});

	it('reuses a stored token, as n8n does, or asks for a new one, as it means to', async () => {
		const credential = engine.credential({ url: address, password: 'one', token: 'token of one' });

		await engine.testCredential(credential);
		expect(log).toEqual(['/echo']);
		await engine.testCredential(credential, { newToken: true });
		expect(log).toEqual(['/echo', '/token', '/echo']);
	});

	it('can be a function of the node', async () => {
		const right = engine.credential({ key: 'right' }, 'keyApi');
		const wrong = engine.credential({ key: 'wrong' }, 'keyApi');

		expect(await engine.testCredential(right)).toEqual({ status: 'OK', message: 'It fits' });
		expect(await engine.testCredential(wrong)).toEqual({
			status: 'Error',
			message: 'It does not fit',
		});
	});
});

describe('files', () => {
	const read: Execute = async function () {
		const { data, id } = this.helpers.assertBinaryData(0, 'file');
		const stream = id ? await this.helpers.getBinaryStream(id) : undefined;
		const buffer = stream
			? await this.helpers.binaryToBuffer(stream)
			: await this.helpers.getBinaryDataBuffer(0, 'file');
		const binary = await this.helpers.prepareBinaryData(buffer, 'copy.txt');
		return [[{ json: { data, text: buffer.toString(), streamed: !!stream }, binary: { binary } }]];
	};

	it('live in the items by default', async () => {
		const engine = engineWith(read);
		const file = await engine.binary('hello', 'hello.txt', 'text/plain');

		const { items } = await engine.run({
			node: { parameters },
			input: [{ json: {}, binary: { file } }],
		});

		expect(items[0]?.json).toEqual({ data: 'aGVsbG8=', text: 'hello', streamed: false });
		expect(items[0]?.binary?.binary).toMatchObject({ fileName: 'copy.txt', data: 'aGVsbG8=' });
	});

	it('live on disk and come as streams in filesystem mode', async () => {
		const engine = engineWith(read, { binaryData: 'filesystem' });
		const file = await engine.binary('hello', 'hello.txt', 'text/plain');

		const { items } = await engine.run({
			node: { parameters },
			input: [{ json: {}, binary: { file } }],
		});

		expect(items[0]?.json).toEqual({ data: 'filesystem-v2', text: 'hello', streamed: true });
		expect(items[0]?.binary?.binary?.id).toMatch(/^filesystem-v2:/);
	});
});

describe('the editor', () => {
	const engine = engineWith(jest.fn());

	it('searches a list with what the user has entered, and gets a token', async () => {
		const credential = engine.credential({ url: address, password: 'one' });

		const found = await engine.listSearch('searchWords', {
			filter: 'x',
			paginationToken: '2',
			currentNodeParameters: { word: 'typed' },
			credential,
		});

		expect(found).toEqual({
			results: [{ name: 'typed x', value: 'token of one' }],
			paginationToken: 'after 2',
		});
		expect(credential.writes).toBe(1);
	});

	it('loads options with the defaults of parameters not touched', async () => {
		expect(await engine.loadOptions('getWords')).toEqual([{ name: 'default word', value: 1 }]);
	});
});

describe('an AI agent', () => {
	const engine = engineWith(async function () {
		const { rewireOutputLogTo, type } = this.getNode();
		const seen = {
			isToolExecution: this.isToolExecution(),
			rewireOutputLogTo,
			type,
			word: this.getNodeParameter('word', 0),
			forPeople: this.getNodeParameter('forPeople', 0, 'hidden'),
		};
		return [[{ json: seen }]];
	});
	const node = { parameters: { word: "={{ $fromAI('word', 'A word', 'string') }}" } };

	it('of today has the engine run its tool, which is then no tool execution', async () => {
		const { items, status } = await engine.run({ node, asTool: { arguments: { word: 'W' } } });

		expect(status).toBe('success');
		expect(items[0]?.json).toEqual({
			isToolExecution: false,
			rewireOutputLogTo: 'ai_tool',
			type: 'toyTool',
			word: 'W',
			forPeople: 'hidden',
		});
	});

	it('of older versions calls its tool itself', async () => {
		const { items, status } = await engine.run({
			node,
			asTool: { arguments: { word: 'W' }, through: 'supplyData' },
		});

		expect(status).toBe('success');
		const [seen] = items[0]?.json.response as IDataObject[];
		expect(seen).toEqual({
			isToolExecution: true,
			type: 'toyTool',
			word: 'W',
			forPeople: 'hidden',
		});
	});
});

describe('a workflow', () => {
	it('runs node after node, and finds the item that an item came from', async () => {
		const engine = engineWith(async function () {
			const ids = this.getInputData().map((_item, index) => this.getNodeParameter('word', index));
			return [[{ json: { ids } }]];
		});

		const result = await engine.runWorkflow(
			{
				nodes: [
					{ name: 'Note', type: 'n8n-nodes-base.stickyNote' },
					{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
					{
						name: 'Edit',
						type: 'n8n-nodes-base.set',
						parameters: {
							assignments: { assignments: [{ name: 'n', value: '={{ $itemIndex }}' }] },
						},
					},
					{
						name: 'Collect',
						type: 'n8n-nodes-some-package.toy',
						parameters: { word: "={{ $json.n + $('Start').item.json.id }}" },
					},
				],
				connections: {
					Start: { main: [[{ node: 'Edit', type: 'main', index: 0 }]] },
					Edit: { main: [[{ node: 'Collect', type: 'main', index: 0 }]] },
				},
			},
			{ triggerItems: items },
		);

		expect(result.status).toBe('success');
		expect(result.output('Edit')).toHaveLength(3);
		expect(result.output('Collect')[0]?.json).toEqual({ ids: ['0a', '1b', '2c'] });
	});
});
