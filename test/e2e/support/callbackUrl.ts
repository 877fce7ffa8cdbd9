import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { CallbackDelivery, CallbackEvent, Sandbox } from '../../sandbox';
import { callbackRequest } from '../../sandbox/callbacks/request';
import { randomCallbackSecrets } from '../../sandbox/callbacks/target';
import type { Verification } from '../../sandbox/callbacks/verify';
import type { Credential, Editor, Execution, SavedWorkflow } from './editor';
import { CALLBACK_CREDENTIAL_TYPE, TRIGGER_TYPE } from './n8n';
import { waitFor } from './processes';
import type { WorkflowDefinition, WorkflowNode } from './workflows';
import { reference } from './workflows';

export const TRIGGER = 'Trigger';

/** What takes longer will not come. */
const LIMIT = { timeoutMs: 60_000 };

/** Where a trigger is, and what is at its other end. */
export interface Surroundings {
	/** Of the process that receives requests. */
	readonly n8nUrl: string;
	readonly editor: Editor;
	readonly sandbox: Sandbox;
	/** The token and the key are added to it. */
	readonly confidential: { add(secret: string): unknown };
}

/** An app's page "Set API Reception" at WeCom, and the trigger whose URL is entered there. */
export class CallbackUrl {
	private readonly webhookId = randomUUID();
	private markers = 0;

	private constructor(
		private readonly around: Surroundings,
		readonly secrets: ReturnType<typeof randomCallbackSecrets>,
		readonly credential: Credential,
	) {}

	/** Lets WeCom generate token and key, and stores them in n8n. */
	static async create(
		around: Surroundings,
		secrets = randomCallbackSecrets(),
		corpId = around.sandbox.corpId,
	): Promise<CallbackUrl> {
		around.confidential.add(secrets.token);
		around.confidential.add(secrets.encodingAesKey);
		const credential = await around.editor.createCredential('WeCom', CALLBACK_CREDENTIAL_TYPE, {
			corpId,
			token: secrets.token,
			encodingAesKeySecret: secrets.encodingAesKey,
		});
		return new CallbackUrl(around, secrets, credential);
	}

	/** The trigger, for everything that WeCom sends unless the parameters say otherwise. */
	trigger(parameters: IDataObject = {}, api?: Credential): WorkflowNode {
		return {
			name: TRIGGER,
			type: TRIGGER_TYPE,
			typeVersion: 1,
			parameters: { events: ['*'], ...parameters },
			credentials: { ...reference(this.credential), ...(api && reference(api)) },
			webhookId: this.webhookId,
		};
	}

	get productionUrl(): string {
		return this.urlAt(this.around.n8nUrl);
	}

	get testUrl(): string {
		return this.urlAt(this.around.n8nUrl, 'webhook-test');
	}

	/** The same URL at another process of n8n. */
	urlAt(n8nUrl: string, path = 'webhook'): string {
		return `${n8nUrl}/${path}/${this.webhookId}/webhook`;
	}

	/** Publishes a workflow with the trigger and enters its production URL at WeCom. */
	async publish(definition: WorkflowDefinition): Promise<SavedWorkflow> {
		const workflow = await this.around.editor.createWorkflow(definition);
		await this.activate(workflow);
		return workflow;
	}

	async activate(workflow: SavedWorkflow): Promise<void> {
		await this.around.editor.setActive(workflow, true);
		// n8n 2 opens the URL some moments after it has said that the workflow is published.
		await waitFor('the URL to be verified', async () => (await this.save()).verified, LIMIT);
	}

	/** Presses Save on WeCom's page: it verifies the URL, and keeps it if that worked. */
	async save(url = this.productionUrl): Promise<Saved> {
		return await this.post<Saved>('/callback-url', { url, ...this.secrets });
	}

	/** Lets something happen on the sandbox's page. */
	async post<Answer = IDataObject>(path: string, body: object): Promise<Answer> {
		const response = await fetch(`${this.around.sandbox.url}/sandbox${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await response.json()) as Answer;
	}

	/** WeCom says that this customer has been added by Lin. Nobody waits for n8n's answer. */
	emit(externalUserid: string): CallbackDelivery {
		return this.around.sandbox.world.callbacks.emit(added(externalUserid));
	}

	/** A customer whom WeCom's page shows as added; as `emit`, and waits until n8n has answered or WeCom gives up. */
	async deliver(externalUserid: string): Promise<CallbackDelivery> {
		const delivery = this.emit(externalUserid);
		await this.around.sandbox.world.callbacks.idle();
		return delivery;
	}

	/** Sends the message of a delivery once more, encrypted anew, to a URL of the caller's choice. */
	async sendTo(url: string, { xml, corp }: CallbackDelivery) {
		const { world } = this.around.sandbox;
		const sent = callbackRequest(world, { url, ...this.secrets }, xml, corp);
		const response = await fetch(sent.url, {
			method: 'POST',
			headers: { 'content-type': sent.contentType },
			body: sent.body,
		});
		return { status: response.status, body: await response.text() };
	}

	/** Waits for this many executions of the workflow to end; oldest first. */
	async executions(workflow: SavedWorkflow, count: number): Promise<Execution[]> {
		const { editor } = this.around;
		const ids = await waitFor(
			`${count} executions to end`,
			async () => {
				const rows = await editor.executions({ workflowId: workflow.id });
				const ended = rows.filter(({ status }) => status !== 'new' && status !== 'running');
				return ended.length >= count && ended.length === rows.length && rows.map(({ id }) => id);
			},
			LIMIT,
		);
		const executions: Execution[] = [];
		for (const id of ids.sort((a, b) => Number(a) - Number(b))) {
			executions.push(await editor.execution(id));
		}
		return executions;
	}

	/**
	 * All executions of the workflow, when what WeCom sent until now has been worked on: one more event has gone all the
	 * way after it. n8n 1.x answers before it stores an execution.
	 */
	async allExecutions(workflow: SavedWorkflow): Promise<Execution[]> {
		await this.around.sandbox.world.callbacks.idle();
		this.markers += 1;
		const marker = `wmMARKER${this.markers}`;
		this.emit(marker);
		const executions = await waitFor(
			'the last event to arrive',
			async () => {
				const all = await this.executions(workflow, 1);
				return customersIn(all).includes(marker) && all;
			},
			LIMIT,
		);
		return executions.filter((each) => !customersIn([each]).some(isMarker));
	}
}

interface Saved extends Verification {
	readonly saved: boolean;
}

function isMarker(externalUserid: unknown): boolean {
	return String(externalUserid).startsWith('wmMARKER');
}

/** The customers with whom the executions started. */
export function customersIn(executions: readonly Execution[]): unknown[] {
	return executions.flatMap((execution) =>
		execution.output(TRIGGER).map(({ json }) => json.external_userid),
	);
}

export function added(externalUserid: string): CallbackEvent {
	return {
		event: 'change_external_contact',
		changeType: 'add_external_contact',
		nodes: { UserID: 'lin', ExternalUserID: externalUserid },
	};
}
