/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   rules for shipped code; this starts a real n8n in scratch folders */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Sandbox } from '../sandbox';
import { startSandbox } from '../sandbox';
import { N8N_VERSIONS, prepareN8n } from './support/cache';
import { CallbackUrl, TRIGGER } from './support/callbackUrl';
import type { Credential } from './support/editor';
import { Editor } from './support/editor';
import type { N8n, N8nOptions, WebhookProcess } from './support/n8n';
import { CREDENTIAL_TYPE, startN8n, startWebhookProcess, startWorker } from './support/n8n';
import { LeakSearch } from './support/leaks';
import type { Server } from './support/processes';
import { say, waitFor } from './support/processes';
import type { Services } from './support/services';
import { createServices } from './support/services';
import type { WorkflowDefinition } from './support/workflows';
import { byId, chain, MANUAL_TRIGGER, wecom } from './support/workflows';

const EXECUTIONS = 20;
const WORKERS = 2;
const WEBHOOK_PROCESSES = 2;
const REPEATS = 50;
const CREATE = '/cgi-bin/externalcontact/add_msg_template';
/** n8n finds what a dead worker has left behind when it looks for it. */
const RECOVERY_TIMEOUT_MS = 300_000;

const scratch = mkdtempSync(join(tmpdir(), 'wecom-external-contact-queue-'));
let services: Services;
let sandbox: Sandbox;
let n8n: N8n;
const workers: Server[] = [];
const webhooks: WebhookProcess[] = [];
let editor: Editor;
let credential: Credential;
const tokens: string[] = [];
/** Of the callback URL. */
const secrets: string[] = [];

beforeAll(async () => {
	const tarball = process.env.E2E_TARBALL;
	if (!tarball) throw new Error('Run these tests with: npm run test:e2e:queue');
	const install = await prepareN8n(N8N_VERSIONS[0]);
	say('Creating a database');
	services = await createServices(install);
	sandbox = await startSandbox();
	recordTokens();
	const env = {
		...services.env,
		// A dead worker is noticed sooner than in a minute, and a living one that is busy is not taken for dead.
		QUEUE_WORKER_LOCK_DURATION: '20000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
		QUEUE_WORKER_STALLED_INTERVAL: '5000',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
	};
	const optionsOf = (name: string): N8nOptions => {
		const home = join(scratch, name);
		mkdirSync(home);
		return { install, tarball, home, env };
	};
	say(`Starting n8n ${install.version}`);
	n8n = await startN8n(optionsOf('main'));
	for (let worker = 1; worker <= WORKERS; worker++) {
		say(`Starting worker ${worker}`);
		workers.push(await startWorker(optionsOf(`worker${worker}`)));
	}
	for (let number = 1; number <= WEBHOOK_PROCESSES; number++) {
		say(`Starting webhook process ${number}`);
		webhooks.push(await startWebhookProcess(optionsOf(`webhook${number}`)));
	}
	editor = await Editor.open(n8n.url);
	credential = await editor.createCredential('WeCom', CREDENTIAL_TYPE, {
		corpId: sandbox.corpId,
		secret: sandbox.secret,
		baseUrl: sandbox.url,
		allowUnencrypted: false,
	});
});

beforeEach(() => {
	sandbox.log.clear();
	sandbox.faults.clear();
});

afterAll(async () => {
	const servers = [n8n?.server, ...workers, ...webhooks.map(({ server }) => server)];
	say('Stopping all of it');
	await Promise.all(servers.map(async (server) => await server?.stop()));
	await sandbox?.stop();
	await services?.remove();
	await rm(scratch, { recursive: true, force: true });
});

it(`${EXECUTIONS} executions at once on ${WORKERS} workers share one token and one task each`, async () => {
	const workflow = await editor.createWorkflow(broadcast());
	const run = async () => {
		const ids = await inParallel(async () => await editor.start(workflow));
		const msgids: string[] = [];
		for (const id of ids) {
			const execution = await editor.ended(id);
			expect(execution.error).toBeUndefined();
			expect(execution.status).toBe('success');
			msgids.push(String(execution.output('Broadcast')[0]?.json.msgid));
		}
		return msgids;
	};

	const first = await run();
	expect(new Set(first).size).toBe(EXECUTIONS);
	expect(sandbox.world.tasks()).toHaveLength(EXECUTIONS);
	expect(callsOf('/cgi-bin/gettoken')).toBeLessThanOrEqual(WORKERS);

	sandbox.world.killToken();
	sandbox.log.clear();
	const second = await run();
	expect(new Set([...first, ...second]).size).toBe(2 * EXECUTIONS);
	expect(sandbox.world.tasks()).toHaveLength(2 * EXECUTIONS);
	expect(callsOf('/cgi-bin/gettoken')).toBeLessThanOrEqual(WORKERS);
	for (const worker of ['worker1', 'worker2']) {
		expect(startedBy(worker)).not.toHaveLength(0);
	}
});

it('a worker killed in the middle of the run leaves no task behind twice', async () => {
	const before = sandbox.world.tasks().length;
	sandbox.faults.add({ path: CREATE, fault: { kind: 'delay', ms: 10_000 } });
	const workflow = await editor.createWorkflow(broadcast());
	const ids = await inParallel(async () => await editor.start(workflow));
	await waitFor('the first worker to be in the middle of it', () => {
		const asked = textsOnTheirWay();
		return startedBy('worker1').some((id) => ids.includes(id) && asked.has(textOf(id)));
	});
	await workers[0]?.kill();

	const executions = [];
	for (const id of ids) executions.push(await editor.ended(id, RECOVERY_TIMEOUT_MS));
	// Those of the dead worker n8n gives up, either when it watches the queue or when it looks after executions.
	const statuses = executions.map(({ status }) => status);
	expect(statuses).toContain('success');
	expect(statuses.filter((status) => status !== 'success')).toContainEqual(
		expect.stringMatching(/^(crashed|error)$/),
	);

	const texts = sandbox.world
		.tasks()
		.slice(before)
		.map(({ text }) => text);
	expect(new Set(texts).size).toBe(texts.length);
	// Every task that an execution reports exists, and no execution was done by two workers.
	expect(texts.length).toBeLessThanOrEqual(EXECUTIONS);
	for (const { id, status } of executions) {
		if (status === 'success') expect(texts).toContain(textOf(id));
	}
	expect(callsOf(CREATE)).toBeLessThanOrEqual(EXECUTIONS);
});

it(`${REPEATS} repetitions at ${WEBHOOK_PROCESSES} webhook processes start one execution each, with one dedupe_key`, async () => {
	const [first, second] = webhooks;
	if (!first || !second) throw new Error('There are no webhook processes');
	const callbackUrl = await CallbackUrl.create({
		n8nUrl: first.url,
		editor,
		sandbox,
		confidential: { add: (secret) => secrets.push(secret) },
	});
	Object.assign(sandbox.world.settings, {
		callbackVerifyMilliseconds: 30_000,
		callbackAnswerMilliseconds: 60_000,
	});
	const workflow = await callbackUrl.publish(
		chain('Trigger', [callbackUrl.trigger({ addDetails: true }, credential)]),
	);
	const [customer = ''] = customersOf('lin');
	const delivery = await callbackUrl.deliver(customer);
	const urls = [first, second].map(({ url }) => callbackUrl.urlAt(url));
	const answers = await Promise.all(
		Array.from(
			{ length: REPEATS },
			async (_, index) => await callbackUrl.sendTo(urls[index % 2] ?? '', delivery),
		),
	);
	expect(answers).toEqual(answers.map(() => ({ status: 200, body: '' })));

	const executions = await callbackUrl.allExecutions(workflow);
	const items = executions.flatMap((each) => each.output(TRIGGER).map(({ json }) => json));
	expect(items).toEqual(
		Array.from({ length: WEBHOOK_PROCESSES }, () =>
			expect.objectContaining({
				external_userid: customer,
				details: expect.objectContaining({ external_userid: customer }),
				details_error: null,
			}),
		),
	);
	expect(new Set(items.map(({ dedupe_key }) => dedupe_key)).size).toBe(1);
});

it('no secret and no token is to be found in any log or stored execution', async () => {
	expect(tokens.length).toBeGreaterThan(1);
	const search = new LeakSearch([sandbox.secret, ...secrets, ...tokens]);
	const logs = ['main', 'worker1', 'worker2', 'webhook1', 'webhook2'].map((name) =>
		join(scratch, name, 'n8n.log'),
	);
	expect(logs.filter((log) => search.isIn(readFileSync(log)))).toEqual([]);
	expect((await editor.executions()).length).toBeGreaterThanOrEqual(2 * EXECUTIONS);
	expect(await search.executions(editor)).toEqual([]);
});

/** A task that differs from execution to execution. */
function broadcast(): WorkflowDefinition {
	return chain('Queue', [
		MANUAL_TRIGGER,
		wecom('Broadcast', credential, {
			resource: 'message',
			operation: 'broadcast',
			sendTo: 'customers',
			externalUserIds: customersOf('lin').join(),
			sentBy: 'member',
			member: byId('lin'),
			text: `=${textOf('{{ $execution.id }}')}`,
		}),
	]);
}

function textOf(executionId: string): string {
	return `Execution ${executionId}`;
}

/** IDs of the executions that a worker took from the queue. */
function startedBy(worker: string): string[] {
	const log = readFileSync(join(scratch, worker, 'n8n.log'), 'utf8');
	return [...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id);
}

/** Of the tasks that WeCom was asked for and has not answered yet. */
function textsOnTheirWay(): Set<string | undefined> {
	const bodies = sandbox.log
		.calls(CREATE)
		.filter(({ status }) => status === undefined)
		.map(({ body }) => body as { text?: { content: string } });
	return new Set(bodies.map(({ text }) => text?.content));
}

function customersOf(userid: string): string[] {
	const { relations = [] } = sandbox.world.corp.members.get(userid) ?? {};
	return relations.map(({ customer }) => customer.externalUserid);
}

function callsOf(path: string): number {
	return sandbox.log.count(path);
}

async function inParallel<T>(act: () => Promise<T>): Promise<T[]> {
	return await Promise.all(Array.from({ length: EXECUTIONS }, act));
}

function recordTokens(): void {
	const issue = sandbox.world.tokens.issue.bind(sandbox.world.tokens);
	sandbox.world.tokens.issue = (...args) => {
		const token = issue(...args);
		tokens.push(token.value);
		return token;
	};
}
