// The page of the sandbox: asks the control API what there is, draws it, asks again.
// Everything is put in as text, never as HTML: names and messages come from whoever calls.

const REFRESH_MS = 1500;

const byId = (id) => document.getElementById(id);

function element(tag, { text, className, ...properties } = {}, ...children) {
	const created = Object.assign(document.createElement(tag), properties);
	if (text !== undefined) created.textContent = text;
	if (className) created.className = className;
	created.append(...children.filter(Boolean));
	return created;
}

/** A card: a name with something beside it, and what is below. */
function card(name, beside, ...below) {
	const who = element('div', { className: 'who' }, element('strong', { text: name }), beside);
	return element('article', {}, who, ...below);
}

const time = (unixSeconds) => new Date(unixSeconds * 1000).toLocaleTimeString();
const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The chosen corporation, for the body or the query of a call. */
const inCorp = (body = {}) => ({ corp: byId('corp').value, ...body });
const ofCorp = () => `?corp=${encodeURIComponent(byId('corp').value)}`;

async function control(path, body) {
	const response = await fetch(`/sandbox${path}`, {
		method: body ? 'POST' : 'GET',
		headers: { 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error);
	return answer;
}

/** Runs a click's work and shows at once what it changed, or why it failed. */
async function act(work) {
	try {
		await work();
		byId('problem').hidden = true;
	} catch (error) {
		byId('problem').textContent = error.message;
		byId('problem').hidden = false;
	}
	await refresh();
}

function attachmentRow({ msgtype, content }) {
	const { title, url, media_id: mediaId, pic_url: picUrl, page } = content;
	const what = [title, url ?? page ?? mediaId ?? picUrl].filter(Boolean).join(' · ');
	return element('li', {}, element('b', { text: msgtype }), what);
}

function messageBox(message, state, ...foot) {
	return element(
		'div',
		{ className: `message ${state}` },
		message.text && element('p', { className: 'text', text: message.text }),
		message.attachments.length > 0 &&
			element('ul', { className: 'attachments' }, ...message.attachments.map(attachmentRow)),
		element('div', { className: 'foot' }, ...foot),
	);
}

function recipientsOf(task) {
	if (task.ownerChooses && task.recipients === 0) return 'all groups the member owns';
	return count(task.recipients, task.chatType === 'group' ? 'group' : 'customer');
}

function taskBox(userid, task) {
	const open = task.state === 'waiting' || task.state === 'partly sent';
	const facts = [
		time(task.createTime),
		recipientsOf(task),
		task.state === 'waiting' ? '' : task.state === 'sent' ? `sent to ${task.sent}` : task.state,
		task.createType === 1 ? 'own message' : '',
		task.reminders > 0 ? `reminded ${task.reminders}×` : '',
	];
	return messageBox(
		task,
		task.state,
		element('span', { className: 'meta', text: facts.filter(Boolean).join(' · ') }),
		open &&
			element('button', {
				className: 'confirm',
				type: 'button',
				text: 'Confirm',
				onclick: () => act(() => control('/confirm', { msgid: task.msgid, userid })),
			}),
	);
}

function memberCard(member) {
	return card(
		member.name,
		element('small', { text: `${member.userid} · ${count(member.customers, 'customer')}` }),
		...member.tasks.map((task) => taskBox(member.userid, task)),
	);
}

function customerCard(customer) {
	return card(
		customer.name,
		element('small', { text: customer.members.join(', ') || 'nobody’s customer' }),
		element('small', { className: 'id', text: customer.externalUserid }),
		...customer.received.map((delivery) =>
			messageBox(
				delivery,
				'sent',
				element('span', {
					className: 'meta',
					text: `${time(delivery.time)} · ${delivery.origin}`,
				}),
			),
		),
		customerActions(customer),
	);
}

function requestRow(request) {
	const failed = request.status !== 200 || (request.errcode ?? 0) !== 0;
	const answer = request.errcode ?? request.status ?? 'none';
	return element(
		'tr',
		{},
		element('td', { text: time(request.time) }),
		element('td', {
			title: request.path,
			text: [
				`${request.method} ${request.path.replace('/cgi-bin/', '')}`,
				request.count > 1 && `× ${request.count}`,
			]
				.filter(Boolean)
				.join(' '),
		}),
		element(
			'td',
			{},
			element('span', { className: failed ? 'bad' : 'good', text: String(answer) }),
			request.fault && element('span', { className: 'warn', text: ` ${request.fault}` }),
		),
	);
}

let drawn = '';

function draw({ clock, ...view }) {
	byId('now').textContent =
		new Date(clock.now * 1000).toLocaleString() + (clock.frozen ? ' (stopped)' : '');
	const current = JSON.stringify(view);
	if (current === drawn) return;
	drawn = current;

	const { corp, corps, members, customers, requests } = view;
	byId('corp').replaceChildren(
		...corps.map(({ corpId, name }) =>
			element('option', { value: corpId, text: name, selected: corpId === corp.corpId }),
		),
	);
	byId('base-url').textContent = location.origin;
	byId('corp-id').textContent = corp.corpId;
	byId('secret').textContent = corp.secret;
	byId('member-count').textContent = corp.members;
	byId('customer-count').textContent = corp.customers;
	byId('members').replaceChildren(...members.map(memberCard));
	shownCustomers = customers;
	byId('customers').replaceChildren(...customers.map(customerCard));
	byId('requests').replaceChildren(...requests.map(requestRow));
}

async function refresh() {
	const chosen = byId('corp').value;
	draw(await control(`/overview?corp=${encodeURIComponent(chosen)}`));
	await refreshConsole();
}

byId('corp').onchange = () => act(refresh);
byId('reset').onclick = () => {
	if (confirm('Forget everything and start with the small world?')) {
		void act(() => control('/reset', { seed: 'small' }));
	}
};
for (const button of document.querySelectorAll('[data-advance]')) {
	button.onclick = () => act(() => control('/clock', { advance: Number(button.dataset.advance) }));
}

async function keepFresh() {
	try {
		await refresh();
	} catch {
		// The sandbox is being restarted; the next round will tell.
	}
	setTimeout(keepFresh, REFRESH_MS);
}
void keepFresh();
