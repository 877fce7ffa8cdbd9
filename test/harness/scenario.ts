import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/shared/adapters/clock';
import { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node';
import type { SandboxOptions, Task } from '../sandbox';
import type { EngineResult } from './engine';
import type { ScenarioRun } from './nodeScenario';
import { byId, engineOf, NodeScenario, started } from './nodeScenario';
import { engineOfOtherProcess } from './otherProcess';
import { groupsOf, recipientsOfTasks, tagGroupNamed, tagLibrary, tagNamed } from './sandbox';

export * from './nodeScenario';

const engine = engineOf(new WeComExternalContact());

/** A task to be created: other parameters than these go to Broadcast as they are. */
export interface NewTask extends IDataObject {
	sender?: string;
	/** Default: all customers of the sender. */
	to?: string[];
}

/** The External Contact node in a sandbox. */
export class Scenario extends NodeScenario {
	constructor(options: SandboxOptions = {}) {
		super(engine, options);
	}

	/** Broadcasts for Lin; to all of Lin's customers unless the parameters say to whom. */
	async broadcast(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(this.broadcastParameters(parameters), run);
	}

	private broadcastParameters(parameters: IDataObject): IDataObject {
		const { sendTo = 'customers' } = parameters;
		return {
			resource: 'message',
			operation: 'broadcast',
			sendTo,
			...(sendTo === 'customers' && { externalUserIds: this.customersOf('lin').join() }),
			sentBy: 'member',
			member: byId('lin'),
			text: 'The new harvest is here',
			...parameters,
		};
	}

	/** The same broadcast by a node that shares no memory with this one, as in another worker of n8n. */
	async broadcastElsewhere(parameters: IDataObject = {}): Promise<EngineResult> {
		const other = engineOfOtherProcess(clock.now, clock.sleep);
		return await other.run({
			credential: other.credential({ ...this.credential.data, accessToken: '' }),
			timezone: 'Asia/Shanghai',
			executionId: 'elsewhere',
			node: { parameters: this.broadcastParameters(parameters) },
		});
	}

	/** Input items for `send`: the first customers of Lin. */
	inputItems(count: number): IDataObject[] {
		return this.customersOf('lin')
			.slice(0, count)
			.map((customer) => ({ customer }));
	}

	/** Sends for Lin, to the customer in the field `customer` of each input item. */
	async send(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'message',
				operation: 'send',
				member: byId('lin'),
				customer: byId('={{ $json.customer }}'),
				text: 'Your order has arrived',
				...parameters,
			},
			run,
		);
	}

	/** Creates a task as the node does and gives its msgid. */
	async createTask({ sender = 'lin', to, ...parameters }: NewTask = {}): Promise<string> {
		const { items, error } = await this.broadcast({
			...(parameters.sendTo === undefined && {
				externalUserIds: (to ?? this.customersOf(sender)).join(),
			}),
			member: byId(sender),
			text: 'Hi',
			...parameters,
		});
		if (error) throw error;
		return String(items[0]?.json.msgid);
	}

	/** Get Task Status; the summary unless the parameters say otherwise. */
	async status(
		msgid: string,
		parameters: IDataObject = {},
		run?: ScenarioRun,
	): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'message',
				operation: 'getTaskStatus',
				msgid: byId(msgid),
				output: 'summary',
				...parameters,
			},
			run,
		);
	}

	async cancel(msgid: string, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run({ resource: 'message', operation: 'cancel', msgid: byId(msgid) }, run);
	}

	/** Lists all customers of all members unless the parameters say otherwise. */
	async listCustomers(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(
			{
				resource: 'customer',
				operation: 'list',
				memberScope: 'all',
				returnAll: true,
				...parameters,
			},
			run,
		);
	}

	/** The code of an event that says that Lin and one of Lin's customers have just met. */
	welcomeCode(position = 0): string {
		const { world } = this.sandbox;
		const customer = this.customersOf('lin')[position] ?? '';
		return world.welcomes.issue(world.corp, 'lin', customer, this.sandbox.clock.now());
	}

	groupsOf(userid: string): string[] {
		return groupsOf(this.sandbox, userid);
	}

	tagId(name: string): string {
		return tagNamed(this.sandbox, name).tagId;
	}

	tagGroupId(name: string): string {
		return tagGroupNamed(this.sandbox, name).groupId;
	}

	tagLibrary(): Record<string, string[]> {
		return tagLibrary(this.sandbox);
	}

	tasks(): Task[] {
		return this.sandbox.world.tasks();
	}

	recipientsOfTasks(): string[][] {
		return recipientsOfTasks(this.sandbox);
	}
}

/** Starts a scenario before each test and stops it afterwards. */
export function useScenario(options: SandboxOptions = {}): Scenario {
	return started(new Scenario(options));
}
