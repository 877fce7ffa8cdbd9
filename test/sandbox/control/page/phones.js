// The phones of the members: application messages as each one sees them. Uses the helpers of page.js.
// Marked-up text comes from whoever calls, so only the few tags that WeCom shows are copied.

const TEXT_CLASSES = ['gray', 'highlight', 'normal'];
const FONT_COLORS = ['info', 'comment', 'warning'];

const isWebLink = (url) => /^https?:\/\//i.test(url ?? '');
const mediaUrl = (mediaId) => `/sandbox/media/${encodeURIComponent(mediaId)}`;

function link(url, properties, ...children) {
	if (!isWebLink(url)) return element('span', properties, ...children);
	return element(
		'a',
		{ href: url, target: '_blank', rel: 'noopener noreferrer', ...properties },
		...children,
	);
}

/** Text in which links, line breaks and coloured parts work, and everything else is plain text. */
function markedUp(source) {
	// What is in a template neither runs nor loads; it is only read here.
	const template = document.createElement('template');
	template.innerHTML = String(source ?? '');
	return [...template.content.childNodes].map(copyNode).filter(Boolean);
}

function copyNode(node) {
	if (node.nodeType === Node.TEXT_NODE) return node.textContent;
	if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
	const children = [...node.childNodes].map(copyNode).filter(Boolean);
	switch (node.tagName) {
		case 'A':
			return link(node.getAttribute('href'), {}, ...children);
		case 'BR':
			return element('br');
		case 'DIV': {
			const known = TEXT_CLASSES.includes(node.className);
			return element('div', { className: known ? node.className : '' }, ...children);
		}
		case 'FONT': {
			const color = node.getAttribute('color');
			const known = FONT_COLORS.includes(color);
			return element('span', { className: known ? `font-${color}` : '' }, ...children);
		}
		default:
			return element('span', {}, ...children);
	}
}

const MARKDOWN_PARTS = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** The part of Markdown that WeCom shows: headings, quotes, bold, code, links and colours. */
function markdown(source) {
	return String(source).split('\n').map(markdownLine);
}

function markdownLine(line) {
	const [, marks, rest] = /^(#{1,6} |> ?)?(.*)$/.exec(line);
	const className = marks?.startsWith('#') ? 'heading' : marks ? 'quote' : 'line';
	return element('div', { className }, ...markdownParts(rest));
}

function markdownParts(line) {
	const parts = [];
	let end = 0;
	for (const match of line.matchAll(MARKDOWN_PARTS)) {
		const [all, bold, code, label, url] = match;
		parts.push(...markedUp(line.slice(end, match.index)));
		if (bold !== undefined) parts.push(element('b', {}, ...markedUp(bold)));
		else if (code !== undefined) parts.push(element('code', { text: code }));
		else parts.push(link(url, { text: label }));
		end = match.index + all.length;
	}
	return [...parts, ...markedUp(line.slice(end))];
}

function articleRow({ title, description, url, picurl }) {
	return link(
		url,
		{ className: 'news-article' },
		isWebLink(picurl) && element('img', { src: picurl, alt: '' }),
		element('strong', { text: title }),
		description && element('span', { className: 'gray', text: description }),
	);
}

/** A button opens a page, or its key goes to the app's callback URL. */
function cardButton({ text, type, url, key }, click) {
	if (type === 1) return link(url, { className: 'card-button', text });
	return element('button', { type: 'button', text, onclick: () => act(() => click(key)) });
}

function templateCard(card, { userid, agentId }) {
	const click = (eventKey) =>
		control(
			'/card-click',
			inCorp({ userid, agentId, eventKey, taskId: card.task_id, cardType: card.card_type }),
		);
	const { main_title: title, sub_title_text: sub, card_action: action } = card;
	const rows = [...(card.horizontal_content_list ?? []), ...(card.vertical_content_list ?? [])];
	return [
		title?.title && element('strong', { text: title.title }),
		title?.desc && element('span', { className: 'gray', text: title.desc }),
		sub && element('span', { text: sub }),
		...rows.map(({ keyname, title: name, value, desc, type, url }) =>
			element(
				'span',
				{ className: 'card-row' },
				element('span', { className: 'gray', text: keyname ?? name }),
				link(type === 1 ? url : '', { text: value ?? desc ?? '' }),
			),
		),
		...(card.button_list ?? []).map((button) => cardButton(button, click)),
		...(card.jump_list ?? []).map(({ title: label, url }) => link(url, { text: label })),
		card.submit_button &&
			cardButton({ text: card.submit_button.text, key: card.submit_button.key }),
		action?.url && link(action.url, { className: 'card-more', text: '详情' }),
	];
}

const contents = {
	text: ({ content }) => markedUp(content),
	markdown: ({ content }) => markdown(content),
	image: ({ media_id: id }) => [element('img', { src: mediaUrl(id), alt: 'image' })],
	voice: fileRow,
	file: fileRow,
	video: (content, context) => [
		content.title && element('strong', { text: content.title }),
		content.description && element('span', { className: 'gray', text: content.description }),
		...fileRow(content, context),
	],
	textcard: ({ title, description, url, btntxt }) => [
		element('strong', { text: title }),
		element('div', { className: 'description' }, ...markedUp(description)),
		link(url, { className: 'card-more', text: btntxt }),
	],
	news: ({ articles }) => articles.map(articleRow),
	template_card: templateCard,
};

function fileRow({ media_id: id }, { fileName }) {
	return [element('a', { href: mediaUrl(id), text: fileName ?? id, download: fileName ?? '' })];
}

function appMessage(userid, message) {
	const { from, msgtype, content, time: sentAt, recalledAt } = message;
	const shown = contents[msgtype](content, { ...message, userid }).filter(Boolean);
	return element(
		'div',
		{ className: recalledAt === null ? 'bubble-row' : 'bubble-row recalled' },
		element('small', { text: `${from} · ${time(sentAt)}` }),
		element('div', { className: `bubble ${msgtype}` }, ...shown),
		recalledAt !== null &&
			element('small', { className: 'warn', text: `recalled at ${time(recalledAt)}` }),
	);
}

function phone({ userid, name, messages, dropped }) {
	const facts = [userid, count(messages.length, 'message')].join(' · ');
	return element(
		'article',
		{ className: 'phone' },
		element(
			'div',
			{ className: 'who' },
			element('strong', { text: name }),
			element('small', { text: facts }),
		),
		// Drawn from the bottom up, so that the newest is in sight as on a phone.
		element(
			'div',
			{ className: 'screen' },
			...messages.map((message) => appMessage(userid, message)).reverse(),
		),
		dropped > 0 &&
			element('small', {
				className: 'bad',
				text: `${count(dropped, 'message')} dropped without an error: too many to one member`,
			}),
	);
}

let drawnPhones = '';

async function refreshPhones() {
	const phones = await control(`/phones${ofCorp()}`);
	const current = JSON.stringify(phones);
	if (current === drawnPhones) return;
	drawnPhones = current;
	byId('phones-section').hidden = phones.length === 0;
	byId('phones').replaceChildren(...phones.map(phone));
}

async function keepPhonesFresh() {
	try {
		await refreshPhones();
	} catch {
		// The sandbox is being restarted; the next round will tell.
	}
	setTimeout(keepPhonesFresh, REFRESH_MS);
}
void keepPhonesFresh();
