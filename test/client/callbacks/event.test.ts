import { toEvent } from '../../../nodes/shared/client/callbacks/event';
import { parseXml } from '../../../nodes/shared/client/callbacks/xml';

/** An event from its own nodes, written as in WeCom's samples. */
function eventOf(nodes: string, sender = 'sys') {
	const xml = parseXml(
		`<xml><ToUserName>ww1</ToUserName><FromUserName>${sender}</FromUserName><CreateTime>1764550000</CreateTime><MsgType>event</MsgType>${nodes}</xml>`,
	);
	if (!xml) throw new Error('Not XML');
	return toEvent({ nodes: xml });
}

it('names an event by event and change type, and its nodes as our lists do', () => {
	expect(
		eventOf(
			'<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>lin</UserID><ExternalUserID>wm1</ExternalUserID><State>expo</State><WelcomeCode>WC</WelcomeCode>',
		),
	).toEqual({
		type: 'change_external_contact.add_external_contact',
		event: 'change_external_contact',
		changeType: 'add_external_contact',
		corpId: 'ww1',
		createTime: 1_764_550_000,
		fields: { userid: 'lin', external_userid: 'wm1', state: 'expo', welcome_code: 'WC' },
	});
});

it('gives numbers as numbers and lists as arrays, with one entry, several or none', () => {
	const update = (list: string) =>
		eventOf(
			`<Event>change_external_chat</Event><ChangeType>update</ChangeType><ChatId>123456</ChatId><MemChangeCnt>1</MemChangeCnt><JoinScene>3</JoinScene>${list}`,
		).fields;
	expect(update('<MemChangeList><Item>wm1</Item></MemChangeList>')).toEqual({
		chat_id: '123456',
		mem_change_cnt: 1,
		join_scene: 3,
		mem_change_list: ['wm1'],
	});
	const two = '<MemChangeList><Item>wm1</Item><Item>wm2</Item></MemChangeList>';
	expect(update(two).mem_change_list).toEqual(['wm1', 'wm2']);
	expect(update('<MemChangeList/>').mem_change_list).toEqual([]);
	expect(update('<MemChangeList>wm1</MemChangeList>').mem_change_list).toEqual(['wm1']);
});

it('gives what is no number as it is', () => {
	const { fields } = eventOf(
		'<Event>x</Event><JoinScene>many</JoinScene><StrategyId></StrategyId>',
	);
	expect(fields).toEqual({ join_scene: 'many', strategy_id: null });
});

it.each([
	['tag', 'create', '<Id>et1</Id><TagType>tag</TagType>', { tag_id: 'et1', tag_type: 'tag' }],
	[
		'group',
		'update',
		'<Id>et2</Id><TagType>tag_group</TagType>',
		{ group_id: 'et2', tag_type: 'tag_group' },
	],
	[
		'order of a group',
		'shuffle',
		'<Id>et3</Id><StrategyId>7</StrategyId>',
		{ group_id: 'et3', strategy_id: 7 },
	],
	['order of all groups', 'shuffle', '<Id></Id>', { group_id: null }],
	['unknown kind', 'update', '<Id>et4</Id>', { id: 'et4' }],
])('says whether a tag event is about a tag or a group: %s', (_, changeType, nodes, expected) => {
	const event = `<Event>change_external_tag</Event><ChangeType>${changeType}</ChangeType>${nodes}`;
	expect(eventOf(event).fields).toEqual(expected);
});

it('names the member who clicked a card', () => {
	expect(
		eventOf(
			'<Event>template_card_event</Event><EventKey>approve</EventKey><TaskId>t1</TaskId><CardType>button_interaction</CardType><ResponseCode>RC</ResponseCode><AgentID>1000002</AgentID><SelectedItems><SelectedItem><QuestionKey>q1</QuestionKey><OptionIds><OptionId>o1</OptionId></OptionIds></SelectedItem></SelectedItems>',
			'boss',
		),
	).toMatchObject({
		type: 'template_card_event',
		changeType: null,
		fields: {
			userid: 'boss',
			event_key: 'approve',
			task_id: 't1',
			agentid: 1_000_002,
			selected_items: [{ question_key: 'q1', option_ids: ['o1'] }],
		},
	});
});

it('takes the bell of customer service, which has no sender and no change type', () => {
	const nodes = parseXml(
		'<xml><ToUserName>ww1</ToUserName><CreateTime>1764550000</CreateTime><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>sync</Token><OpenKfId>wk1</OpenKfId></xml>',
	);
	expect(toEvent({ nodes: nodes ?? {} })).toMatchObject({
		type: 'kf_msg_or_event',
		changeType: null,
		fields: { token: 'sync', open_kfid: 'wk1' },
	});
});

it('collects repeated siblings', () => {
	const { fields } = eventOf(
		'<Event>kf_account_auth_change</Event><AuthAddOpenKfId>wk1</AuthAddOpenKfId><AuthAddOpenKfId>wk2</AuthAddOpenKfId><AuthDelOpenKfId>wk3</AuthDelOpenKfId>',
	);
	expect(fields).toEqual({ auth_add_open_kfid: ['wk1', 'wk2'], auth_del_open_kfid: ['wk3'] });
});

it('lets nodes through that are new at WeCom', () => {
	const { fields } = eventOf(
		'<Event>x</Event><NewThing><SomeURL>u</SomeURL><HTTPCode>1</HTTPCode></NewThing><constructor>c</constructor>',
	);
	expect(fields).toEqual({ new_thing: { some_url: 'u', http_code: '1' }, constructor: 'c' });
});

it('takes a message that a member wrote to the app by its type', () => {
	const nodes = parseXml(
		'<xml><FromUserName>lin</FromUserName><MsgType>text</MsgType><Content>Hi</Content></xml>',
	);
	expect(toEvent({ nodes: nodes ?? {} })).toMatchObject({
		type: 'text',
		event: null,
		createTime: null,
		fields: { userid: 'lin', content: 'Hi' },
	});
});
