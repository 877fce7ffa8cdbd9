import type { IDataObject } from 'n8n-workflow';

import { nodeNamed, readExample, runExample } from '../../harness/examples';
import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';
import { phoneOf } from '../../sandbox';

const scenario = useScenario();
const desk = useServiceTrigger(scenario);

/** Publishes the trigger of an example. Whatever happens then runs the example from the items of the trigger. */
async function publish(file: string): Promise<(happens: () => void) => Promise<void>> {
	const { parameters } = nodeNamed(readExample(file), 'Customer');
	const server = await desk.publish(parameters);
	await desk.settle();
	let done = 0;
	return async (happens) => {
		happens();
		await desk.settle();
		const executions = await Promise.all(server.executions);
		for (const { items } of executions.slice(done)) {
			const result = await runExample(scenario, file, {
				startNode: 'Customer',
				triggerItems: items,
			});
			expect(result.error).toBeUndefined();
		}
		done = executions.length;
	};
}

/** What WeCom took from the API, oldest first. */
const taken = (path: string): IDataObject[] =>
	scenario.sandbox.log
		.calls(`/cgi-bin/kf/${path}`)
		.filter(({ errcode }) => errcode === 0)
		.map(({ body }) => body as IDataObject);

/** The customer clicks an entry of the menu that an event allowed. */
function click(customer: string, id: string): void {
	const menu = String(taken('send_msg_on_event').at(-1)?.msgid);
	desk.service.clickMenu(desk.account, customer, menu, id);
}

describe('opening-hours-menu.json', () => {
	let customer: string;
	let when: (happens: () => void) => Promise<void>;
	beforeEach(async () => {
		customer = desk.customer();
		when = await publish('opening-hours-menu.json');
		await when(() => void desk.service.enter(desk.account, customer));
	});

	it('welcomes with a menu whoever opens the chat', async () => {
		expect(taken('send_msg_on_event')).toMatchObject([
			{ msgtype: 'msgmenu', msgmenu: { list: [{ type: 'click' }, {}, {}] } },
		]);
		expect(taken('send_msg')).toEqual([]);
	});

	it.each([
		['opening_hours', 'Tuesday to Sunday, 10:00 to 19:00.'],
		['address', '12 River Road, two minutes from the ferry.'],
	])('answers a click on %s', async (id, text) => {
		await when(() => click(customer, id));
		expect(taken('send_msg')).toMatchObject([{ touser: customer, text: { content: text } }]);
	});

	it('hands over to a human, and says so', async () => {
		await when(() => click(customer, 'human'));
		expect(taken('service_state/trans')).toMatchObject([{ external_userid: customer }]);
		expect(taken('send_msg_on_event').slice(1)).toMatchObject([
			{ text: { content: 'A colleague will be with you in a moment.' } },
		]);
		expect(taken('send_msg')).toEqual([]);
	});

	it('shows the menu again to whoever writes something else', async () => {
		await when(() => void desk.write(customer, 'Hello?'));
		expect(taken('send_msg')).toMatchObject([{ touser: customer, msgtype: 'msgmenu' }]);
	});
});

describe('satisfaction.json', () => {
	let customer: string;
	let when: (happens: () => void) => Promise<void>;
	beforeEach(async () => {
		customer = desk.customer();
		when = await publish('satisfaction.json');
		await when(() => {
			desk.write(customer, 'Hello');
			desk.service.handOver(desk.account, customer);
			desk.service.servicers.take(desk.account, customer, 'lin');
		});
	});

	const end = async () => await when(() => desk.service.servicers.end(desk.account, customer));

	it('asks once, when a servicer has ended the session', async () => {
		expect(taken('send_msg_on_event')).toEqual([]);
		await end();
		expect(taken('send_msg_on_event')).toMatchObject([
			{ msgtype: 'msgmenu', msgmenu: { head_content: expect.stringContaining('helpful') } },
		]);
		expect(taken('send_msg')).toEqual([]);
	});

	it.each([
		['helpful', 'Thank you! See you at the tea house.', 0],
		['not_helpful', 'We are sorry. Please write what went wrong; a colleague reads it.', 1],
	])('answers %s, and tells the lead when it was not', async (id, text, told) => {
		await end();
		await when(() => click(customer, id));
		expect(taken('send_msg')).toMatchObject([{ touser: customer, text: { content: text } }]);
		const { messages } = phoneOf(scenario.sandbox.world.corp, 'lin');
		expect(messages).toHaveLength(told);
		for (const { content } of messages) expect(content.content).toContain(customer);
	});
});
