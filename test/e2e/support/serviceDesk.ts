import type { IDataObject } from 'n8n-workflow';

import { livingAccounts } from '../../sandbox/customerService/state';
import type { E2eEnvironment } from './environment';
import { CallbackUrl } from './callbackUrl';
import type { Credential, Execution, SavedWorkflow } from './editor';
import type { ModelStub } from './modelStub';
import { PACKAGE } from './n8n';
import { pause, waitFor } from './processes';
import type { WorkflowDefinition, WorkflowNode } from './workflows';
import { byId, example, reference } from './workflows';

const SERVICE = `${PACKAGE}.weComCustomerService`;

/** What takes longer on a loaded machine will not come. */
const LIMIT = { timeoutMs: 120_000 };

/** The customer service of the sandbox's corporation: customers who write, and a workflow that answers them. */
export class ServiceDesk {
	private readonly published: SavedWorkflow[] = [];

	private constructor(
		private readonly environment: E2eEnvironment,
		readonly callbackUrl: CallbackUrl,
	) {}

	static async open(environment: E2eEnvironment): Promise<ServiceDesk> {
		// What a loaded machine needs, so that no case depends on it.
		Object.assign(environment.sandbox.world.settings, {
			callbackVerifyMilliseconds: 30_000,
			callbackAnswerMilliseconds: 30_000,
			callbackRetryPauseMilliseconds: 10,
		});
		return new ServiceDesk(environment, await CallbackUrl.create(environment.callbackSurroundings));
	}

	/** No workflow reads the accounts any more: the next case has others. */
	async close(): Promise<void> {
		for (const workflow of this.published.splice(0)) {
			await this.environment.editor.setActive(workflow, false);
		}
	}

	trigger(parameters: IDataObject = {}): WorkflowNode {
		return {
			...this.callbackUrl.trigger({}, this.environment.credential),
			type: `${SERVICE}Trigger`,
			// Where a callback gets lost while n8n is down, nobody has to wait for long.
			parameters: { options: { checkEvery: 5 }, ...parameters },
		};
	}

	/** Answers each message with its own text. */
	echo(parameters: IDataObject = {}): WorkflowNode {
		return {
			name: 'Answer',
			type: SERVICE,
			typeVersion: 1,
			parameters: {
				resource: 'message',
				operation: 'send',
				text: '=You wrote: {{ $json.chatInput }}',
				...parameters,
			},
			credentials: reference(this.environment.credential),
		};
	}

	/**
	 * Publishes the workflow, enters its URL at WeCom, and waits until the trigger reads: n8n opens the URL some moments
	 * before, and what is written until then counts as history.
	 */
	async publish(definition: WorkflowDefinition): Promise<SavedWorkflow> {
		const { environment } = this;
		const readings = () => environment.calls('kf/sync_msg').filter(isAnswered).length;
		const before = readings();
		const workflow = await environment.editor.createWorkflow(definition);
		this.published.push(workflow);
		await this.callbackUrl.activate(workflow);
		await waitFor('the trigger to read', () => readings() > before, LIMIT);
		// WeCom's times are whole seconds.
		await pause(1_500);
		return workflow;
	}

	/** Publishes the example with n8n's AI Agent, which talks with this model. */
	async publishAgent({ url }: ModelStub): Promise<SavedWorkflow> {
		const model = await this.environment.editor.createCredential('Model', 'openAiApi', {
			apiKey: 'no-key-needed',
			url,
			header: false,
		});
		return await this.publish(this.example('customer-service-agent.json', model));
	}

	/** An importable workflow of ours, with its credentials chosen and the model of the test in place. */
	example(file: string, model: Credential): WorkflowDefinition {
		const { environment } = this;
		const trigger = this.trigger();
		const definition = example(file, environment.credential);
		const nodes = definition.nodes.map((node) => {
			const { type, parameters } = node;
			const { credentials, webhookId } = trigger;
			if (type === trigger.type) return { ...node, credentials, webhookId };
			if (type === SERVICE || type === `${SERVICE}Tool`)
				return { ...node, credentials: reference(environment.credential) };
			if (!type.endsWith('.lmChatOpenAi')) return node;
			const changed = { ...parameters, model: byId('stub') };
			return { ...node, parameters: changed, credentials: reference(model) };
		});
		return { ...definition, nodes };
	}

	get account(): string {
		return livingAccounts(this.environment.sandbox.world.corp)[0]?.openKfId ?? '';
	}

	customer(name: string): string {
		return this.service.addWeChatUser(name);
	}

	write(customer: string, text: string): string {
		const msgid = this.service.write(this.account, customer, text);
		if (msgid === undefined) throw new Error('The message was rejected');
		return msgid;
	}

	get service() {
		return this.environment.sandbox.world.customerService;
	}

	/** What the customer has been sent, oldest first. */
	answersTo(customer: string): unknown[] {
		return this.service
			.chat(this.account, customer)
			.entries.filter(({ from }) => from === 'app')
			.map(({ content }) => content.content ?? content);
	}

	/** Waits for the customer to have this many answers. */
	async answered(customer: string, count: number): Promise<unknown[]> {
		return await waitFor(
			`answer ${count}`,
			() => this.answersTo(customer).length >= count && this.answersTo(customer),
			LIMIT,
		);
	}

	/** Waits until no execution of the workflow has been added or runs for some seconds; oldest first. */
	async executions(workflow: SavedWorkflow, count: number): Promise<Execution[]> {
		const { editor } = this.environment;
		let before = '';
		const ids = await waitFor(
			`${count} executions to end`,
			async () => {
				const rows = await editor.executions({ workflowId: workflow.id });
				const open = rows.some(({ status }) => ['new', 'running', 'unknown'].includes(status));
				const now = JSON.stringify(rows);
				const isQuiet = now === before && !open && rows.length >= count;
				before = now;
				return isQuiet && rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
			},
			// Longer than the trigger lets pass between two looks.
			{ ...LIMIT, everyMs: 6_000 },
		);
		const found: Execution[] = [];
		for (const id of ids) found.push(await editor.execution(String(id)));
		return found;
	}
}

function isAnswered({ errcode }: { errcode?: number }): boolean {
	return errcode === 0;
}
