/* eslint-disable @n8n/community-nodes/no-restricted-imports -- waits in tests; rule for shipped code */
import { setTimeout } from 'timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { PATHS } from '../harness/requests';
import { Scenario } from '../harness/scenario';
import { ServiceScenario } from '../harness/serviceScenario';
import { nextNumber } from '../sandbox/customerService/state';
import { AnsweringProcess } from './answeringProcess';
import type { ConversationCell } from './conversationCells';
import { CONDITIONS, CUSTOMERS, FIRST } from './conversationCells';

/** While n8n is down, or afterwards; so that each customer can have 5 answers, whenever they come. */
const LATER = 1;
const ROWS_PER_PAGE = 7;
const MINUTE_SECONDS = 60;

export interface ConversationOutcome {
	/** Promises that were broken, in words; empty when all held. */
	readonly broken: readonly string[];
	readonly messages: number;
	readonly lost: number;
	readonly answeredTwice: number;
	readonly outOfOrder: number;
}

interface Written {
	readonly customer: string;
	readonly msgid: string;
	readonly text: string;
}

let cells = 0;

export async function runConversation(cell: ConversationCell): Promise<ConversationOutcome> {
	const scenario = new Scenario({ kfPageRows: ROWS_PER_PAGE, ...CONDITIONS[cell.conditions] });
	await scenario.start();
	// The node remembers the conversations of this process, and at WeCom no account comes twice.
	for (let number = 0; number < cells * 50; number++) nextNumber(scenario.sandbox.world.corp);
	cells++;
	const service = new ServiceScenario(scenario);
	service.start();
	try {
		return await new Conversation(cell, scenario, service).run();
	} finally {
		await service.stop();
		await scenario.stop();
	}
}

class Conversation {
	private readonly written: Written[] = [];
	private readonly account: string;
	private readonly customers: string[];
	private readonly stored;

	constructor(
		private readonly cell: ConversationCell,
		private readonly scenario: Scenario,
		private readonly service: ServiceScenario,
	) {
		this.account = service.addAccount('Tea shop');
		this.customers = Array.from({ length: CUSTOMERS }, (_, index) => service.customer(`${index}`));
		this.stored = service.newWorkflow();
	}

	async run(): Promise<ConversationOutcome> {
		const first = await this.process(false);
		await first.activate();
		const processes = [first];
		if (this.cell.when === 'running') await this.underFault(first);
		else processes.push(await this.acrossRestart(first));
		try {
			return await this.judge(processes);
		} finally {
			for (const { relay } of processes) relay.refuse();
		}
	}

	private async underFault(process: AnsweringProcess): Promise<void> {
		const back = this.fail(process);
		this.write(FIRST);
		await this.service.settle();
		// WeCom is there again, for whoever still tries.
		await back();
		await this.service.pass(AWAY_SECONDS);
		this.write(LATER);
		await this.service.pass(AWAY_SECONDS);
	}

	private async acrossRestart(first: AnsweringProcess): Promise<AnsweringProcess> {
		const { service, scenario, cell } = this;
		const isKilled = cell.when === 'killed';
		if (isKilled) {
			const before = scenario.sandbox.log.count(cell.path);
			const back = this.fail(first);
			this.write(FIRST);
			while (scenario.sandbox.log.count(cell.path) < before + cell.call) await setTimeout(1);
			await first.kill();
			await back();
		} else {
			this.write(FIRST);
			await service.settle();
			await first.stop();
		}
		this.write(LATER);
		scenario.sandbox.clock.advance(30);
		const second = await this.process(true);
		const back = isKilled ? async () => {} : this.fail(second);
		await this.activateAtLast(second, back);
		await service.pass(AWAY_SECONDS);
		if (isKilled) await this.retryByHand(first, second);
		return second;
	}

	/** A trigger that does not start is started again by n8n until it does. */
	private async activateAtLast(process: AnsweringProcess, back: () => Promise<void>) {
		try {
			await this.afterWaiting(process.activate());
		} catch {
			await back();
			await process.activate();
		}
		await this.service.settle();
		await back();
	}

	/** Lets time pass for work that waits, such as for the next minute after WeCom's limit per minute. */
	private async afterWaiting(work: Promise<void>): Promise<void> {
		let isOver = false;
		const over = () => (isOver = true);
		work.then(over, over);
		await this.service.settle();
		while (!isOver) await this.service.pass(MINUTE_SECONDS);
		await work;
	}

	/** What n8n was doing when it was killed; n8n 2 lists these executions as crashed, and starts none anew. */
	private async retryByHand(first: AnsweringProcess, second: AnsweringProcess): Promise<void> {
		const again = new Set((await second.started()).map(({ msgid }) => msgid));
		for (const message of await first.started()) {
			const isCutOff = !first.results.has(String(message.msgid)) && !again.has(message.msgid);
			if (isCutOff) await second.answer(message, 'retry');
		}
	}

	private async process(isSecond: boolean): Promise<AnsweringProcess> {
		const { n8n, retryOnFail } = this.cell;
		return await AnsweringProcess.create(this.service, {
			stored: this.stored,
			takesKeys: n8n === 2,
			retryOnFail,
			isSecond,
		});
	}

	/** @returns what ends the fault */
	private fail({ relay }: AnsweringProcess): () => Promise<void> {
		const { fault, path, call, lasting } = this.cell;
		const { faults, world } = this.scenario.sandbox;
		if (fault.kind === 'refused') {
			relay.refuse();
			return async () => await relay.open();
		}
		const calls = lasting ? Array.from({ length: 1_000 }, (_, index) => call + index) : call;
		// A new token is asked for only when the old one is refused.
		if (path === PATHS.token) world.killToken();
		const handle = faults.add({ path, fault, call: calls });
		return async () => {
			handle.remove();
			await Promise.resolve();
		};
	}

	private write(count: number): void {
		for (let round = 0; round < count; round++) {
			for (const customer of this.customers) {
				const text = `Message ${this.written.length}`;
				const msgid = this.service.write(customer, text, this.account);
				this.written.push({ customer, msgid, text });
			}
		}
	}

	/** The sandbox's own record decides, not what the node says of itself. */
	private async judge(processes: readonly AnsweringProcess[]): Promise<ConversationOutcome> {
		const { written, cell } = this;
		const broken: string[] = [];
		const started: IDataObject[][] = [];
		for (const process of processes) started.push(await process.started());
		const ids = started.flat().map(({ msgid }) => String(msgid));

		const lost = written.filter(({ msgid }) => !ids.includes(msgid));
		if (lost.length > 0) broken.push(`${lost.length} messages started nothing`);
		const repeated = ids.length - new Set(ids).size;
		if (repeated > 0 && !(cell.n8n === 1 && cell.when !== 'running')) {
			broken.push(`${repeated} messages started two executions`);
		}
		const disordered = started.filter((each) => !this.isInOrder(each)).length;
		if (disordered > 0) broken.push('executions started out of order');

		let answeredTwice = 0;
		let outOfOrder = disordered;
		let silent = 0;
		for (const customer of this.customers) {
			const asked = written.filter((each) => each.customer === customer);
			const texts = asked.map(({ text }) => text);
			const answers = this.answersTo(customer);
			answeredTwice += answers.length - new Set(answers).size;
			// Whoever presses Retry does it later.
			const expected = texts.filter((text) => answers.includes(text));
			const inOrder = JSON.stringify(answers) === JSON.stringify(expected);
			if (!inOrder && cell.when !== 'killed') outOfOrder++;
			silent += asked.filter(
				({ text, msgid }) => !answers.includes(text) && !this.isSaid(processes, msgid),
			).length;
		}
		if (answeredTwice > 0) broken.push(`${answeredTwice} messages were answered twice`);
		if (outOfOrder > disordered) broken.push('answers came out of order');
		if (silent > 0) broken.push(`${silent} messages have no answer, and nothing says so`);
		const said = processes.map(({ log, results }) => [
			log,
			[...results.values()].map(({ stored, error }) => [stored, error?.stack]),
		]);
		const text = JSON.stringify(said);
		if (text.includes(this.scenario.sandbox.secret))
			broken.push('the secret is in log or execution');
		if (text.includes('access_token=')) broken.push('a token is in log or execution');
		const messages = written.length;
		return { broken, messages, lost: lost.length + silent, answeredTwice, outOfOrder };
	}

	private isInOrder(started: readonly IDataObject[]): boolean {
		return this.customers.every((customer) => {
			const heard = started
				.filter(({ external_userid }) => external_userid === customer)
				.map(({ msgid }) => String(msgid));
			const all = this.written.map(({ msgid }) => msgid).filter((msgid) => heard.includes(msgid));
			return JSON.stringify(heard) === JSON.stringify(all);
		});
	}

	private answersTo(customer: string): string[] {
		const { entries } = this.service.service.chat(this.account, customer);
		return entries
			.filter(({ from }) => from === 'app')
			.map(({ content }) => String(content.content));
	}

	/** Whether the builder can see that a message has no answer. */
	private isSaid(processes: readonly AnsweringProcess[], msgid: string): boolean {
		// A fault of other requests must not keep an answer away, unless it takes the connection or every token from all.
		const { path, fault, lasting } = this.cell;
		const hitsAll = fault.kind === 'refused' || (fault.kind === 'killToken' && lasting);
		if (path !== PATHS.reply && !hitsAll) return false;
		return processes.some(({ results }) => {
			const result = results.get(msgid);
			const state = result?.items[0]?.json.state;
			return result?.status === 'error' || state === 'not_sent' || state === 'unknown';
		});
	}
}

/** Longer than the trigger waits between two tries. */
const AWAY_SECONDS = 150;
