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
import { NodeConnectionTypes } from 'n8n-workflow';

import { createEngine, type EngineOptions } from './engine';

/** The server of the running test: gives out tokens and says what it was asked. */
export const toyServer = {
	address: '',
	/** Paths that were asked for. */
	log: [] as string[],
};

/** Starts it before the tests of a file and stops it afterwards. */
export function useToyServer(): typeof toyServer {
	let server: Server;

	beforeAll((done) => {
		const app = express();
		app.use(({ path }, _response, next) => {
			toyServer.log.push(path);
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
			toyServer.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			done();
		});
	});

	afterAll((done) => {
		server.close(done);
	});

	beforeEach(() => {
		toyServer.log = [];
	});

	return toyServer;
}

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

export type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

export const requestAs = async (
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
				const { query } = await requestAs(this, 'toyApi', `${toyServer.address}/echo`);
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

export const engineWith = (execute: Execute, options: Partial<EngineOptions> = {}) =>
	createEngine({
		nodeTypes: [toyNode(execute)],
		credentialTypes: [new ToyApi(), new KeyApi()],
		...options,
	});
