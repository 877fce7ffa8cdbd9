// The admin console: callback URL, deliveries, tags, and what the platform does.

/** What the person has typed into the callback form and not saved. */
let isEdited = false;
let drawnConsole = '';
let formCorp;
const openDeliveries = new Set();

const callbackFields = ['url', 'token', 'encodingAesKey'];
const callbackInput = (name) => byId(`callback-${name}`);

function say(text, className) {
	byId('callback-state').textContent = text;
	byId('callback-state').className = className;
}

async function saveCallback() {
	const values = callbackFields.map((name) => [name, callbackInput(name).value.trim()]);
	say('Asking the URL…', 'meta');
	let answer;
	try {
		answer = await control('/callback-url', inCorp(Object.fromEntries(values)));
	} catch (error) {
		say(error.message, 'bad');
		return;
	}
	if (answer.saved) {
		isEdited = false;
		say(`Verified in ${answer.milliseconds} ms and saved`, 'good');
	} else say(`Not saved. ${answer.reason} (${answer.milliseconds} ms)`, 'bad');
	await refresh();
}

async function generateSecrets() {
	const secrets = await control('/callback-secrets', {});
	callbackInput('token').value = secrets.token;
	callbackInput('encodingAesKey').value = secrets.encodingAesKey;
	isEdited = true;
	say('Not saved. Enter the same values in n8n, then verify', 'warn');
}

async function removeCallback() {
	await fetch(`/sandbox/callback-url${ofCorp()}`, {
		method: 'DELETE',
	});
	isEdited = false;
	say('', 'meta');
}

function attemptText({ status, problem, milliseconds }) {
	return `${status ?? problem} in ${milliseconds} ms`;
}

function deliveryRow(delivery) {
	const { id, event, changeType, state, reason, attempts, repeats } = delivery;
	const color = { delivered: 'good', failed: 'bad', 'not sent': 'warn', sending: 'meta' }[state];
	const facts = [
		changeType && event,
		time(delivery.time),
		repeats === undefined ? '' : `repeat of ${repeats}`,
		reason ?? attempts.map(attemptText).join(', '),
	];
	const remember = ({ target }) =>
		target.open ? openDeliveries.add(id) : openDeliveries.delete(id);
	return element(
		'details',
		{ className: 'delivery', open: openDeliveries.has(id), ontoggle: remember },
		element(
			'summary',
			{},
			element('strong', { text: changeType ?? event }),
			element('span', { className: color, text: ` ${state}` }),
			element('small', { text: facts.filter(Boolean).join(' · ') }),
		),
		element('pre', { text: delivery.xml.replaceAll(/<\/\w+>(?=<)|<xml>/g, '$&\n') }),
		button('Repeat', () => act(() => control('/callbacks/repeat', { id }))),
	);
}

function tagGroupCard(group) {
	const change = async (id, name) => {
		const rename = { name: 'name', label: 'New name', value: name, required: true };
		await askAndPost('/tag-rename', [`Rename ${name}`, 'Rename', [rename]], (values) => ({
			id,
			...values,
		}));
	};
	const remove = (id) => () => act(() => control('/tag-delete', inCorp({ id })));
	const reversed = group.tags.map(({ tagId }) => tagId).reverse();
	const reverse = () =>
		act(() => control('/tag-shuffle', inCorp({ group_id: group.groupId, ids: reversed })));
	return card(
		group.name,
		element(
			'span',
			{ className: 'buttons' },
			button('Rename…', () => change(group.groupId, group.name)),
			button('Reverse', reverse),
			button('Delete', remove(group.groupId), 'quiet'),
		),
		element(
			'ul',
			{ className: 'tags' },
			...group.tags.map(({ tagId, name }) =>
				element(
					'li',
					{},
					element('button', {
						type: 'button',
						text: name,
						title: `Rename ${name}`,
						onclick: () => change(tagId, name),
					}),
					element('button', {
						type: 'button',
						text: '×',
						title: `Delete ${name}`,
						ariaLabel: `Delete ${name}`,
						onclick: remove(tagId),
					}),
				),
			),
		),
	);
}

function newTags() {
	const fields = [
		{ name: 'group', label: 'Tag group', hint: 'A new one or one that exists.', required: true },
		{ name: 'names', label: 'Tags', hint: 'Separated by commas.', required: true },
	];
	return askAndPost('/tag-create', ['New tags', 'Create', fields], ({ group, names }) => ({
		group: group.trim(),
		names: names.split(',').map((name) => name.trim()),
	}));
}

function setWelcome() {
	const fields = [
		{ name: 'userid', label: 'Member', type: 'select', options: memberOptions() },
		{ name: 'text', label: 'Text', hint: 'Empty: none. With a text, apps get no welcome code.' },
	];
	return askAndPost('/console-welcome', ['Welcome text', 'Save', fields], (values) => values);
}

/** What the platform does: no person is behind these. */
function platformEvent() {
	const names = [
		'balance_low',
		'balance_exhausted',
		'balance_increased',
		'quota_expire_soon',
		'link_unavailable',
		'delete_link',
		'open_profile',
		'friend_request',
	];
	const fields = [
		{
			name: 'changeType',
			label: 'What happens',
			type: 'select',
			options: names.map((name) => option(name, name)),
		},
		{ name: 'linkId', label: 'Link ID', value: 'caLINK1' },
		{ name: 'state', label: 'Channel' },
	];
	return askAndPost(
		'/acquisition-event',
		['Acquisition links', 'Send', fields],
		(values) => values,
	);
}

function drawConsole(view) {
	const current = JSON.stringify(view);
	if (current === drawnConsole) return;
	drawnConsole = current;
	known = view;
	if (!isEdited || formCorp !== view.corpId) {
		for (const name of callbackFields) callbackInput(name).value = view.callback?.[name] ?? '';
		isEdited = false;
	}
	if (formCorp !== view.corpId) say('', 'meta');
	formCorp = view.corpId;
	byId('delivery-count').textContent = view.deliveryCount;
	byId('deliveries').replaceChildren(...view.deliveries.map(deliveryRow));
	byId('group-count').textContent = view.groupCount;
	byId('groups').replaceChildren(...view.groups.map(groupCard));
	byId('tags').replaceChildren(...view.tagGroups.map(tagGroupCard));
}

async function refreshConsole() {
	drawConsole(await control(`/console${ofCorp()}`));
}

document.getElementById('callback-form').onsubmit = (event) => {
	event.preventDefault();
	void saveCallback();
};
document.getElementById('callback-form').oninput = () => {
	isEdited = true;
};
for (const [id, work] of [
	['generate', () => act(generateSecrets)],
	['remove-callback', () => act(removeCallback)],
	['new-customer', newCustomer],
	['new-group', newGroup],
	['new-tags', newTags],
	['console-welcome', setWelcome],
	['platform-event', platformEvent],
]) {
	document.getElementById(id).onclick = () => void work();
}
