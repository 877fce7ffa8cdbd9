// Chat windows of customer service: the customer on WeChat on one side, a human servicer on the other.
// A module, so that its names are its own; page.js comes first and brings the small tools: `byId`, `element`,
// `time`, `count`, `control`.

const STATES = ['New', 'With the assistant', 'In the pool', 'With a human', 'Ended'];
const NEWCOMER = 'newcomer';

/** What a customer can write besides text, with a sample of each. */
const KINDS = {
	text: null,
	image: { msgtype: 'image' },
	voice: { msgtype: 'voice' },
	video: { msgtype: 'video' },
	file: { msgtype: 'file' },
	location: {
		msgtype: 'location',
		location: { latitude: 30.25, longitude: 120.15, name: 'West Lake', address: 'Hangzhou' },
	},
	link: {
		msgtype: 'link',
		link: { title: 'What I saw', desc: 'A page', url: 'https://example.com/tea' },
	},
	merged_msg: {
		msgtype: 'merged_msg',
		merged_msg: {
			title: 'Chat history',
			item: [
				{
					send_time: 1773115200,
					msgtype: 'text',
					sender_name: 'A friend',
					content: { msgtype: 'text', text: { content: 'Their oolong is good' } },
				},
			],
		},
	},
};

const desk = (path, body) => control(`/customer-service${path}`, body);

/** Runs a click's work and shows at once what it changed, or why it failed. */
async function atDesk(work) {
	let problem = '';
	try {
		await work();
	} catch (error) {
		problem = error.message;
	}
	byId('problem').textContent = problem;
	byId('problem').hidden = problem === '';
	await refreshChats();
}

function button(text, work, className = '') {
	return element('button', { type: 'button', text, className, onclick: () => atDesk(work) });
}

function options(select, entries) {
	const chosen = select.value;
	select.replaceChildren(
		...entries.map(([value, text]) =>
			element('option', { value, text, selected: value === chosen }),
		),
	);
}

function menuItem(pair, msgid, { type, ...item }) {
	const { id, content, url } = item[type];
	if (type !== 'click') return element('span', { className: 'item', text: content ?? url });
	const work = () => desk('/click', { ...pair, msgid, id: id ?? content });
	return button(content, work, 'item');
}

/** What a message says, as far as text can show it. */
function saying({ msgtype, content }) {
	if (msgtype === 'text') return content.content;
	if (msgtype === 'msgmenu') return content.head_content ?? '';
	const { title, name, link_url: linkUrl, url, media_id: mediaId } = content;
	return `[${msgtype}] ${title ?? name ?? linkUrl ?? url ?? mediaId ?? ''}`;
}

function bubble(pair, message) {
	const { from, userid, msgid, msgtype, content, recalled, failType } = message;
	const byPerson = from === 'customer' || from === 'servicer';
	const facts = [
		from === 'app' ? 'app' : (userid ?? ''),
		time(message.time),
		recalled ? 'recalled' : '',
		failType === undefined ? '' : `not delivered (${failType})`,
	];
	return element(
		'div',
		{ className: `bubble ${from}${recalled || failType !== undefined ? ' gone' : ''}` },
		element('p', { className: 'text', text: saying(message) }),
		...(msgtype === 'msgmenu' ? (content.list ?? []) : []).map((item) =>
			menuItem(pair, msgid, item),
		),
		msgtype === 'msgmenu' &&
			content.tail_content &&
			element('p', { className: 'text', text: content.tail_content }),
		element('span', { className: 'meta', text: facts.filter(Boolean).join(' · ') }),
		byPerson &&
			!recalled &&
			button('Recall', () => desk('/recall', { open_kfid: pair.open_kfid, msgid }), 'quiet'),
	);
}

/** A line to write in; `send` gets what is in it. */
function writingLine(placeholder, send, ...others) {
	const input = element('input', { placeholder, ariaLabel: placeholder });
	const form = element(
		'form',
		{ className: 'line' },
		...others,
		input,
		element('button', { type: 'submit', text: 'Send', className: 'confirm' }),
	);
	form.onsubmit = (event) => {
		event.preventDefault();
		const text = input.value;
		input.value = '';
		void atDesk(() => send(text));
	};
	return form;
}

/** A window keeps its inputs; only what is above them is drawn anew. */
function openWindow(pair) {
	const kind = element('select', { ariaLabel: 'Type' });
	options(
		kind,
		Object.keys(KINDS).map((name) => [name, name]),
	);
	const servicer = element('select', { ariaLabel: 'Servicer' });
	const window = {
		head: element('div', { className: 'head' }),
		messages: element('div', { className: 'messages' }),
		human: element('div', { className: 'human' }),
		servicer,
		drawn: '',
	};
	const asCustomer = (text) => desk('/write', { ...pair, message: KINDS[kind.value] ?? text });
	const person = () => ({ ...pair, userid: servicer.value });
	const asServicer = (message) => desk('/servicer/write', { ...person(), message });
	window.steps = {
		handOver: button('Hand over to', () => desk('/hand-over', person())),
		pool: button('Put into the pool', () => desk('/hand-over', pair)),
		take: button('Take', () => desk('/servicer/take', person())),
		transfer: button('Transfer', () => desk('/servicer/transfer', person())),
		end: button('End', () => desk('/servicer/end', pair)),
		reopen: button('Reopen', () => desk('/servicer/reopen', person())),
	};
	window.reply = writingLine('Write as the servicer', asServicer);
	const { handOver, ...others } = window.steps;
	window.human.append(handOver, servicer, ...Object.values(others));
	window.root = element(
		'article',
		{ className: 'chat' },
		window.head,
		window.messages,
		writingLine('Write as the customer', asCustomer, kind),
		window.human,
		window.reply,
	);
	return window;
}

function drawWindow(window, chat, servicers) {
	const { open_kfid, external_userid, service_state: state, window_ends_at: endsAt } = chat;
	const pair = { open_kfid, external_userid };
	const current = JSON.stringify([chat, servicers]);
	if (window.drawn === current) return;
	window.drawn = current;
	const serving = chat.servicer_userid ? ` (${chat.servicer_userid})` : '';
	const isNew = state === 4 && !chat.started;
	const left = count(chat.replies_left, 'reply').replace('replys', 'replies');
	const head = [
		element('strong', { text: chat.name }),
		element('small', { text: chat.account }),
		element('span', {
			className: `state state-${isNew ? 0 : state}`,
			text: isNew ? 'New · write first' : STATES[state] + serving,
		}),
		!isNew && element('small', { text: `${left} left${endsAt ? `, until ${when(endsAt)}` : ''}` }),
		button('Enter again', () => desk('/enter', pair), 'quiet'),
		button(
			chat.blocked ? 'Accept the account' : 'Reject the account',
			() => desk('/block', { ...pair, blocked: !chat.blocked }),
			'quiet',
		),
	];
	window.head.replaceChildren(...head.filter(Boolean));
	window.messages.replaceChildren(...chat.messages.map((message) => bubble(pair, message)));
	window.messages.scrollTop = window.messages.scrollHeight;
	options(
		window.servicer,
		servicers.map(({ userid, name, status }) => [
			userid,
			status === 'receiving' ? name : `${name} (${status})`,
		]),
	);
	const { handOver, pool, take, transfer, end, reopen } = window.steps;
	handOver.hidden = pool.hidden = state > 1;
	take.hidden = state !== 2;
	transfer.hidden = end.hidden = window.reply.hidden = state !== 3;
	reopen.hidden = state !== 4 || isNew;
}

/** With its day: 48 hours are two of them. */
const when = (unixSeconds) =>
	new Date(unixSeconds * 1000).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });

const windows = new Map();

function drawChats({ accounts, chats, customers }) {
	const form = byId('new-chat');
	options(
		form.elements.account,
		accounts.map(({ open_kfid: id, name }) => [id, name]),
	);
	options(form.elements.customer, [
		...customers.map(({ external_userid: id, name }) => [id, name]),
		[NEWCOMER, 'Somebody new …'],
	]);
	form.hidden = accounts.length === 0;
	byId('chat-count').textContent = chats.length || '';
	const keys = chats.map((chat) => `${chat.open_kfid}/${chat.external_userid}`);
	for (const [index, chat] of chats.entries()) {
		const known = windows.get(keys[index]) ?? openWindow(chat);
		windows.set(keys[index], known);
		if (!known.root.isConnected) byId('chats').append(known.root);
		const account = accounts.find(({ open_kfid: id }) => id === chat.open_kfid);
		drawWindow(known, chat, account?.servicers ?? []);
	}
	for (const [key, { root }] of windows) {
		if (keys.includes(key)) continue;
		root.remove();
		windows.delete(key);
	}
}

async function refreshChats() {
	drawChats(await desk(ofCorp()));
}

byId('new-chat').elements.customer.onchange = ({ target }) => {
	byId('new-chat').elements.newcomer.hidden = target.value !== NEWCOMER;
};
byId('new-chat').onsubmit = (event) => {
	event.preventDefault();
	const { account, customer, newcomer, scene } = event.target.elements;
	void atDesk(async () => {
		const somebody = inCorp({ name: newcomer.value });
		const { external_userid } =
			customer.value === NEWCOMER
				? await desk('/newcomer', somebody)
				: { external_userid: customer.value };
		await desk('/enter', {
			...{ open_kfid: account.value, external_userid },
			...(scene.value ? { scene: scene.value } : {}),
		});
		newcomer.value = '';
	});
};

async function keepChatsFresh() {
	try {
		await refreshChats();
	} catch {
		// The sandbox is being restarted; the next round will tell.
	}
	setTimeout(keepChatsFresh, REFRESH_MS);
}
void keepChatsFresh();
