// What customers and members do, on the cards of the page. Whatever causes an event at WeCom sends one here.

/** What the page knows of members, groups and tags; `console.js` keeps it up to date. */
let known = { members: [], groups: [], tagGroups: [], templates: [] };

/** The customers that are shown now, by `page.js`. */
let shownCustomers = [];

const button = (text, onclick, className) =>
	element('button', { type: 'button', text, onclick, className });
const option = (value, text) => ({ value, text });
const memberOptions = () => known.members.map(({ userid, name }) => option(userid, name));

/** A button's work: asks for values, and does nothing when the person cancels. */
async function askAndPost(path, [title, confirm, fields], toBody) {
	const values = await ask(title, confirm, fields);
	if (values) await act(() => control(path, inCorp(toBody(values))));
}

const CHANNEL_HINT = 'Where the customer came from, e.g. spring-expo (`state`). Optional.';

const addFields = () => [
	{ name: 'userid', label: 'Member', type: 'select', options: memberOptions() },
	{ name: 'state', label: 'Channel', hint: CHANNEL_HINT },
	{ name: 'half', label: 'The member has not accepted yet', type: 'checkbox' },
	{ name: 'chatStarted', label: 'They have talked already: no welcome code', type: 'checkbox' },
	{ name: 'awaitsConsent', label: 'Must agree to chat archiving first', type: 'checkbox' },
];

function newCustomer() {
	const name = { name: 'name', label: 'Name', value: 'Amy Lin', required: true };
	const form = ['A new customer adds a member', 'Add', [name, ...addFields()]];
	return askAndPost('/add-customer', form, (values) => values);
}

function addAnotherMember({ externalUserid, name }) {
	const form = [`${name} adds a member`, 'Add', addFields()];
	const toBody = (values) => ({ ...values, external_userid: externalUserid });
	return askAndPost('/add-customer', form, toBody);
}

function editContact({ externalUserid, name }, contact) {
	const tags = known.tagGroups.flatMap((group) =>
		group.tags.map((tag) => option(tag.tagId, `${group.name}: ${tag.name}`)),
	);
	const fields = [
		{ name: 'remark', label: 'Remark', value: contact.remark },
		{ name: 'tags', label: 'Tags', type: 'several', options: tags, value: contact.tagIds },
	];
	const toBody = ({ remark, tags: chosen }) => ({
		userid: contact.userid,
		external_userid: externalUserid,
		...(remark === contact.remark ? {} : { remark }),
		addTags: chosen.filter((id) => !contact.tagIds.includes(id)),
		removeTags: contact.tagIds.filter((id) => !chosen.includes(id)),
	});
	return askAndPost('/edit-customer', [`${contact.name} edits ${name}`, 'Save', fields], toBody);
}

function contactRow(customer, contact) {
	const pair = { userid: contact.userid, external_userid: customer.externalUserid };
	const remove = (by) => () => act(() => control('/delete-relation', inCorp({ ...pair, by })));
	return element(
		'li',
		{},
		element('span', {
			className: 'meta',
			text: [contact.name, contact.state].filter(Boolean).join(' · '),
		}),
		button('Edit…', () => editContact(customer, contact)),
		button('Customer deletes', remove('customer')),
		button('Member deletes', remove('member')),
	);
}

/** What can happen to a customer; part of the customer's card. */
function customerActions(customer) {
	return element(
		'details',
		{ className: 'actions', open: openActions.has(customer.externalUserid), ontoggle: remember },
		element('summary', { text: 'Actions' }),
		element('ul', {}, ...customer.contacts.map((contact) => contactRow(customer, contact))),
		button('Adds a member…', () => addAnotherMember(customer)),
	);

	function remember({ target }) {
		if (target.open) openActions.add(customer.externalUserid);
		else openActions.delete(customer.externalUserid);
	}
}

const openActions = new Set();

const peopleOutside = (group) => {
	const inside = new Set(group.members.map(({ id }) => id));
	const people = [
		...known.members.map(({ userid, name }) => option(userid, `${name} (member)`)),
		...shownCustomers.map(({ externalUserid, name }) => option(externalUserid, name)),
	];
	return people.filter(({ value }) => !inside.has(value));
};

function joinGroup(group) {
	const fields = [
		{
			name: 'by',
			label: 'How',
			type: 'select',
			options: [option('invitation', 'Invited'), option('qr_code', 'QR code')],
		},
		{ name: 'state', label: 'Channel', hint: CHANNEL_HINT },
		{ name: 'ids', label: 'Who', type: 'several', options: peopleOutside(group) },
	];
	const toBody = ({ state, ...values }) => ({
		chat_id: group.chatId,
		...values,
		...(state === '' ? {} : { state }),
	});
	return askAndPost('/group-join', [`Somebody joins ${group.name}`, 'Join', fields], toBody);
}

function leaveGroup(group) {
	const people = group.members.filter(({ id }) => id !== group.owner);
	const fields = [
		{
			name: 'how',
			label: 'How',
			type: 'select',
			options: [option('left', 'Left'), option('removed', 'Removed by the owner')],
		},
		{
			name: 'ids',
			label: 'Who',
			type: 'several',
			options: people.map(({ id, name }) => option(id, name)),
		},
	];
	const toBody = (values) => ({ chat_id: group.chatId, ...values });
	return askAndPost('/group-leave', [`Somebody leaves ${group.name}`, 'Leave', fields], toBody);
}

function changeGroup(group) {
	const owners = group.members.filter(({ type }) => type === 1);
	const fields = [
		{ name: 'name', label: 'Name', value: group.name, required: true },
		{ name: 'notice', label: 'Notice', value: group.notice },
		{
			name: 'owner',
			label: 'Owner',
			type: 'select',
			value: group.owner,
			options: owners.map(({ id, name }) => option(id, name)),
		},
	];
	const toBody = (values) => ({
		chat_id: group.chatId,
		...Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== group[name])),
	});
	return askAndPost('/group-change', [`Change ${group.name}`, 'Save', fields], toBody);
}

function chooseTemplate(group) {
	const options = known.templates.map(({ templateId, text }) => option(templateId, text));
	const field = {
		name: 'template_id',
		label: 'Template',
		type: 'select',
		value: group.template,
		options: [option('', 'None'), ...options],
		hint: 'Templates are made by Group Welcome Template > Create.',
	};
	const toBody = ({ template_id: id }) => ({
		chat_id: group.chatId,
		template_id: id === '' ? null : id,
	});
	return askAndPost('/group-welcome', [`Welcome in ${group.name}`, 'Use', [field]], toBody);
}

function newGroup() {
	const fields = [
		{ name: 'name', label: 'Name', value: 'New group', required: true },
		{ name: 'owner', label: 'Owner', type: 'select', options: memberOptions() },
	];
	return askAndPost('/group-create', ['A member creates a group', 'Create', fields], (v) => v);
}

function groupCard(group) {
	const dismiss = () => act(() => control('/group-dismiss', inCorp({ chat_id: group.chatId })));
	const customers = group.members.filter(({ type }) => type === 2).length;
	return card(
		group.name,
		element('small', {
			text: `${group.owner} · ${count(customers, 'customer')} of ${group.members.length}`,
		}),
		element('small', { className: 'id', text: group.chatId }),
		element(
			'div',
			{ className: 'buttons' },
			button('Join…', () => joinGroup(group)),
			button('Leave…', () => leaveGroup(group)),
			button('Change…', () => changeGroup(group)),
			button('Welcome…', () => chooseTemplate(group)),
			button('Dismiss', dismiss, 'quiet'),
		),
	);
}
