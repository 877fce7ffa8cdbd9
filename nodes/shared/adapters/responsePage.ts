import { createHash } from 'node:crypto';

import type { Question, Review } from '../operation/question';

/** Names of the fields that the page posts. */
export const DECISION = 'decision';
export const TEXT = 'text';

/** Characters of what somebody writes on the page. */
export const MAX_RESPONSE_CHARACTERS = 10_000;

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as it stands in an element or in a quoted attribute. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The second tap on a button would get an error of n8n's. The page works without the script. */
const SCRIPT = `document.forms[0].addEventListener('submit',function(e){if(this.sent){e.preventDefault();return}var f=this;f.sent=true;setTimeout(function(){f.querySelectorAll('button').forEach(function(b){b.disabled=true})})});addEventListener('pageshow',function(e){if(e.persisted)location.reload()})`;

function sourceHash(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const STYLE = `*{box-sizing:border-box}
body{margin:0;background:#f2f3f5;color:#1d2129;font:16px/1.5 -apple-system,"PingFang SC","Microsoft YaHei",Roboto,sans-serif}
main{max-width:34rem;margin:0 auto;padding:16px}
section{background:#fff;border-radius:12px;padding:20px 16px}
h1{font-size:18px;margin:0 0 12px;overflow-wrap:anywhere}
p,dd{margin:0 0 16px;white-space:pre-wrap;overflow-wrap:anywhere}
p:last-child{margin:0}
dl{margin:0 0 8px;padding:12px;border-radius:8px;background:#f2f3f5}
dt,label{font-weight:600;overflow-wrap:anywhere}
button{display:block;width:100%;min-height:48px;margin-top:12px;padding:8px 12px;border:0;border-radius:8px;font:inherit;font-weight:600;overflow-wrap:anywhere}
button:disabled{opacity:.5}
.yes{background:#1f6fde;color:#fff}
.no{background:#fff;color:#c9302c;border:1px solid #c9cdd4}
textarea{display:block;width:100%;min-height:4.5em;margin-top:6px;padding:10px;border:1px solid #c9cdd4;border-radius:8px;font:inherit}
footer{padding:12px 4px;color:#6b7785;font-size:13px;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}section,.no{background:#1e1e1e}.no{color:#ff7875}dl,textarea{background:#111;color:#eee}footer{color:#9aa5b1}}`;

/**
 * A page on n8n's address must not be able to act for somebody who is logged in to n8n there, so it has an origin of
 * its own and runs only this script. n8n sets no such headers for a page that a node sends. `no-referrer`, because the
 * address of the page is what lets one respond.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `sandbox allow-forms allow-scripts; default-src 'none'; script-src ${sourceHash(SCRIPT)}; style-src ${sourceHash(STYLE)}; base-uri 'none'; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex, nofollow',
};

function page(title: string, body: string, workflowName: string, script = ''): string {
	const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style>`;
	const footer = `<footer>n8n · ${escapeHtml(workflowName)}</footer>`;
	return `<!doctype html><html><head>${head}</head><body><main><section><h1>${escapeHtml(title)}</h1>${body}</section>${footer}</main>${script}</body></html>`;
}

/** The question and the ways to respond. Without an action the form goes to the address of the page, signature included. */
export function questionPage(question: Question, workflowName: string): string {
	const { title, text, review } = question;
	const body = [
		`<p>${escapeHtml(text)}</p>`,
		...(review ? [reviewHtml(review)] : []),
		`<form method="post">${controls(question)}</form>`,
	].join('');
	return page(title, body, workflowName, `<script>${SCRIPT}</script>`);
}

function controls({ response }: Question): string {
	const area = (label: string, required: string) =>
		`<label for="t">${label}</label><textarea id="t" name="${TEXT}" maxlength="${MAX_RESPONSE_CHARACTERS}"${required}></textarea>`;
	const button = (style: string, value: string, label: string) =>
		`<button class="${style}" name="${DECISION}" value="${value}">${escapeHtml(label)}</button>`;
	if (response.kind === 'freeText') {
		return `${area('你的回复 Your response', ' required')}${button('yes', 'submit', '提交 Submit')}`;
	}
	const { approve, disapprove } = response;
	return [
		area('备注（选填） Comment (optional)', ''),
		button('yes', 'approve', approve),
		...(disapprove === undefined ? [] : [button('no', 'disapprove', disapprove)]),
	].join('');
}

/** All that the model passes to the tool, so that nobody approves what they cannot see. */
function reviewHtml({ tool, parameters }: Review): string {
	const rows = Object.entries(parameters).map(
		([name, value]) =>
			`<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? ''))}</dd>`,
	);
	const heading =
		tool === undefined ? '' : `<dt>工具 Tool</dt><dd><strong>${escapeHtml(tool)}</strong></dd>`;
	const none = rows.length === 0 ? '<dd>没有参数 No input</dd>' : '';
	return `<dl>${heading}${rows.join('')}${none}</dl>`;
}

/** A page that only says something. */
export function noticePage(title: string, text: string, workflowName: string): string {
	return page(title, `<p>${escapeHtml(text)}</p>`, workflowName);
}
