/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the source files */
import { join } from 'path';

import axios from 'axios';
import ts from 'typescript';

import { endpoints } from '../../nodes/shared/client/endpoints';
import { errorCodes } from '../../nodes/shared/client/errorCodes';
import { customersOf } from '../harness/sandbox';
import type { Sandbox } from '../sandbox';
import {
	CALLABLE_AGENT_ID,
	endpoints as routes,
	errorTexts,
	phoneOf,
	startSandbox,
} from '../sandbox';

const root = join(__dirname, '../..');
const catalogue = Object.entries(endpoints);

/** Kept so that the libraries are parsed once. */
let lastProgram: ts.Program | undefined;

let sandbox: Sandbox;
let accessToken: string;

beforeAll(async () => {
	sandbox = await startSandbox();
	const { data } = await axios.get<{ access_token: string }>(endpoints.accessToken.path, {
		baseURL: sandbox.url,
		params: { corpid: sandbox.corpId, corpsecret: sandbox.secret },
	});
	accessToken = data.access_token;
});
afterAll(async () => await sandbox.stop());

describe('client and sandbox, written apart from the same document, agree on', () => {
	it.each(catalogue)('%s: path, method, document', (_, endpoint) => {
		expect(routes.get(endpoint.path)).toMatchObject({
			method: endpoint.method,
			doc: endpoint.doc,
			upload: endpoint.request === 'upload',
		});
	});

	it('every error code that the sandbox answers', () => {
		const unknown = Object.keys(errorTexts).filter((code) => !(Number(code) in errorCodes));
		expect(unknown).toEqual([]);
	});
});

describe('the answers of the sandbox fit the wire types of the client:', () => {
	it.each<[keyof typeof endpoints, () => object]>([
		['accessToken', () => ({ corpid: sandbox.corpId, corpsecret: sandbox.secret })],
		['members', () => ({})],
		['customerIds', () => ({ userid: 'lin' })],
		['customer', () => ({ external_userid: customersOf(sandbox, 'lin')[0] })],
		['customersByMember', () => ({ userid_list: ['lin', 'wei', 'chen'], limit: 100, cursor: '' })],
		['tags', () => ({})],
		['customerGroups', () => ({ limit: 100 })],
		['customerGroup', () => ({ chat_id: [...sandbox.world.corp.groups.keys()][0], need_name: 1 })],
		['createMassMessage', newTask],
		['massMessages', () => ({ chat_type: 'single', filter_type: 2, ...lastDay() })],
		['massMessageMembers', () => ({ msgid: confirmedTask() })],
		['massMessageResults', () => ({ msgid: confirmedTask(), userid: 'lin' })],
		['remindMembers', () => ({ msgid: sandbox.world.tasks()[0]?.msgid })],
		['apps', () => ({})],
		['sendAppMessage', newAppMessage],
		['recallAppMessage', () => ({ msgid: phoneOf(sandbox.world.corp, 'lin').messages[0]?.msgid })],
		['addTags', () => ({ group_name: 'Season', tag: [{ name: 'Autumn' }] })],
	])('%s', async (name, request) => {
		const answer = await call(name, request());
		expect(answer.errcode ?? 0).toBe(0);
		expect(typeErrors(name, answer)).toEqual([]);
	});

	it('and one that does not fit would be noticed', () => {
		expect(typeErrors('members', { follow_users: ['lin'] })).toEqual([
			expect.stringContaining('\'"follow_users"\' does not exist in type') as string,
		]);
		expect(typeErrors('createMassMessage', { fail_list: [] })).toEqual([
			expect.stringContaining("Property 'msgid' is missing") as string,
		]);
	});
});

function newTask(): object {
	return {
		chat_type: 'single',
		sender: 'lin',
		external_userid: customersOf(sandbox, 'lin'),
		text: { content: 'Hello' },
		attachments: [{ msgtype: 'link', link: { title: 'Guide', url: 'https://example.com/g' } }],
	};
}

function newAppMessage(): object {
	return {
		touser: 'lin|nobody',
		agentid: CALLABLE_AGENT_ID,
		msgtype: 'text',
		text: { content: 'Three tasks wait' },
	};
}

function confirmedTask(): string {
	const msgid = sandbox.world.tasks()[0]?.msgid ?? '';
	sandbox.world.confirmTask(msgid);
	return msgid;
}

function lastDay(): object {
	const now = sandbox.clock.now();
	return { start_time: now - 86_400, end_time: now };
}

async function call(
	name: keyof typeof endpoints,
	request: object,
): Promise<Record<string, unknown>> {
	const { method, path, request: place } = endpoints[name];
	const { data } = await axios.request<Record<string, unknown>>({
		method,
		baseURL: sandbox.url,
		url: path,
		params: { access_token: accessToken, ...(place === 'query' ? request : {}) },
		data: place === 'json' ? request : undefined,
	});
	return data;
}

/** Type-checks an answer as if it were written as a literal of the endpoint's answer type. */
function typeErrors(name: keyof typeof endpoints, answer: Record<string, unknown>): string[] {
	const fields = Object.fromEntries(
		Object.entries(answer).filter(([field]) => field !== 'errcode' && field !== 'errmsg'),
	);
	const file = join(root, 'test/contract/answer.ts');
	const source = `
		import type { endpoints } from '../../nodes/shared/client/endpoints';
		type Response = NonNullable<(typeof endpoints)['${name}']['types']>['response'];
		export const answer: Response = ${JSON.stringify(fields)};
	`;
	const options: ts.CompilerOptions = {
		strict: true,
		noEmit: true,
		skipLibCheck: true,
		target: ts.ScriptTarget.ES2022,
		module: ts.ModuleKind.Node16,
		moduleResolution: ts.ModuleResolutionKind.Node16,
		types: [],
	};
	const host = ts.createCompilerHost(options);
	const { getSourceFile, fileExists } = host;
	host.getSourceFile = (path, ...rest) =>
		path === file
			? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022)
			: getSourceFile(path, ...rest);
	host.fileExists = (path) => path === file || fileExists(path);
	const program = ts.createProgram([file], options, host, lastProgram);
	lastProgram = program;
	return program
		.getSemanticDiagnostics(program.getSourceFile(file))
		.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
