import type { IDataObject } from 'n8n-workflow';

import { messageKinds } from '../../../nodes/WeComCustomerService/trigger/events';
import { itemFor } from '../../../nodes/WeComCustomerService/trigger/item';
import { useScenario } from '../../harness/scenario';
import { useServiceTrigger } from '../../harness/serviceScenario';
import type { Written } from '../../sandbox/customerService/written';

const scenario = useScenario({ startAt: new Date('2026-03-10T04:00:00Z') });
const trigger = useServiceTrigger(scenario);

const NOW = Date.UTC(2026, 2, 10, 4) / 1_000;

/** The items that what happens starts the workflow with. */
async function itemsOf(
	happen: (customer: string) => void,
	parameters: IDataObject = { events: ['*'], downloadMedia: false },
): Promise<IDataObject[]> {
	const server = await trigger.publish(parameters);
	happen(trigger.customer());
	await trigger.settle();
	const results = await Promise.all(server.executions);
	return results.flatMap(({ items }) => items.map(({ json }) => json));
}

const itemOf = async (written: Written) =>
	(await itemsOf((customer) => void trigger.write(customer, written)))[0];

it('is the row, with what the AI Agent and its memory look for, and what answering takes', async () => {
	const [item] = await itemsOf((customer) => void trigger.write(customer, 'Prices?'));
	const customer = String(item?.external_userid);
	expect(item).toEqual({
		msgid: expect.any(String) as string,
		open_kfid: trigger.account,
		external_userid: customer,
		send_time: NOW,
		sent_at: '2026-03-10T12:00:00.000+08:00',
		origin: 3,
		origin_name: 'customer',
		msgtype: 'text',
		text: { content: 'Prices?' },
		sessionId: `${trigger.account}:${customer}`,
		chatInput: 'Prices?',
		reply_until_unix: NOW + 48 * 3_600,
		reply_until: '2026-03-12T12:00:00.000+08:00',
		replies_left: 5,
	});
});

it.each<Written>([
	{ msgtype: 'image', image: {} },
	{ msgtype: 'location', location: { latitude: 30.2, longitude: 120.1, name: 'Lake' } },
	{ msgtype: 'note' },
	{ msgtype: 'meeting', meeting: { topic: 'Tea' } },
	{ msgtype: 'unknown', unknown: { any: 'thing' } },
])('passes other types on as they are, with an empty chatInput: %j', async (written) => {
	const { msgtype } = written as { msgtype: string };
	expect(await itemOf(written)).toMatchObject({
		msgtype,
		[msgtype]: expect.any(Object) as object,
		chatInput: '',
		replies_left: 5,
	});
});

it('gives chat records as text beside the raw', async () => {
	const at = NOW - 60;
	const item = await itemOf({
		msgtype: 'merged_msg',
		merged_msg: {
			title: 'Chat of Ann and Bob',
			item: [
				{
					send_time: at,
					msgtype: 'text',
					sender_name: 'Ann',
					content: { msgtype: 'text', text: { content: 'Green or black?' } },
				},
				{
					send_time: at,
					msgtype: 2,
					sender_name: 'Bob',
					content: { msgtype: 'image', image: { media_id: 'M' } },
				},
				{
					send_time: at,
					msgtype: 'merged_msg',
					sender_name: 'Bob',
					content: {
						msgtype: 'merged_msg',
						merged_msg: {
							title: 'Older',
							item: [
								{
									sender_name: 'Cai',
									msg_content: JSON.stringify({ msgtype: 'text', text: { content: 'Oolong' } }),
								},
								{ sender_name: 'Cai', msgtype: 'video', msg_content: 'no JSON' },
							],
						},
					},
				},
			],
		},
	});
	expect(item?.merged_text).toBe(
		[
			'Chat of Ann and Bob',
			'Ann: Green or black?',
			'Bob: [image]',
			'Bob: [merged_msg]',
			'  Older',
			'  Cai: Oolong',
			'  Cai: [video]',
		].join('\n'),
	);
	expect(item).toMatchObject({ merged_msg: { title: 'Chat of Ann and Bob' }, chatInput: '' });
});

it('gives the text of a menu entry that was clicked', async () => {
	const [item] = await itemsOf((customer) => {
		trigger.write(customer, 'Hi');
		const menu = { list: [{ type: 'click', click: { id: 'hours', content: 'Opening hours' } }] };
		const chat = trigger.service.chat(trigger.account, customer);
		chat.entries.push({
			msgid: 'menu',
			time: NOW,
			from: 'app',
			msgtype: 'msgmenu',
			content: menu,
			recalled: false,
		});
		trigger.service.clickMenu(trigger.account, customer, 'menu', 'hours');
	}).then((items) => items.slice(-1));
	expect(item).toMatchObject({
		text: { content: 'Opening hours', menu_id: 'hours' },
		chatInput: 'Opening hours',
	});
});

describe('events', () => {
	it('have account and customer at the top, and the code of a welcome', async () => {
		const [item] = await itemsOf(
			(customer) => void trigger.service.enter(trigger.account, customer, { scene: 'home' }),
		);
		const event = item?.event as IDataObject;
		expect(item).toMatchObject({
			msgtype: 'event',
			origin_name: 'event',
			event_type: 'enter_session',
			open_kfid: trigger.account,
			external_userid: event.external_userid,
			sessionId: `${trigger.account}:${String(event.external_userid)}`,
			scene: 'home',
			event_code: event.welcome_code,
			chatInput: '',
			replies_left: null,
			reply_until: null,
		});
		expect(item?.event_code).toEqual(expect.stringMatching(/./));
	});

	it('name numbers that WeCom writes as text', () => {
		const event = { event_type: 'msg_send_fail', fail_type: '6', status: '', stop_type: undefined };
		const message = { msgid: 'k1', send_time: NOW, origin: 4, msgtype: 'event', event };
		const item = itemFor(message, 'Asia/Shanghai');
		expect(item).toMatchObject({ fail_type: '6', fail_type_name: 'limit_reached' });
		expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['status_name']));
		expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['stop_type_name']));
	});

	it('have null for a code that WeCom did not give', async () => {
		const items = await itemsOf((customer) => {
			trigger.write(customer);
			trigger.service.enter(trigger.account, customer);
		});
		expect(items[1]).toMatchObject({ event_type: 'enter_session', event_code: null });
	});

	it('name their numbers', async () => {
		const items = await itemsOf((customer) => {
			const { account, service } = trigger;
			service.locate(account).account.servicers.set('lin', 'receiving');
			const msgid = trigger.write(customer);
			service.handOver(account, customer, 'lin');
			service.servicers.write(account, customer, 'lin', 'Good morning');
			service.servicers.end(account, customer);
			service.servicers.setStatus(account, 'lin', 'suspended');
			service.fail(account, msgid, 6);
			service.fail(account, msgid, 13);
			service.fail(account, msgid, 77);
			service.recall(account, msgid);
		});
		const ofType = (type: string) => items.filter(({ event_type }) => event_type === type);
		expect(ofType('session_status_change')[0]).toMatchObject({
			change_type: 3,
			change_type_name: 'ended',
			old_servicer_userid: 'lin',
			event_code: expect.stringMatching(/./) as string,
		});
		expect(ofType('servicer_status_change')).toEqual([
			expect.objectContaining({
				servicer_userid: 'lin',
				status: 2,
				status_name: 'stopped',
				stop_type: 1,
				stop_type_name: 'suspended',
				external_userid: null,
				sessionId: null,
			}),
		]);
		expect(ofType('msg_send_fail')).toEqual([
			expect.objectContaining({ fail_type: 6, fail_type_name: 'limit_reached' }),
			expect.objectContaining({ fail_type: 13, fail_type_name: 'content_security' }),
			expect.objectContaining({ fail_type: 77, fail_type_name: 'unknown_77' }),
		]);
		expect(ofType('user_recall_msg')).toEqual([
			expect.objectContaining({ recall_msgid: items[0]?.msgid }),
		]);
		expect(items.find(({ origin }) => origin === 5)).toMatchObject({
			origin_name: 'servicer',
			servicer_userid: 'lin',
			chatInput: 'Good morning',
			replies_left: null,
		});
	});
});

describe('Trigger On', () => {
	const happen = (customer: string) => {
		const { account, service } = trigger;
		service.locate(account).account.servicers.set('lin', 'receiving');
		service.enter(account, customer);
		const msgid = trigger.write(customer);
		trigger.write(customer, { msgtype: 'location', location: { latitude: 1, longitude: 2 } });
		trigger.write(customer, { msgtype: 'unknown', unknown: {} });
		service.handOver(account, customer, 'lin');
		service.servicers.write(account, customer, 'lin', 'Yes?');
		service.recall(account, msgid);
	};
	const typesFor = async (...events: string[]) =>
		(await itemsOf(happen, { events })).map(({ event_type, msgtype, origin }) =>
			origin === 5 ? 'servicer' : (event_type ?? msgtype),
		);

	it.each<[string[], string[]]>([
		[['message'], ['text', 'location', 'unknown']],
		[['message.text'], ['text']],
		[
			['message.unknown', 'event.user_recall_msg'],
			['unknown', 'user_recall_msg'],
		],
		[['servicer_message'], ['servicer']],
		[['event.enter_session'], ['enter_session']],
		[['*'], ['enter_session', 'text', 'location', 'unknown', 'servicer', 'user_recall_msg']],
	])('%j', async (events, types) => {
		expect(await typesFor(...events)).toEqual(types);
	});

	it('is any message of a customer unless something else is chosen', async () => {
		const types = (await itemsOf(happen, {})).map(({ msgtype }) => msgtype);
		expect(types).toEqual(['text', 'location', 'unknown']);
	});

	it('has values that are public and therefore fixed', () => {
		expect(messageKinds.map(({ value }) => value).sort()).toMatchInlineSnapshot(`
		[
		  "event.enter_session",
		  "event.msg_send_fail",
		  "event.reject_customer_msg_switch_change",
		  "event.servicer_recall_msg",
		  "event.servicer_status_change",
		  "event.session_status_change",
		  "event.user_recall_msg",
		  "message",
		  "message.business_card",
		  "message.channels",
		  "message.channels_shop_order",
		  "message.channels_shop_product",
		  "message.file",
		  "message.image",
		  "message.link",
		  "message.location",
		  "message.meeting",
		  "message.merged_msg",
		  "message.miniprogram",
		  "message.note",
		  "message.schedule",
		  "message.text",
		  "message.video",
		  "message.voice",
		  "servicer_message",
		]
	`);
	});
});
