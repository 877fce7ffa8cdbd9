import type { IDataObject } from 'n8n-workflow';

import { WeComCustomerService } from '../../nodes/WeComCustomerService/WeComCustomerService.node';
import type { SandboxOptions } from '../sandbox';
import type { ChatEntry } from '../sandbox/customerService/model';
import { nextNumber } from '../sandbox/customerService/state';
import type { EngineResult } from './engine';
import type { ScenarioRun } from './nodeScenario';
import { byId, engineOf, NodeScenario, started } from './nodeScenario';

const engine = engineOf(new WeComCustomerService());

let desks = 0;

/** The Customer Service node in a sandbox, with an account that Lin and Wei serve, and customers who write to it. */
export class CustomerServiceScenario extends NodeScenario {
	/** The `open_kfid`. */
	account = '';

	private customers: string[] = [];

	constructor(options: SandboxOptions = {}) {
		super(engine, options);
	}

	override async start(options: SandboxOptions = {}): Promise<void> {
		await super.start(options);
		const { world } = this.sandbox;
		// The node remembers the conversations of this process, and at WeCom no account comes twice.
		for (let number = 0; number < desks * 20; number++) nextNumber(world.corp);
		desks++;
		this.account = this.service.addAccount('Tea shop', ['lin', 'wei']).openKfId;
		this.customers = ['Amy', 'Ben', 'Cleo'].map((name) => this.service.addWeChatUser(name));
	}

	get service() {
		return this.sandbox.world.customerService;
	}

	customer(position = 0): string {
		const customer = this.customers[position];
		if (customer === undefined) throw new Error(`The scenario has no customer ${position}`);
		return customer;
	}

	pair(position = 0): { open_kfid: string; external_userid: string } {
		return { open_kfid: this.account, external_userid: this.customer(position) };
	}

	/** A customer writes; gives the message as WeCom's list has it, which is how the trigger passes it on. */
	heard(content = 'Hello', position = 0): IDataObject & { msgid: string } {
		const msgid = this.service.write(this.account, this.customer(position), content);
		if (msgid === undefined) throw new Error('The message was rejected');
		return {
			msgid,
			...this.pair(position),
			send_time: this.sandbox.clock.now(),
			origin: 3,
			msgtype: 'text',
			text: { content },
		};
	}

	/** A customer writes, Lin answers after 17 seconds and ends the session; then the day is over. */
	workOneDay(): void {
		const { servicers } = this.service;
		this.heard();
		this.service.handOver(this.account, this.customer(), 'lin');
		this.sandbox.clock.advance(17);
		servicers.write(this.account, this.customer(), 'lin', 'Hi');
		servicers.end(this.account, this.customer());
		this.sandbox.clock.advance(86_400);
	}

	/** What reached the customer from the app, oldest first. */
	received(position = 0): ChatEntry[] {
		const { entries } = this.service.chat(this.account, this.customer(position));
		return entries.filter(({ from, failType }) => from === 'app' && failType === undefined);
	}

	/** The texts of it. */
	texts(position = 0): unknown[] {
		return this.received(position).map(({ content }) => content.content);
	}

	/** An operation on the account of the scenario, unless the parameters name another. */
	async ofAccount(
		resource: 'account' | 'servicer' | 'statistic',
		operation: string,
		parameters: IDataObject = {},
		run?: ScenarioRun,
	): Promise<EngineResult> {
		return await this.run({ resource, operation, account: byId(this.account), ...parameters }, run);
	}

	/** An operation on the session of the first customer, unless the run has other items. */
	async session(
		operation: string,
		parameters: IDataObject = {},
		run: ScenarioRun = {},
	): Promise<EngineResult> {
		return await this.run(
			{ resource: 'session', operation, ...parameters },
			{ input: [this.pair()], ...run },
		);
	}

	/** The `service_state` of a customer's session. */
	stateOf(position = 0): number {
		return this.service.chat(this.account, this.customer(position)).state;
	}

	/** Answers with a text, unless the parameters say otherwise. */
	async reply(parameters: IDataObject = {}, run?: ScenarioRun): Promise<EngineResult> {
		return await this.run(
			{ resource: 'message', operation: 'send', text: 'Hi', ...parameters },
			run,
		);
	}
}

export function useCustomerService(options: SandboxOptions = {}): CustomerServiceScenario {
	return started(new CustomerServiceScenario(options));
}
