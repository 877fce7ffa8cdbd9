import type { Corp, Sandbox } from '../index';
import type { Hearing } from './hearing';
import { useHearing } from './hearing';
import { nodesOf } from './receiver';

describe('events of acquisition links, cards and other corps (docs 97299 and 90240)', () => {
	let sandbox: Sandbox;
	let corp: Corp;
	let post: Hearing['post'];
	let events: Hearing['events'];
	useHearing((hearing) => ({ sandbox, corp, post, events } = hearing));

	test('acquisition links and their quota', async () => {
		const happens = async (changeType: string, fields: object = {}) =>
			await post('/acquisition-event', { changeType, ...fields });
		await happens('balance_low');
		await happens('link_unavailable', { linkId: 'caLINK1' });
		await happens('friend_request', { linkId: 'caLINK1', state: 'A' });
		await happens('customer_start_chat', { userid: 'lin', external_userid: 'wm1' });
		expect(await happens('delete_link')).toEqual({ error: 'linkId: Required' });
		expect(await happens('made_up')).toHaveProperty('error');
		expect(await events()).toEqual([
			['customer_acquisition.balance_low', {}],
			['customer_acquisition.link_unavailable', { LinkId: 'caLINK1' }],
			['customer_acquisition.friend_request', { LinkId: 'caLINK1', State: 'A' }],
			['customer_acquisition.customer_start_chat', { UserID: 'lin', ExternalUserID: 'wm1' }],
		]);
	});

	test('a member clicks on a card', async () => {
		const click = { userid: 'lin', eventKey: 'approve', taskId: 'task1' };
		await post('/card-click', { ...click, responseCode: 'RC1', selected: { q1: ['o1', 'o2'] } });
		await post('/card-click', click);
		expect(await post('/card-click', { ...click, userid: 'x' })).toHaveProperty('error');
		const [full, plain] = sandbox.world.callbacks.deliveries().map(({ xml }) => nodesOf(xml));
		expect(full).toEqual({
			ToUserName: corp.corpId,
			FromUserName: 'lin',
			CreateTime: expect.any(String),
			MsgType: 'event',
			Event: 'template_card_event',
			EventKey: 'approve',
			TaskId: 'task1',
			CardType: 'button_interaction',
			ResponseCode: 'RC1',
			AgentID: '1000002',
			SelectedItems:
				'<SelectedItem><QuestionKey><![CDATA[q1]]></QuestionKey><OptionIds>' +
				'<OptionId><![CDATA[o1]]></OptionId><OptionId><![CDATA[o2]]></OptionId>' +
				'</OptionIds></SelectedItem>',
		});
		expect(plain).not.toHaveProperty('SelectedItems');
	});

	test('the second corp: its own people, its own URL', async () => {
		const [, second] = [...sandbox.world.corps.values()];
		const other = second?.corpId;
		const added = await post('/add-customer', { corp: other, userid: 'gao' });
		expect(added.delivery).toMatchObject({ state: 'not sent', corpId: other });
		expect(await post('/add-customer', { userid: 'gao' })).toHaveProperty('error');
	});
});
